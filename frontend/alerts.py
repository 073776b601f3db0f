"""The pages on which anybody asks to be told of a search, confirms it and ends it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from catalogue.alerts.alerts import FREQUENCY_WORDS
from catalogue.errors import Fault
from catalogue.open_forms import OPENED, TRAP
from frontend.rendering import Page, address, render
from frontend.saved_searches import SearchForm
from geo.texts import Text


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The search, and what has been typed so far."""

    search: SearchForm
    opened: str
    """When the form was opened, sealed."""
    email: str = ""
    frequency: str = "daily"
    faults: Sequence[Fault] = field(default=())
    refusal: Text | None = None


def alert_page(page: Page, draft: Draft) -> str:
    errors = {fault.where: fault.text.in_language(page.language) for fault in draft.faults}
    query = draft.search.query
    return render(
        "alerts/new.html",
        page,
        draft=draft,
        conditions=draft.search.conditions,
        back=address(page.language, "/") + (f"?{query}" if query else ""),
        feed=address(page.language, "/feed.atom") + (f"?{query}" if query else ""),
        frequencies=list(FREQUENCY_WORDS.items()),
        opened_name=OPENED,
        trap_name=TRAP,
        errors=defaultdict(str, errors),
        summary=[{"field": where, "text": text} for where, text in errors.items() if where],
    )


def asked_page(page: Page) -> str:
    return render("alerts/asked.html", page)


def confirm_page(page: Page, token: str, query: str = "") -> str:
    """The button; without a token, that the alert is on."""
    return render(
        "alerts/confirm.html",
        page,
        path=f"/alerts/confirm/{token}" if token else "",
        back=address(page.language, "/") + (f"?{query}" if query else ""),
    )


def end_page(page: Page, token: str) -> str:
    """The button; without a token, that the alert has ended."""
    return render("alerts/end.html", page, path=f"/alerts/end/{token}" if token else "")
