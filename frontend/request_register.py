"""The register of requests for information: the list, and one request as a form with its history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from catalogue.enquiries.enquiries import SECTORS, SIZES
from catalogue.errors import Fault, Invalid
from catalogue.requests.asked import Asked, packed
from catalogue.requests.register import ClientRequest, Version
from catalogue.requests.register_input import OUTCOMES, REASONS
from catalogue.requests.requirements import Requirement, read_requirements
from catalogue.requests.wording import words
from frontend.rendering import Page, address, render
from geo.texts import Language, Text

PATH = "/requests"
FORM_ORDER = (
    "code_name", "sector", "size", "received_on", "due_on", "answered_on", "outcome",
    "lost_because", "closed_on", "sites", "text", "note", "requirements",
)  # fmt: skip
TONES = {"open": "info", "shortlisted": "success", "won": "success", "lost": "danger"}
CHANGED_WORDS: Mapping[str, Text] = {
    "created": Text("Lades upp", "Was added"),
    "code_name": Text("kodnamn", "code name"),
    "sector": Text("bransch", "sector"),
    "size": Text("storlek", "size"),
    "received_on": Text("kom in", "received"),
    "due_on": Text("svar senast", "due"),
    "answered_on": Text("besvarad", "answered"),
    "closed_on": Text("avslutad", "closed"),
    "text": Text("text", "text"),
    "requirements": Text("krav", "requirements"),
    "sites": Text("erbjudna platser", "sites offered"),
    "outcome": Text("utfall", "outcome"),
    "lost_because": Text("skäl", "reason"),
    "handler": Text("handläggare", "handler"),
    "note": Text("anteckning", "note"),
}


@dataclass(frozen=True, kw_only=True)
class Register:
    """The part of the register that is shown."""

    requests: Sequence[ClientRequest]
    counts: Mapping[str, int]
    outcome: str
    today: date


@dataclass(frozen=True, kw_only=True)
class RequestForm:
    """One request in the form: as kept, or as sent and refused."""

    values: Mapping[str, Any]
    """Texts by name; `sites` and `requirements` as lists. Any: JSON."""
    names: Mapping[str, str]
    """The municipalities' by code."""
    kept: ClientRequest | None = None
    history: Sequence[Version] = ()
    faults: Sequence[Fault] = field(default_factory=tuple)
    refusal: Text | None = None
    saved: bool = False


def register_page(page: Page, register: Register) -> str:
    language, total = page.language, sum(register.counts.values())
    tabs = [("", Text("Alla", "All").in_language(language), address(language, PATH), total)]
    tabs += [
        (
            code,
            label.in_language(language),
            address(language, PATH, outcome=code),
            register.counts.get(code, 0),
        )
        for code, label in OUTCOMES.items()
    ]
    return render(
        "requests/list.html", page, register=register, tabs=tabs, outcomes=OUTCOMES,
        tones=TONES, sectors=SECTORS, reasons=REASONS,
    )  # fmt: skip


def request_page(page: Page, form: RequestForm) -> str:
    language = page.language
    faults = {fault.where: fault.text.in_language(language) for fault in form.faults}
    requirements = readable(form)
    return render(
        "requests/form.html",
        page,
        form=form,
        values={name: form.values.get(name) or "" for name in FORM_ORDER},
        faults={name: faults.get(name, "") for name in FORM_ORDER},
        errors=[
            {"field": where if where in FORM_ORDER else "", "text": text}
            for where, text in faults.items()
        ]
        + ([{"field": "", "text": form.refusal.in_language(language)}] if form.refusal else []),
        key=packed(Asked(requirements)) if requirements else "",
        requirement_words=[words(one, form.names).in_language(language) for one in requirements],
        sectors=options(SECTORS, language),
        sizes=options(SIZES, language),
        outcomes=options(OUTCOMES, language),
        reasons=options(REASONS, language),
        changes=[(one, change_words(one, language)) for one in form.history],
    )


def readable(form: RequestForm) -> tuple[Requirement, ...]:
    """The requirements; none where the catalogue no longer has what they ask about."""
    try:
        return read_requirements(form.values.get("requirements") or [], form.names)
    except Invalid:
        return ()


def options(labels: Mapping[str, Text], language: Language) -> list[tuple[str, str]]:
    return [(code, label.in_language(language)) for code, label in labels.items()]


def change_words(one: Version, language: Language) -> str:
    said = [CHANGED_WORDS[key].in_language(language) for key in one.changed if key in CHANGED_WORDS]
    return ", ".join(said)
