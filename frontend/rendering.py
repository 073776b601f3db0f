"""Templates filled in: what every page knows, and the words and addresses templates use."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from catalogue.fields import Field
from catalogue.provenance import MARK_LABELS
from catalogue.readiness import LEVELS
from frontend import formats
from frontend.assets import static_address
from frontend.menus import menu, project_menu
from geo.texts import Language, Text

TEMPLATES = Path(__file__).parent / "templates"
SWEDISH_TIME = ZoneInfo("Europe/Stockholm")
ROLES: dict[str, Text] = {
    "editor": Text("Redaktör", "Editor"),
    "publisher": Text("Publicerare", "Publisher"),
    "project": Text("Projektkontoret", "Project office"),
    "investor": Text("Registrerad läsare", "Registered reader"),
    "admin": Text("Administratör", "Administrator"),
}


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """Whoever reads the page, when they have signed in."""

    name: str
    email: str
    role: str
    municipality_name: str | None = None


@dataclass(frozen=True, kw_only=True)
class Page:
    """What every page knows about the request behind it."""

    language: Language
    path: str
    """Without the `/en` of the English pages."""
    query: str = ""
    account: SignedIn | None = None
    nonce: str = ""
    csrf_token: str = ""
    home: str = ""
    """What stands before a path in an address in full: `https://sitefinder.example`."""
    demo: bool = False


def render(template: str, page: Page, **values: object) -> str:
    """A page as HTML; every value is escaped unless it is `Markup`."""
    role = page.account.role if page.account else ""
    return (
        environment(page.language)
        .get_template(template)
        .render(
            page=page,
            menu=menu(page.path, role),
            project_menu=project_menu(page.path, role),
            own_url=own_url(page),
            switch_url=switch_url(page),
            **values,
        )
    )


def own_url(page: Page) -> str:
    return in_language(page, page.language)


def switch_url(page: Page) -> str:
    """The same page in the other language."""
    return in_language(page, "sv" if page.language == "en" else "en")


def in_language(page: Page, language: Language) -> str:
    return address(language, page.path) + (f"?{page.query}" if page.query else "")


def address(language: Language, path: str, **query: object) -> str:
    """The address of a page in one language; query values that are None are left out."""
    given = {name: value for name, value in query.items() if value is not None}
    prefixed = f"/en{path}" if language == "en" else path
    return f"{prefixed}?{urlencode(given, doseq=True)}" if given else prefixed


def today() -> date:
    """The day it is where the readers are."""
    return datetime.now(SWEDISH_TIME).date()


def swedish_day(moment: date | datetime) -> date:
    """The day of a moment where the readers are; a date is already one."""
    return moment.astimezone(SWEDISH_TIME).date() if isinstance(moment, datetime) else moment


@lru_cache
def environment(language: Language) -> Environment:
    """One for each language, so that macros know the words without being handed the page."""
    jinja = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.globals.update(
        api_docs="/api/v1/docs",
        language=language,
        mark_labels=MARK_LABELS,
        readiness_levels=LEVELS,
        roles=ROLES,
        static=static_address,
        t=_words(language),
        url=lambda path, **query: address(language, path, **query),
    )
    jinja.filters.update(
        words=_words(language),
        number=lambda value, decimals=1: formats.number(value, language, decimals),
        value=_value_filter(language),
        date=lambda moment: formats.date_text(swedish_day(moment), language),
        moment=lambda moment: formats.moment_text(moment.astimezone(SWEDISH_TIME), language),
        age=lambda moment: formats.age_text(swedish_day(moment), today(), language),
    )
    return jinja


def _words(language: Language) -> Callable[..., str]:
    def t(sv: str | Text, en: str = "") -> str:
        text = sv if isinstance(sv, Text) else Text(sv, en)
        return text.in_language(language)

    return t


def _value_filter(language: Language) -> Callable[[object, Field], str]:
    def value(value: object, field: Field) -> str:
        return formats.value_text(field, value, language)

    return value
