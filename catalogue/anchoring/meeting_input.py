"""A meeting as somebody sent it, one at a time or many as lines, with every fault told at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from catalogue.anchoring.meetings import KINDS, Meeting
from catalogue.errors import Fault, Invalid
from catalogue.forms.form_texts import day
from catalogue.hours.hours import ProjectPlan
from catalogue.values import UNSEEN, BadValue
from geo.texts import Text

PARTS = ("held_on", "kind", "subject", "attended")
LONGEST_SUBJECT = 120
MOST_PEOPLE = 500
MOST_LINES = 100
NOBODY = Text(
    "Kryssa för minst en kommun. Var ingen med är det inget möte att räkna.",
    "Tick one municipality at least. If nobody was there, there is no meeting to count.",
)
NO_SUBJECT = Text("Skriv vad utbildningen handlade om.", "Say what the training was about.")


@dataclass(frozen=True)
class Reader:
    """Reads one part after the other and collects what is wrong. Any: whatever was sent."""

    raw: Mapping[str, Any]
    names: Mapping[str, str]
    """The municipalities' by code."""
    plan: ProjectPlan
    today: date
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, where: str, text: Text) -> None:
        self.faults.append(Fault(where, text))

    def held_on(self) -> date:
        given = self.raw.get("held_on")
        try:
            found = day(str(given)) if given else None
        except BadValue as refusal:
            self.refuse("held_on", refusal.text)
            return self.today
        if found is None:
            self.refuse("held_on", Text("Ange dagen.", "Give the day."))
            return self.today
        if found > self.today:
            text = Text(
                "Mötet har inte varit än. Skriv in det efteråt, med dem som kom.",
                "The meeting has not been yet. Enter it afterwards, with those who came.",
            )
            self.refuse("held_on", text)
        elif found < self.plan.start:
            text = Text(
                "Dagen är före projektet, som började {start}.",
                "The day is before the project, which began on {start}.",
            )
            self.refuse("held_on", text.format(start=self.plan.start))
        return found

    def kind(self) -> str:
        given = self.raw.get("kind")
        if given not in KINDS:
            text = Text("Välj bland: {codes}.", "Choose among: {codes}.")
            self.refuse("kind", text.format(codes=", ".join(KINDS)))
            return "other"
        return str(given)

    def subject(self, kind: str) -> str:
        given = self.raw.get("subject") or ""
        text = " ".join(given.split()) if isinstance(given, str) else given
        if not isinstance(text, str) or len(text) > LONGEST_SUBJECT or UNSEEN.search(text):
            refusal = Text("Text, högst {n} tecken.", "Text, at most {n} characters.")
            self.refuse("subject", refusal.format(n=LONGEST_SUBJECT))
            return ""
        if kind == "training" and not text:
            self.refuse("subject", NO_SUBJECT)
        return text

    def attended(self) -> dict[str, int | None]:
        given = self.raw.get("attended") or {}
        if isinstance(given, list) and all(isinstance(code, str) for code in given):
            given = dict.fromkeys(given)
        if not isinstance(given, dict):
            text = Text(
                "En lista med kommunkoder, eller antal deltagare efter kommunkod.",
                "A list of municipality codes, or numbers of people by municipality code.",
            )
            self.refuse("attended", text)
            return {}
        found: dict[str, int | None] = {}
        for code, people in given.items():
            if code not in self.names:
                text = Text(
                    "Kommunen {code} finns inte. Välj bland: {codes}.",
                    "There is no municipality {code}. Choose among: {codes}.",
                ).format(code=str(code)[:40], codes=", ".join(self.names))
                self.refuse("attended", text)
            elif people is None:
                found[code] = None
            elif type(people) is int and 1 <= people <= MOST_PEOPLE:
                found[code] = people
            else:
                text = Text(
                    "{name}: antalet ska vara ett heltal från 1 till {most}.",
                    "{name}: the number must be a whole number from 1 to {most}.",
                ).format(name=self.names[code], most=MOST_PEOPLE)
                self.refuse("attended", text)
        if not given:
            self.refuse("attended", NOBODY)
        return found


