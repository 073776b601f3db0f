"""The pages of the register of enquiries: the list by status, and one enquiry with its steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from catalogue.enquiries.enquiries import (
    SECTORS,
    SIZES,
    STATUS_WORDS,
    STATUSES,
    Enquiry,
    Step,
)
from catalogue.fields import SITE
from frontend.rendering import Page, address, render
from geo.texts import Language, Text

PATH = "/workspace/enquiries"
ONE: Mapping[str, tuple[Text, str]] = {
    "new": (Text("Ny", "New"), "warning"),
    "read": (Text("Läst", "Read"), "info"),
    "answered": (Text("Besvarad", "Answered"), "success"),
    "closed": (Text("Avslutad", "Closed"), "plain"),
    "spam": (Text("Skräp", "Spam"), "plain"),
}
ACTIONS: Mapping[str, tuple[Text, str]] = {
    "answered": (Text("Markera besvarad", "Mark as answered"), "primary"),
    "read": (Text("Jag svarar", "I will answer"), "secondary"),
    "closed": (Text("Avsluta", "Close"), "secondary"),
    "new": (Text("Gör till ny igen", "Make new again"), "tertiary"),
    "spam": (Text("Skräp", "Spam"), "tertiary"),
}
KIND_WORDS: Mapping[str, Text] = {
    "enquiry": Text("Förfrågan", "Enquiry"),
    "error": Text("Felanmälan", "Error report"),
}

SiteNames = Mapping[str, Text]
"""By reference, of the sites that are still listed."""


@dataclass(frozen=True, kw_only=True)
class Register:
    """The enquiries of one municipality, or of all where no code is chosen."""

    code: str
    names: Mapping[str, str]
    may_choose: bool
    status: str
    counts: Mapping[str, int]
    enquiries: Sequence[Enquiry]
    site_names: SiteNames
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Case:
    """One enquiry with all that belongs to it."""

    enquiry: Enquiry
    others: Sequence[Enquiry]
    """The other municipalities' parts of the same message."""
    steps: Sequence[Step]
    names: Mapping[str, str]
    site_names: SiteNames
    now: datetime
    is_saved: bool = False
    refusal: Text | None = None


def register_page(page: Page, register: Register) -> str:
    language = page.language
    code = register.code if register.may_choose and register.code else None
    return render(
        "enquiries/list.html",
        page,
        register=register,
        path=PATH,
        place=register.names.get(register.code, ""),
        tabs=[
            (
                status,
                STATUS_WORDS[status].in_language(language),
                address(language, PATH, municipality=code, status=status),
                register.counts.get(status, 0),
            )
            for status in STATUSES
        ],
        lines=[
            {
                "href": address(language, f"{PATH}/{one.id}"),
                "sender": one.sender or Text("Borttagen", "Removed").in_language(language),
                "kind": KIND_WORDS[one.kind],
                "sites": ", ".join(names_of(one, register.site_names, language)),
                "municipality": register.names.get(one.municipality, one.municipality),
                "received": one.received_at,
                "days": one.days_to_answer(register.now),
            }
            for one in register.enquiries
        ],
    )


def names_of(one: Enquiry, names: SiteNames, language: Language) -> list[str]:
    """As the sites were called when the enquiry came, in Swedish; in English as they are now."""
    if language == "sv":
        return list(one.site_names)
    return [
        names[reference].en if reference in names else name
        for name, reference in zip(one.site_names, one.sites, strict=True)
    ]


def one_enquiry_page(page: Page, case: Case) -> str:
    language, one = page.language, case.enquiry
    word, tone = ONE[one.status]
    return render(
        "enquiries/enquiry.html",
        page,
        one=one,
        path=f"{PATH}/{one.id}",
        list_path=PATH,
        kind=KIND_WORDS[one.kind],
        word=word,
        tone=tone,
        place=case.names.get(one.municipality, one.municipality),
        sites=[
            (name, reference, address(language, f"/sites/{reference}"))
            for name, reference in zip(
                names_of(one, case.site_names, language), one.sites, strict=True
            )
        ],
        field=SITE[one.field].label if one.field in SITE else None,
        plans=plans(one, language),
        mailto=f"mailto:{quote(one.email, safe='@')}?subject={quote(subject(one, case.site_names))}",
        days=one.days_to_answer(case.now),
        others=[
            (
                case.names.get(other.municipality, other.municipality),
                address(language, f"{PATH}/{other.id}"),
                ONE[other.status][0],
            )
            for other in case.others
        ],
        steps=[(step, *ONE[step.status]) for step in case.steps],
        actions=[
            (status, text.in_language(language), variant)
            for status, (text, variant) in ACTIONS.items()
            if status != one.status and (status != "new" or one.status == "spam")
        ],
        is_saved=case.is_saved,
        refusal=case.refusal,
    )


def plans(one: Enquiry, language: Language) -> list[tuple[Text, str]]:
    """What the sender said of the establishment."""
    said = (
        (Text("Bransch", "Sector"), SECTORS.get(one.sector or "")),
        (Text("Yta", "Area"), SIZES.get(one.size or "")),
    )
    found = [(label, text.in_language(language)) for label, text in said if text]
    if one.planned_start:
        found.append((Text("Planerad start", "Planned start"), str(one.planned_start)))
    return found


def subject(one: Enquiry, names: SiteNames) -> str:
    """Of the reply, in the sender's language."""
    sites = ", ".join(names_of(one, names, one.language))
    return Text("Svar om {sites}", "About {sites}").format(sites=sites).in_language(one.language)
