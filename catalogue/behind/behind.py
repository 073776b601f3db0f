"""The list behind a figure on two days, changed lines first, as far as the reader may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.orm import Session

from catalogue import municipalities
from catalogue.behind.lines import Behind, Group, Line, Part, size
from catalogue.database import Actor
from catalogue.errors import BadParameters, Fault
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.figures import FIGURE, Figure
from catalogue.progress.progress import WHOLE_READERS, Row, Span, may_read, progress
from catalogue.provenance import ShelfLife
from geo.texts import Text

Entry = TypeVar("Entry", bound=Line | Group)


@dataclass(frozen=True)
class Asked:
    """Whose figure, and between which days."""

    figure: Figure
    municipality: str
    span: Span


def behind(
    session: Session, actor: Actor, asked: Asked, plan: ProjectPlan, shelf_life: ShelfLife
) -> Behind:
    """What the figure is in each municipality; raises `NotAllowed`."""
    return by_municipality(session, actor, asked, plan, shelf_life)


def read_figure(
    session: Session, actor: Actor, figure: str, municipality: str, span: Span
) -> Asked:
    """What somebody asked for; an editor's own municipality where none is named.

    Raises `BadParameters`, and `NotAllowed` for who is not part of the project.
    """
    may_read(actor)
    faults: list[Fault] = []
    if figure not in FIGURE:
        text = Text(
            "Det finns ingen siffra som heter ”{key}”. Nycklarna står i /api/v1/progress.",
            "There is no figure called “{key}”. The keys stand in /api/v1/progress.",
        )
        faults.append(Fault("figure", text.format(key=figure[:60]), in_parameter=True))
    names = names_for(session, actor)
    is_whole = actor.role in WHOLE_READERS
    code = municipality or ("" if is_whole else next(iter(names), ""))
    if code not in names and (code or not is_whole):
        text = Text("Välj bland: {codes}.", "Choose among: {codes}.")
        codes = ", ".join(f"{code} {name}" for code, name in names.items())
        faults.append(Fault("municipality", text.format(codes=codes), in_parameter=True))
    if faults:
        raise BadParameters(faults)
    return Asked(FIGURE[figure], code, span)


def names_for(session: Session, actor: Actor) -> dict[str, str]:
    """The municipalities whose figures the actor may read, by code."""
    names = municipalities.names(session)
    if actor.role in WHOLE_READERS:
        return names
    return {code: name for code, name in names.items() if code == actor.municipality}


def ordered(entries: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Those that have changed, the largest change first, and the others by key."""
    changed: list[Entry] = []
    unchanged: list[Entry] = []
    for entry in entries:
        (changed if entry.has_changed else unchanged).append(entry)
    return (
        sorted(changed, key=lambda entry: (-size(entry.change), entry.key)),
        sorted(unchanged, key=lambda entry: entry.key),
    )


def by_municipality(
    session: Session, actor: Actor, asked: Asked, plan: ProjectPlan, shelf_life: ShelfLife
) -> Behind:
    """What the figure is in each municipality, for figures that have no finer list."""
    found = progress(session, actor, asked.span, plan, shelf_life)
    key, code = asked.figure.key, asked.municipality
    rows = [row for row in found.rows if code in ("", row.code)]
    whole = rows[0] if code else found.total
    lines = [row_line(row, key) for row in rows]
    changed, unchanged = ordered(line for line in lines if not line.is_nothing)
    return Behind(
        figure=asked.figure,
        municipality=code,
        span=asked.span,
        before=Part(whole.before[key]),
        now=Part(whole.numbers[key]),
        changed=changed,
        unchanged=unchanged,
        names={row.code: row.name.sv for row in found.rows},
        is_whole=found.is_whole,
        shelf_life=found.shelf_life,
    )


def row_line(row: Row, key: str) -> Line:
    before, now = Part(row.before[key]), Part(row.numbers[key])
    return Line(key=row.code, name=row.name, municipality=row.code, before=before, now=now)
