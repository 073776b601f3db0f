"""The pages of anchoring: all municipalities beside each other, one of them, and a reminder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from catalogue.anchoring.anchoring import OFFICE, Anchoring, Version
from catalogue.anchoring.anchoring_input import DAYS, PARTS, doubts
from catalogue.anchoring.anchoring_letters import LONGEST_MESSAGE, about_gaps
from catalogue.anchoring.gaps import Gap
from catalogue.anchoring.meetings import KINDS, Meeting
from catalogue.anchoring.overview import Overview, Town, by_importance
from catalogue.anchoring.parts import LABELS, STATES, Part
from catalogue.anchoring.parts import PARTS as STANDING_PARTS
from catalogue.anchoring.people import Colleague, reached
from catalogue.errors import Fault
from catalogue.hours.hours import ROLES, ProjectPlan
from catalogue.progress.figure_definitions_anchoring import APPOINTED, DECISION, IN_PLACE
from catalogue.tables.anchoring import SEATS
from frontend.formats import date_text
from frontend.rendering import Page, address, render
from geo.texts import Language, Text

ANCHORING_PATH = "/progress/anchoring"
SHOWN_GAPS = 8
"""So many stand open on the page; the rest is folded in."""
SHOWN_MEETINGS = 12
BODIES: tuple[Text, ...] = (
    Text("Kommunstyrelsen", "Municipal executive board"),
    Text("Kommunfullmäktige", "Municipal council"),
    Text("Kommunstyrelsens arbetsutskott", "Working committee of the executive board"),
    Text("Kommundirektören på delegation", "Chief executive by delegation"),
)
"""Suggestions; a municipality's own name for it is as good."""
SEAT_TITLES: Mapping[str, Text] = {
    "person": Text("Den som gör arbetet", "Who does the work"),
    "deputy": Text("Ersättare", "Deputy"),
    "steering": Text("Ledamot i styrgruppen", "Member of the steering group"),
}
NAMES: Mapping[str, Text] = {
    "decided_on": Text("Beslutsdag", "Day of the decision"),
    "decided_by": Text("Vem som beslutade", "Who decided"),
    "decision_reference": Text("Diarienummer", "Reference number"),
    "decision_link": Text("Länk till beslutet", "Link to the decision"),
    **{
        f"{seat}_{part}": Text(f"{title.sv}: {label.sv}", f"{title.en}: {label.en}")
        for seat, title in SEAT_TITLES.items()
        for part, label in {
            "role": Text("roll", "role"),
            "name": Text("namn", "name"),
            "email": Text("e-post", "e-mail"),
            "since": Text("sedan", "since"),
        }.items()
    },
}
"""What each part is called where two people have saved."""
CHANGED: Mapping[str, Text] = {
    "created": Text("inskrivet första gången", "first entered"),
    "decided": Text("beslutet", "the decision"),
    "decision": Text("beslutet", "the decision"),
    "person": Text("den som gör arbetet", "who does the work"),
    "deputy": Text("ersättaren", "the deputy"),
    "steering": Text("ledamoten i styrgruppen", "the member of the steering group"),
}
"""By how the parts changed begin."""
SHORT_LABELS: Mapping[Part, Text] = {
    "decision": Text("Beslut", "Decision"),
    "person": Text("Utsedd", "Appointed"),
    "steering": Text("Styrgrupp", "Steering group"),
    "activity": Text("Aktivitet", "Activity"),
    "meeting": Text("Möte", "Meeting"),
    "deputy": Text("Ersättare", "Deputy"),
    "training": Text("Utbildning", "Training"),
    "swot": Text("SWOT", "SWOT"),
}
"""Above the columns of the matrix."""


@dataclass(frozen=True, kw_only=True)
class GapLine:
    """One gap with the ways to put it right that this reader has."""

    gap: Gap
    name: str
    href: str
    """Where it is entered; empty where the reader cannot do that."""
    action: Text
    letter_href: str
    """Where the municipality is written to; empty for the municipality itself."""
    is_mended: bool
    """Of a past day: whether it is in place today."""


@dataclass(frozen=True, kw_only=True)
class TownForm:
    """The form of one municipality: as kept, or as sent and refused."""

    values: Mapping[str, Any]
    """Texts by name. Any: JSON."""
    version: int
    faults: Sequence[Fault] = ()
    meanwhile: Anchoring | None = None
    """What somebody else saved while the form was open."""
    is_saved: bool = False
    sent: int = 0
    """To how many a reminder has just gone."""


@dataclass(frozen=True, kw_only=True)
class TownPage:
    """One municipality and what surrounds its form."""

    town: Town
    meetings: Sequence[Meeting]
    """All that were held, the latest first."""
    history: Sequence[Version]
    last_sent: datetime | None
    plan: ProjectPlan


def overview_page(
    page: Page, found: Overview, last_sent: Mapping[str, datetime], today: date
) -> str:
    towns = found.towns
    lines = [gap_line(page, gap, towns[gap.code]) for gap in by_importance([*towns.values()])]
    return render(
        "anchoring/overview.html",
        page,
        towns=towns,
        is_office=is_office(page),
        lines=lines[:SHOWN_GAPS],
        more_lines=lines[SHOWN_GAPS:],
        parts=[(part, SHORT_LABELS[part]) for part in STANDING_PARTS],
        labels=LABELS,
        states=STATES,
        decided=found.total[DECISION.key],
        appointed=found.total[APPOINTED.key],
        seats=len(SEATS) * len(towns),
        in_place=found.total[IN_PLACE.key],
        possible=len(STANDING_PARTS) * len(towns),
        last_sent=last_sent,
        path=ANCHORING_PATH,
        has_examples=any(one.said.is_example for one in towns.values()),
        day=found.day,
        today=today,
        is_past=found.day < today,
    )


