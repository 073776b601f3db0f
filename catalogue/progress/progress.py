"""Progress: every figure per municipality and in all, as it was known on a day, and its change."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from catalogue import municipalities
from catalogue.administration.adjustments import shelf_life_at, weights_at
from catalogue.database import Actor
from catalogue.errors import BadParameters, Fault, NotAllowed
from catalogue.hours import hours
from catalogue.hours.hours import ProjectPlan
from catalogue.indicators.standings import Standing, standings
from catalogue.progress.figure_definitions import ONCE, SUM
from catalogue.progress.figure_definitions_enquiries import MESSAGES
from catalogue.progress.figure_definitions_questions import LETTERS
from catalogue.progress.figure_definitions_requests import REQUESTS
from catalogue.progress.figures import FIGURE, FIGURES, FIRST_DAY, Figure
from catalogue.progress.progress_counts import Numbers
from catalogue.progress.progress_moves import Move, moves_on
from catalogue.progress.progress_sites import SiteCount, site_counts
from catalogue.progress.readings import Reading, numbers_on
from catalogue.provenance import ShelfLife
from geo.texts import Text

READERS = frozenset({"editor", "publisher", "project", "admin"})
WHOLE_READERS = frozenset({"project", "admin"})
CHOSEN = Text("De valda", "Those chosen")


@dataclass(frozen=True)
class Row:
    """The figures of one municipality, or of all, and how they have changed."""

    code: str
    """Empty for all of them together."""
    name: Text
    numbers: Numbers
    before: Numbers

    def change(self, key: str) -> float | None:
        """How much larger the figure is; None where it cannot be said.

        A sum that was nothing, such as of an area without sites, counts as 0.
        """
        now, then = self.numbers[key], self.before[key]
        if FIGURE[key].definition.added_up in (SUM, ONCE, LETTERS, MESSAGES, REQUESTS) and (
            now,
            then,
        ) != (
            None,
            None,
        ):
            now, then = now or 0, then or 0
        return None if now is None or then is None else round(now - then, 2)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What the page shows and every file holds."""

    as_of: date
    since: date
    rows: Sequence[Row]
    """By municipality, in alphabetical order: they are compared with themselves, never ranked."""
    total: Row
    sites: Sequence[SiteCount]
    moves: Sequence[Move]
    """Sites expected at their next level, by municipality and reference."""
    plan: ProjectPlan
    shelf_life: ShelfLife
    is_whole: bool
    """Whether it covers every municipality, and not only the reader's own."""
    indicators: Sequence[Standing] = ()
    """Of the funding decision, on that day; only where it covers every municipality."""

    @property
    def has_examples(self) -> bool:
        return any(site.is_example for site in self.sites)

    @property
    def is_several(self) -> bool:
        """Whether there is more than one municipality to add up."""
        return self.is_whole or len(self.rows) > 1

    @property
    def all_rows(self) -> list[Row]:
        """The municipalities and then the total, where that says something more."""
        return [*self.rows, self.total] if len(self.rows) > 1 else list(self.rows)


@dataclass(frozen=True)
class Span:
    """The day shown and the day compared with."""

    as_of: date
    since: date


def read_span(as_of: str | None, since: str | None, baseline: date, today: date) -> Span:
    """Two days as somebody wrote them; raises `BadParameters`. Left out: today and the baseline."""
    faults: list[Fault] = []
    day = read_day("as_of", as_of, today, faults) or today
    before = read_day("since", since, today, faults) or min(baseline, day)
    if before > day and not faults:
        text = Text(
            "Dagen att jämföra med ligger efter dagen som visas.",
            "The day to compare with is after the day shown.",
        )
        faults.append(Fault("since", text, in_parameter=True))
    if faults:
        raise BadParameters(faults)
    return Span(day, before)


def read_day(name: str, given: str | None, today: date, faults: list[Fault]) -> date | None:
    if not given:
        return None
    try:
        day = date.fromisoformat(given) if len(given) == 10 else date.min
    except ValueError:
        day = date.min
    if FIRST_DAY <= day <= today:
        return day
    text = Text(
        "Ett datum från {first} till i dag, som 2026-05-01.",
        "A date from {first} to today, such as 2026-05-01.",
    ).format(first=FIRST_DAY)
    faults.append(Fault(name, text, in_parameter=True))
    return None


def may_read(actor: Actor) -> None:
    """Raises `NotAllowed` for an account that is not part of the project."""
    if actor.role not in READERS:
        raise NotAllowed(
            Text(
                "Läget visas för kommunerna och projektkontoret.",
                "Progress is shown to the municipalities and the project office.",
            )
        )


def readable_names(session: Session, actor: Actor) -> dict[str, str]:
    """The municipalities whose figures the actor may read; raises `NotAllowed`."""
    may_read(actor)
    names = municipalities.names(session)
    if actor.role in WHOLE_READERS:
        return names
    return {code: name for code, name in names.items() if code == actor.municipality}


def progress(
    session: Session,
    actor: Actor,
    span: Span,
    plan: ProjectPlan,
    shelf_life: ShelfLife,
    *,
    chosen: Collection[str] = (),
) -> Progress:
    """Progress as far as the actor may see it; raises `NotAllowed`.

    `chosen`: the codes of some municipalities, which in all is then of; none means every one.
    """
    names = readable_names(session, actor)
    if chosen:
        names = {code: name for code, name in names.items() if code in chosen}
    reading = Reading(
        session, names, plan, shelf_life, is_part=bool(chosen) or actor.role not in WHOLE_READERS
    )
    found = numbers_on(reading, sorted({span.as_of, span.since}))
    rows = [
        Row(code, Text(name, name), found[span.as_of, code], found[span.since, code])
        for code, name in names.items()
    ]
    everywhere = CHOSEN if chosen else Text("Alla kommuner", "All municipalities")

    def figure_value(key: str, code: str, since: date | None) -> float | None:
        """The figure that day, or how it has changed since another."""
        day = since or span.since
        if (day, code) not in found:
            found.update(numbers_on(reading, [day]))
        row = Row(code, everywhere, found[span.as_of, code], found[day, code])
        return row.numbers.get(key) if since is None else row.change(key)

    is_whole = actor.role in WHOLE_READERS and not chosen
    sites = site_counts(session, span.as_of, shelf_life, weights=plan.weights, is_counted=True)
    moves = moves_on(session, span.as_of, is_counted=True)
    return Progress(
        as_of=span.as_of,
        since=span.since,
        rows=rows,
        total=Row("", everywhere, found[span.as_of, ""], found[span.since, ""]),
        sites=[site for site in sites if site.municipality in names],
        moves=[move for move in moves if move.municipality in names],
        plan=replace(plan, weights=weights_at(session, hours.end_of(span.as_of), plan.weights)),
        shelf_life=shelf_life_at(session, hours.end_of(span.as_of), shelf_life),
        is_whole=is_whole,
        indicators=standings(session, span.as_of, figure_value) if is_whole else (),
    )


def told(row: Row, figures: Iterable[Figure] = FIGURES) -> list[str]:
    """The keys of the figures that say something of the row, now or then."""
    keys = [figure.key for figure in figures]
    return [key for key in keys if row.numbers[key] is not None or row.before[key] is not None]
