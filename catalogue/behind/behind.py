"""The list behind a figure on two days, changed lines first, as far as the reader may see it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from sqlalchemy.orm import Session

from catalogue.administration.adjustments import shelf_life_at, weights_at
from catalogue.behind.lines import NOTHING, Behind, Group, Line, Part, Spread, size
from catalogue.behind.measures import TOGETHER, Measure, Parts
from catalogue.behind.profile_lines import profile_lines
from catalogue.behind.site_lines import groups_of, lines_of, pairs
from catalogue.behind.site_steps import Ages, explained
from catalogue.behind.things import THINGS, thing_lines
from catalogue.database import Actor
from catalogue.errors import BadParameters, Fault
from catalogue.hours.hours import ProjectPlan, end_of
from catalogue.progress.counted_versions import count_missing
from catalogue.progress.days import Places
from catalogue.progress.figure_definitions import MEDIAN, ONCE
from catalogue.progress.figures import FIGURE, Figure
from catalogue.progress.progress import WHOLE_READERS, Span, readable_names
from catalogue.progress.progress_filter import read_municipalities
from catalogue.progress.register_profiles import PROFILES
from catalogue.provenance import ShelfLife
from geo.texts import Text

Entry = TypeVar("Entry", bound=Line | Group)
MOST_EXPLAINED = 200
"""How many changed entries are explained at most; the largest changes come first."""


@dataclass(frozen=True)
class Asked:
    """Whose figure, and between which days."""

    figure: Figure
    municipalities: tuple[str, ...]
    """Their codes; empty for all of them together."""
    span: Span

    @property
    def days(self) -> list[date]:
        return sorted({self.span.since, self.span.as_of})


@dataclass(frozen=True, kw_only=True)
class Listed:
    """The figure on both days and the entries that it is made of."""

    before: Part
    now: Part
    changed: Sequence[Line | Group]
    unchanged: Sequence[Line | Group]
    spread: Sequence[Spread] = ()


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
    names = readable_names(session, actor)
    chosen = asked.municipalities or (() if actor.role in WHOLE_READERS else tuple(names))
    places = list(chosen) or None
    own = {code: names[code] for code in chosen or names}
    end = end_of(asked.span.as_of)
    measure = Measure(asked.figure, asked.figure.source, plan, shelf_life)
    if asked.figure.is_of_sites:
        listed = of_sites(session, asked.span, measure, window, places)
    else:
        listed = of_register(session, asked, measure, own, places)
    return Behind(
        figure=asked.figure,
        municipalities=chosen,
        span=asked.span,
        before=listed.before,
        now=listed.now,
        changed=listed.changed,
        unchanged=listed.unchanged,
        spread=listed.spread,
        names=names,
        is_whole=actor.role in WHOLE_READERS,
        plan=replace(plan, weights=weights_at(session, end, plan.weights)),
        shelf_life=shelf_life_at(session, end, shelf_life),
    )


def read_figure(
    session: Session, actor: Actor, figure: str, municipality: Sequence[str], span: Span
) -> Asked:
    """What somebody asked for; all that they may see where no municipality is named.

    Raises `BadParameters`, and `NotAllowed` for who is not part of the project.
    """
    faults: list[Fault] = []
    if figure not in FIGURE:
        text = Text(
            "Det finns ingen siffra som heter ”{key}”. Nycklarna står i /api/v1/progress.",
            "There is no figure called “{key}”. The keys stand in /api/v1/progress.",
        )
        faults.append(Fault("figure", text.format(key=figure[:60]), in_parameter=True))
    names = readable_names(session, actor)
    chosen = read_municipalities(municipality, names, faults)
    if faults:
        raise BadParameters(faults)
    return Asked(FIGURE[figure], chosen, span)


def of_sites(
    session: Session, span: Span, measure: Measure, window: Window, places: Places
) -> Listed:
    count_missing(session)
    ages = Ages(
        span,
        *(
            shelf_life_at(session, end_of(day), measure.shelf_life)
            for day in (span.since, span.as_of)
        ),
    )
    found = pairs(session, measure, span, places)
    lines = lines_of(session, measure, span, places, found)
    entries: Sequence[Line | Group] = lines
    if measure.figure.definition.added_up == ONCE:
        entries = groups_of(session, measure, span, places, found, lines)
    changed, unchanged = ordered(entries)
    chosen = changed[window.first : window.first + window.number]
    some = [line for entry in chosen for line in entry.lines]
    told = {line.key: line for line in explained(session, measure, ages, found, some)}
    whole = measure.parts(session, sorted({span.since, span.as_of}), TOGETHER, places)
    before, now = measure.together(session, whole, span)
    return Listed(
        before=before,
        now=now,
        changed=[with_steps(entry, told) for entry in changed],
        unchanged=unchanged,
        spread=measure.spread(session, span, places)
        if measure.figure.definition.added_up == MEDIAN
        else (),
    )


def of_register(
    session: Session, asked: Asked, measure: Measure, names: dict[str, str], places: Places
) -> Listed:
    """Its entries, letters, messages, requests or meetings; else what each municipality has."""
    span, relation = asked.span, measure.counted.relation
    parts = measure.by_place(session, asked.days, places)
    if relation in THINGS:
        lines = thing_lines(session, measure, span, places)
    elif relation is PROFILES:
        lines = profile_lines(session, measure, names, span, parts)
    else:
        lines = place_lines(names, span, parts)
    before, now = measure.together(session, parts, span)
    changed, unchanged = ordered(line for line in lines if not line.is_nothing)
    return Listed(
        before=before,
        now=now,
        changed=changed,
        unchanged=unchanged,
    )


def place_lines(names: Mapping[str, str], span: Span, parts: Parts) -> list[Line]:
    return [
        Line(
            key=code,
            name=Text(name, name),
            municipality=code,
            before=parts.get((span.since, code), NOTHING),
            now=parts.get((span.as_of, code), NOTHING),
        )
        for code, name in names.items()
    ]


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
        sorted(changed, key=lambda entry: (-size(entry.change), *in_order(entry))),
        sorted(unchanged, key=in_order),
    )


def in_order(entry: Line | Group) -> tuple[int, str]:
    """References by themselves, numbers from the lowest."""
    return len(entry.key), entry.key