def is_office(page: Page) -> bool:
    return page.account is not None and page.account.role in OFFICE


def gap_line(page: Page, gap: Gap, town: Town) -> GapLine:
    """The project office enters meetings and has no workspace; a municipality has the opposite."""
    href, action = gap.path, Text("Skriv in", "Enter")
    in_meetings = gap.part in ("meeting", "training")
    if in_meetings:
        action = Text("Skriv in möte", "Enter meeting")
        href = "/progress/anchoring/meetings" if is_office(page) else ""
    elif href.startswith("/workspace"):
        action = Text("Öppna", "Open")
        is_writer = page.account is not None and page.account.role != "project"
        href = href if is_writer else ""
    return GapLine(
        gap=gap,
        name=town.name,
        href=address(page.language, href) if href else "",
        action=action,
        letter_href=address(page.language, letter_path(gap.code)) if is_office(page) else "",
        is_mended=gap.part in town.mended,
    )


def letter_path(code: str) -> str:
    return f"{ANCHORING_PATH}/{code}/letter"


def texts_of(said: Anchoring) -> dict[str, Any]:
    """The form as it is kept. Any: JSON; days as a form has them."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in said.values.items()
    }


def town_page(page: Page, shown: TownPage, form: TownForm) -> str:
    """On the day that it is: the form, and what surrounds it."""
    language, town = page.language, shown.town
    faults = {fault.where: fault.text.in_language(language) for fault in form.faults}
    return render(
        "anchoring/municipality.html",
        page,
        form=form,
        values={name: form.values.get(name) or "" for name in PARTS},
        faults={name: faults.get(name, "") for name in PARTS},
        errors=[
            {"field": where if where in PARTS else "", "text": faults[where]}
            for where in sorted(faults, key=lambda where: (*PARTS, where).index(where))
        ],
        meanwhile=meanwhile(form, language),
        doubts={} if form.faults else doubts(town.said.values, shown.plan),
        bodies=BODIES,
        roles=ROLES,
        colleagues=town.colleagues,
        last_sent=shown.last_sent,
        letter_path=letter_path(town.said.municipality),
        **town_words(page, shown, town.standing.day),
    )


def past_town_page(page: Page, shown: TownPage, today: date) -> str:
    """What was known of a municipality on a past day: nothing to fill in."""
    return render(
        "anchoring/municipality_then.html",
        page,
        day=shown.town.standing.day,
        **town_words(page, shown, today),
    )


def town_words(page: Page, shown: TownPage, today: date) -> dict[str, Any]:
    """What the page of a municipality shows, whatever the day. Any: values differ in type."""
    language, town = page.language, shown.town
    return {
        "town": town,
        "today": today,
        "in_place": town.numbers[IN_PLACE.key],
        "seats": list(SEAT_TITLES.items()),
        "parts": [(part, LABELS[part]) for part in STANDING_PARTS],
        "labels": LABELS,
        "states": STATES,
        "lines": [gap_line(page, gap, town) for gap in town.gaps],
        "is_office": is_office(page),
        "meetings": shown.meetings[:SHOWN_MEETINGS],
        "more_meetings": shown.meetings[SHOWN_MEETINGS:],
        "kinds": KINDS,
        "history": [(one, changed_words(one, language)) for one in shown.history],
        "path": f"{ANCHORING_PATH}/{town.said.municipality}",
        "overview": ANCHORING_PATH,
    }


def meanwhile(form: TownForm, language: Language) -> list[tuple[Text, str]]:
    """What stands now where it differs from what was typed."""
    if form.meanwhile is None:
        return []
    kept = texts_of(form.meanwhile)
    return [
        (NAMES[name], shown_value(name, kept[name], language))
        for name in PARTS
        if (kept[name] or "") != (form.values.get(name) or "")
    ]


def shown_value(name: str, value: str | None, language: Language) -> str:
    if not value:
        return Text("tomt", "empty").in_language(language)
    return date_text(date.fromisoformat(value), language) if name in DAYS else value


def changed_words(one: Version, language: Language) -> str:
    kinds = dict.fromkeys(key.partition("_")[0] for key in one.changed)
    said = [CHANGED[kind].in_language(language) for kind in kinds if kind in CHANGED]
    return ", ".join(dict.fromkeys(said)).capitalize()


@dataclass(frozen=True, kw_only=True)
class LetterForm:
    """A reminder about to be sent, as it was typed."""

    to: frozenset[str]
    message: str = ""
    faults: Sequence[Fault] = field(default_factory=tuple)
    refusal: Text | None = None


def letter_page(page: Page, town: Town, form: LetterForm) -> str:
    language = page.language
    receivers = reached(town.said, town.colleagues)
    faults = {fault.where: fault.text.in_language(language) for fault in form.faults}
    errors = [{"field": where, "text": text} for where, text in faults.items()]
    if form.refusal:
        errors.append({"field": "", "text": form.refusal.in_language(language)})
    preview = about_gaps(town, Colleague("", "", "sv"), reply_to="") if town.gaps else None
    return render(
        "anchoring/letter.html",
        page,
        town=town,
        form=form,
        receivers=receivers,
        faults=faults,
        errors=errors,
        preview=preview,
        has_english=any(one.language == "en" for one in receivers),
        longest=LONGEST_MESSAGE,
        path=letter_path(town.said.municipality),
        town_path=f"{ANCHORING_PATH}/{town.said.municipality}",
        overview=ANCHORING_PATH,
    )