def read_meeting(
    raw: Mapping[str, Any], names: Mapping[str, str], plan: ProjectPlan, today: date
) -> Meeting:
    """A body or a form; raises `Invalid` with every fault. Any: whatever was sent.

    `attended` is a list of municipality codes, or how many took part by code.
    """
    reader = Reader(raw, names, plan, today)
    for name in raw:
        if name not in PARTS:
            reader.refuse(str(name)[:60], Text("Delen finns inte.", "No such part."))
    kind = reader.kind()
    meeting = Meeting(
        held_on=reader.held_on(),
        kind=kind,
        subject=reader.subject(kind),
        attended=reader.attended(),
    )
    if reader.faults:
        raise Invalid(reader.faults)
    return meeting


def read_lines(
    text: str, names: Mapping[str, str], plan: ProjectPlan, today: date
) -> list[Meeting]:
    """One meeting a line: `2026-03-12; styrgrupp; Vårmöte; Bollnäs, Gävle 3`.

    All or none: raises `Invalid` with the faults of every line, each with its number.
    """
    lines = [(n, line) for n, line in enumerate(text.splitlines(), start=1) if line.strip()]
    faults: list[Fault] = []
    found = []
    for number, line in lines[:MOST_LINES]:
        try:
            found.append(read_meeting(parts_of(line, names), names, plan, today))
        except Invalid as refusal:
            where = Text("Rad {n}: ", "Line {n}: ").format(n=number)
            faults += [
                Fault("lines", Text(where.sv + one.text.sv, where.en + one.text.en))
                for one in refusal.faults
            ]
    if len(lines) > MOST_LINES:
        text_ = Text("Högst {n} rader åt gången.", "At most {n} lines at a time.")
        faults.append(Fault("lines", text_.format(n=MOST_LINES)))
    if not lines:
        faults.append(Fault("lines", Text("Skriv minst ett möte.", "Write one meeting at least.")))
    if faults:
        raise Invalid(faults)
    return found


def parts_of(line: str, names: Mapping[str, str]) -> dict[str, Any]:
    """The parts of a line, as a body has them. Any: JSON."""
    held_on, kind, subject, there = [*(part.strip() for part in line.split(";", 3)), "", "", ""][:4]
    return {
        "held_on": held_on,
        "kind": kind_named(kind),
        "subject": subject,
        "attended": dict(named(one.strip(), names) for one in there.split(",") if one.strip()),
    }


def kind_named(word: str) -> str:
    """The code of a kind by its code or by how its name begins, in either language."""
    wanted = word.lower()
    return next(
        (
            code
            for code, label in KINDS.items()
            if wanted == code
            or (len(wanted) > 3 and (label.sv.lower().startswith(wanted)
                                     or label.en.lower().startswith(wanted)))
        ),
        word,
    )  # fmt: skip


def named(word: str, names: Mapping[str, str]) -> tuple[str, int | None]:
    """`Gävle 3` as the code and the number; a name unknown stays as it is and is refused later."""
    name, _, last = word.rpartition(" ")
    people = int(last) if name and last.isascii() and last.isdigit() and len(last) < 6 else None
    wanted = (name if people is not None else word).strip().lower()
    code = next((code for code, one in names.items() if wanted in (code, one.lower())), wanted)
    return code, people


def doubts(wanted: Sequence[Meeting], plan: ProjectPlan) -> list[Text]:
    """What may be right but is worth a second look."""
    text = Text(
        "{day} är efter projektet, som slutade {end}. Mötet räknas ändå.",
        "{day} is after the project, which ended on {end}. The meeting counts all the same.",
    )
    late = [one for one in wanted if one.held_on > plan.end]
    return [text.format(day=one.held_on, end=plan.end) for one in late]
