"""The register of meetings as a page: what was held, who came, and a quick way to enter more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from catalogue.anchoring.meetings import KINDS, Meeting
from catalogue.errors import Fault
from frontend.rendering import Page, render
from geo.texts import Language, Text

MEETINGS_PATH = "/progress/anchoring/meetings"
SHOWN = 15
"""So many meetings are in sight; the rest open below them."""
FORM_ORDER = ("held_on", "kind", "subject", "attended", "lines")


@dataclass(frozen=True, kw_only=True)
class MeetingForm:
    """A meeting as it was typed, or many of them as lines."""

    held_on: str = ""
    kind: str = ""
    subject: str = ""
    there: frozenset[str] = frozenset()
    """Codes of the municipalities that were ticked."""
    people: Mapping[str, str] = field(default_factory=dict)
    lines: str = ""
    faults: Sequence[Fault] = ()


@dataclass(frozen=True, kw_only=True)
class MeetingLine:
    """One meeting of the list."""

    meeting: Meeting
    who: str
    """In words: all, all but a few, or those few; empty for a reader who sees only their own."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What has just been done, and what may be worth a second look."""

    text: Text | None = None
    doubts: Sequence[Text] = ()


def form_of(meeting: Meeting) -> MeetingForm:
    return MeetingForm(
        held_on=meeting.held_on.isoformat(),
        kind=meeting.kind,
        subject=meeting.subject,
        there=frozenset(meeting.attended),
        people={code: str(count) for code, count in meeting.attended.items() if count},
    )


def meetings_page(
    page: Page,
    found: Sequence[Meeting],
    names: Mapping[str, str],
    form: MeetingForm,
    *,
    own: str | None,
    today: date,
    told: Told,
) -> str:
    """`own` is the reader's municipality; None for the project office, which enters them."""
    lines = [
        MeetingLine(meeting=one, who="" if own else who(one, names, page.language)) for one in found
    ]
    return render(
        "anchoring/meetings.html",
        page,
        lines=lines[:SHOWN],
        more_lines=lines[SHOWN:],
        own=own,
        own_name=names.get(own or "", ""),
        told=told,
        has_examples=any(one.is_example for one in found),
        **form_words(page, form, names, today),
    )


def correction_page(
    page: Page, meeting: Meeting, names: Mapping[str, str], form: MeetingForm, today: date
) -> str:
    return render(
        "anchoring/meeting.html",
        page,
        meeting=meeting,
        **form_words(page, form, names, today),
    )


def form_words(
    page: Page, form: MeetingForm, names: Mapping[str, str], today: date
) -> dict[str, object]:
    """What the form's template needs."""
    faults: dict[str, str] = {}
    for fault in form.faults:
        text = fault.text.in_language(page.language)
        faults[fault.where] = f"{faults[fault.where]} {text}" if fault.where in faults else text
    return {
        "form": form,
        "names": names,
        "today": today,
        "kinds": KINDS,
        "kind_options": [(code, label.in_language(page.language)) for code, label in KINDS.items()],
        "faults": {name: faults.get(name, "") for name in FORM_ORDER},
        "errors": [
            {
                "field": fault.where if fault.where in FORM_ORDER else "",
                "text": fault.text.in_language(page.language),
            }
            for fault in form.faults
        ],
        "path": MEETINGS_PATH,
    }


def who(meeting: Meeting, names: Mapping[str, str], language: Language) -> str:
    """`Alla`, `Alla utom Ockelbo`, `Bollnäs och Gävle`."""
    absent = [name for code, name in names.items() if code not in meeting.attended]
    there = [name for code, name in names.items() if code in meeting.attended]
    if not absent:
        return Text("Alla kommuner", "Every municipality").in_language(language)
    if len(absent) <= len(names) // 3:
        text = Text("Alla utom {names}", "All but {names}")
        return text.format(names=listed(absent, language)).in_language(language)
    return listed(there, language)


def listed(words: Sequence[str], language: Language) -> str:
    *first, last = words
    joined = " och " if language == "sv" else " and "
    return f"{', '.join(first)}{joined}{last}" if first else last
