"""The list behind a figure on two days, changed lines first, as far as the reader may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy.orm import Session

from catalogue.administration.adjustments import shelf_life_at
from catalogue.behind.lines import Behind, Group, Line, Part, size
from catalogue.behind.measures import TOGETHER, Measure
from catalogue.behind.profile_lines import profile_lines
from catalogue.behind.site_lines import groups_of, lines_of, pairs
from catalogue.behind.site_steps import Ages, explained
from catalogue.behind.things import THINGS, Wanted, things_between
from catalogue.database import Actor
from catalogue.errors import BadParameters, Fault
from catalogue.hours.hours import ProjectPlan, end_of
from catalogue.progress.counted_versions import count_missing
from catalogue.progress.figure_definitions import MEDIAN, ONCE
from catalogue.progress.figures import FIGURE, PROFILE_FIGURES, Figure
from catalogue.progress.progress import (
    WHOLE_READERS,
    Span,
    may_read,
    readable_names,
)
from catalogue.progress.subjects import Reading, numbers_on
from catalogue.provenance import ShelfLife
from geo.texts import Text

Entry = TypeVar("Entry", bound=Line | Group)
MOST_EXPLAINED = 200
"""How many changed entries are explained at most; the largest changes come first."""


@dataclass(frozen=True)
class Asked:
    """Whose figure, and between which days."""

    figure: Figure
    municipality: str
    span: Span


@dataclass(frozen=True)
class Window:
    """Which of the changed entries are explained: so many, after those left out."""

    first: int = 0
    number: int = MOST_EXPLAINED


def behind(
    session: Session,
    actor: Actor,
    asked: Asked,
    plan: ProjectPlan,
    shelf_life: ShelfLife,
    window: Window,
) -> Behind:
    """Raises `NotAllowed`."""
    may_read(actor)
    if asked.figure.counted is not None:
        measure = Measure(asked.figure, asked.figure.counted, shelf_life)
        return of_sites(session, actor, asked, measure, window)
    names = readable_names(session, actor)
    code = asked.municipality
    own = {code: names[code]} if code else names
    reading = Reading(session, own, plan, shelf_life)
    if asked.figure in PROFILE_FIGURES:
        found = profile_lines(session, asked.figure.key, own, asked.span, shelf_life)
    elif asked.figure.key in THINGS:
        wanted = Wanted(asked.figure.key, code)
        lines = things_between(session, THINGS[asked.figure.key], wanted, asked.span)
        found = lines, *whole(reading, asked)
    else:
        found = by_municipality(reading, asked), *whole(reading, asked)
    lines, before, now = found
    changed, unchanged = ordered(line for line in lines if not line.is_nothing)
    return Behind(
        figure=asked.figure,
        municipality=code,
        span=asked.span,
        before=before,
        now=now,
        changed=changed,
        unchanged=unchanged,
        names=names,
        is_whole=actor.role in WHOLE_READERS,
        shelf_life=shelf_life_at(session, end_of(asked.span.as_of), shelf_life),
    )


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
    names = readable_names(session, actor)
    is_whole = actor.role in WHOLE_READERS
    code = municipality or ("" if is_whole else next(iter(names), ""))
    if code not in names and (code or not is_whole):
        text = Text("Välj bland: {codes}.", "Choose among: {codes}.")
        codes = ", ".join(f"{code} {name}" for code, name in names.items())
        faults.append(Fault("municipality", text.format(codes=codes), in_parameter=True))
    if faults:
        raise BadParameters(faults)
    return Asked(FIGURE[figure], code, span)


def of_sites(
    session: Session, actor: Actor, asked: Asked, measure: Measure, window: Window
) -> Behind:
    span, code = asked.span, asked.municipality or None
    count_missing(session, code)
    then, now = (
        shelf_life_at(session, end_of(day), measure.shelf_life) for day in (span.since, span.as_of)
    )
    found = pairs(session, measure, span, code)
    lines = lines_of(session, measure, span, code, found)
    entries: Sequence[Line | Group] = lines
    if asked.figure.definition.added_up == ONCE:
        entries = groups_of(session, measure, span, code, found, lines)
    changed, unchanged = ordered(entries)
    chosen = changed[window.first : window.first + window.number]
    some = [line for entry in chosen for line in entry.lines]
    told = {
        line.key: line for line in explained(session, measure, Ages(span, then, now), found, some)
    }
    whole = measure.parts(session, sorted({span.since, span.as_of}), TOGETHER, code)
    nothing = measure.nothing(session)
    return Behind(
        figure=asked.figure,
        municipality=asked.municipality,
        span=span,
        before=whole.get((span.since, ""), nothing),
        now=whole.get((span.as_of, ""), nothing),
        changed=[with_steps(entry, told) for entry in changed],
        unchanged=unchanged,
        spread=measure.spread(session, span, code)
        if asked.figure.definition.added_up == MEDIAN
        else (),
        names=readable_names(session, actor),
        is_whole=actor.role in WHOLE_READERS,
        shelf_life=now,
    )


def with_steps(entry: Line | Group, told: dict[str, Line]) -> Line | Group:
    if isinstance(entry, Line):
        return told.get(entry.key, entry)
    return replace(entry, lines=[told.get(line.key, line) for line in entry.lines])


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


def whole(reading: Reading, asked: Asked) -> tuple[Part, Part]:
    """The figure itself, before and now."""
    key, code, span = asked.figure.key, asked.municipality, asked.span
    days = sorted({span.since, span.as_of})
    found = numbers_on(reading, days, [asked.figure], code or None)
    return Part(found[span.since, code][key]), Part(found[span.as_of, code][key])


def by_municipality(reading: Reading, asked: Asked) -> list[Line]:
    """What the figure is in each municipality, for figures that have no finer list."""
    key, span = asked.figure.key, asked.span
    found = numbers_on(reading, sorted({span.since, span.as_of}), [asked.figure])
    return [
        Line(
            key=code,
            name=Text(name, name),
            municipality=code,
            before=Part(found[span.since, code][key]),
            now=Part(found[span.as_of, code][key]),
        )
        for code, name in reading.names.items()
    ]
