"""Progress: every figure per municipality and in all, as it was known on a day, and its change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from catalogue import municipalities
from catalogue.administration.adjustments import shelf_life_at
from catalogue.anchoring.standing import town_standings
from catalogue.database import Actor
from catalogue.errors import BadParameters, Fault, NotAllowed
from catalogue.hours import hours
from catalogue.hours.hours import ProjectPlan
from catalogue.indicators.standings import Standing, standings
from catalogue.progress.figure_definitions import ONCE, SUM
from catalogue.progress.figure_definitions_enquiries import MESSAGES
from catalogue.progress.figure_definitions_moves import EXPECTED
from catalogue.progress.figure_definitions_questions import LETTERS
from catalogue.progress.figure_definitions_requests import REQUESTS
from catalogue.progress.figures import FIGURE, FIGURES, FIRST_DAY
from catalogue.progress.progress_anchoring import anchoring_numbers
from catalogue.progress.progress_counts import Numbers, numbers
from catalogue.progress.progress_enquiries import enquiries_by, enquiry_numbers
from catalogue.progress.progress_moves import Move, moves_on
from catalogue.progress.progress_profiles import profile_numbers, profiles_on
from catalogue.progress.progress_questions import question_numbers, sent_by
from catalogue.progress.progress_requests import offered, request_numbers, requests_on
from catalogue.progress.progress_sites import SiteCount, count_site, first_fresh_days, sites_on
from catalogue.provenance import ShelfLife
from geo.texts import Text

READERS = frozenset({"editor", "publisher", "project", "admin"})
WHOLE_READERS = frozenset({"project", "admin"})


@dataclass(frozen=True)
class Known:
    """The catalogue on a day: its sites, and the figures by municipality code and in all."""

    day: date
    sites: Sequence[SiteCount]
    by_municipality: Mapping[str, Numbers]
    total: Numbers
    shelf_life: ShelfLife
    """The one that held that day."""
    moves: Sequence[Move]
    """Sites expected at their next level, by municipality and reference."""


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
    def all_rows(self) -> list[Row]:
        """The municipalities and then the total, where that says something more."""
        return [*self.rows, self.total] if self.is_whole else list(self.rows)


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


def figures(
    session: Session, day: date, names: Mapping[str, str], plan: ProjectPlan, shelf_life: ShelfLife
) -> Known:
    """Every figure at the end of a day, for these municipalities; today is a day like any other.

    What counted as stale that day does so still, though the shelf life has been changed since.
    """
    shelf_life = shelf_life_at(session, hours.end_of(day), shelf_life)
    first_fresh = first_fresh_days(day, shelf_life)
    counts = [count_site(site, first_fresh) for site in sites_on(session, day)]
    put_in, target = hours.known_on(session, day), plan.target(day)
    asked, profiles = sent_by(session, day), profiles_on(session, day, names)
    moves = moves_on(session, day)
    enquired, requested = enquiries_by(session, day), requests_on(session, day)
    anchored = town_standings(session, day, names, shelf_life, hours.end_of(day))
    by_municipality = {
        code: numbers(
            [count for count in counts if count.municipality == code],
            day,
            put_in.get(code, 0.0),
            target,
        )
        | question_numbers([one for one in asked if one.municipality == code], day)
        | profile_numbers([profiles[code]], day, shelf_life)
        | enquiry_numbers([one for one in enquired if one.municipality == code])
        | request_numbers(offered(requested, code) if requested else None)
        | anchoring_numbers({code: anchored[code]})
        | {EXPECTED.key: sum(one.municipality == code for one in moves)}
        for code in names
    }
    total = numbers(counts, day, sum(put_in.values()), target * len(names))
    total |= question_numbers(asked, day)
    total |= enquiry_numbers(enquired)
    total |= request_numbers(requested or None)
    total |= anchoring_numbers(anchored)
    total[EXPECTED.key] = len(moves)
    total |= profile_numbers(list(profiles.values()), day, shelf_life)
    return Known(day, counts, by_municipality, total, shelf_life, moves)


def progress(
    session: Session, actor: Actor, span: Span, plan: ProjectPlan, shelf_life: ShelfLife
) -> Progress:
    """Progress as far as the actor may see it; raises `NotAllowed`."""
    may_read(actor)
    names = municipalities.names(session)
    if actor.role not in WHOLE_READERS:
        names = {code: name for code, name in names.items() if code == actor.municipality}
    now = figures(session, span.as_of, names, plan, shelf_life)
    before = figures(session, span.since, names, plan, shelf_life)
    rows = [
        Row(code, Text(name, name), now.by_municipality[code], before.by_municipality[code])
        for code, name in names.items()
    ]
    everywhere = Text("Alla kommuner", "All municipalities")
    known = {span.as_of: now, span.since: before}

    def figure_value(key: str, code: str, since: date | None) -> float | None:
        """The figure that day, or how it has changed since another."""
        day = since or span.since
        if day not in known:
            known[day] = figures(session, day, names, plan, shelf_life)
        row = Row(code, everywhere, of_place(now, code), of_place(known[day], code))
        return row.numbers.get(key) if since is None else row.change(key)

    is_whole = actor.role in WHOLE_READERS
    return Progress(
        as_of=span.as_of,
        since=span.since,
        rows=rows,
        total=Row("", everywhere, now.total, before.total),
        sites=now.sites,
        moves=now.moves,
        plan=plan,
        shelf_life=now.shelf_life,
        is_whole=is_whole,
        indicators=standings(session, span.as_of, figure_value) if is_whole else (),
    )


def of_place(known: Known, code: str) -> Numbers:
    """The figures of a municipality, or of all under the empty code."""
    return known.by_municipality[code] if code else known.total


def told(row: Row) -> list[str]:
    """The keys of the figures that say something of the row, now or then."""
    keys = [figure.key for figure in FIGURES]
    return [key for key in keys if row.numbers[key] is not None or row.before[key] is not None]
