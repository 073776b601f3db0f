"""Why a site's part of a figure changed: version by version, field by field, and by time passing.

Each step is worked out by the figure itself, on the site as it was before the step and after it,
so that a site's steps come to its change exactly, and nobody has to say which fields a figure uses.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any, cast

import orjson
from sqlalchemy import Integer, column, select, values
from sqlalchemy import Text as TextType
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from catalogue.behind.lines import UNSAID, Line, Step, StepKind
from catalogue.behind.measures import Measure, Trial, taken_over
from catalogue.behind.site_lines import Pair
from catalogue.fields import SITE
from catalogue.history.differences import Side
from catalogue.history.history import restored
from catalogue.progress.figure_definitions import VERIFIED
from catalogue.progress.known_sites import HELD
from catalogue.progress.progress import Span
from catalogue.progress.progress_sites import KnownSite
from catalogue.progress.version_counts import COUNTED
from catalogue.provenance import Provenance, ShelfLife
from catalogue.tables import account
from catalogue.tables import site_version as table

WRITTEN = tuple(key for key, field in SITE.items() if not field.computed and not field.structural)
"""What people write, in the registry's order."""
STATUS, OUTLINE, WORKED_OUT = "status", "outline", "worked_out"
MOST_TRIED_WITHOUT = 12
"""A version that changed more fields is not tried without each of them."""


@dataclass(frozen=True)
class Saved:
    """One version of a site, and the role of who saved it."""

    site: KnownSite
    version: int
    recorded_at: datetime
    role: str


@dataclass(frozen=True)
class Planned:
    """A step that may touch the figure: the keys of the states before it, after it, and of the
    version without it."""

    step: Step
    before: str
    after: str
    start: str
    """Of the version before all its steps."""
    end: str
    without: str


@dataclass(frozen=True)
class Ages:
    """What counted as stale on the two days."""

    span: Span
    then: ShelfLife
    now: ShelfLife


def explained(
    session: Session, measure: Measure, ages: Ages, found: Sequence[Pair], lines: Sequence[Line]
) -> list[Line]:
    """The lines with the steps of those that have changed."""
    changed = {line.key for line in lines if line.has_changed}
    by_key = {pair.now["reference"]: pair for pair in found if pair.now["reference"] in changed}
    saved = versions_between(session, list(by_key.values()))
    trial = Trial(measure, HELD)
    plans = {
        key: list(planned(trial, saved[pair.site_id], ages, is_new=pair.before is None))
        for key, pair in by_key.items()
    }
    trial.work_out(session)
    return [
        told(line, plans[line.key], saved[by_key[line.key].site_id], trial)
        if line.key in plans
        else line
        for line in lines
    ]


def versions_between(session: Session, found: Sequence[Pair]) -> dict[int, list[Saved]]:
    """By site, from the version that held before to the one that holds now, the earliest first."""
    if not found:
        return {}
    wanted = values(
        column("site_id", Integer), column("first", Integer), column("last", Integer), name="wanted"
    ).data(
        [
            (pair.site_id, pair.before["version"] if pair.before else 1, pair.now["version"])
            for pair in found
        ]
    )
    statement = (
        select(
            table.c.site_id,
            table.c.version,
            table.c.recorded_at,
            account.c.role,
            sql_cast(table.c.state, TextType),
            table.c.outline.is_not(None),
        )
        .join(
            wanted,
            (table.c.site_id == wanted.c.site_id)
            & table.c.version.between(wanted.c.first, wanted.c.last),
        )
        .outerjoin(account, account.c.email == table.c.actor)
        .order_by(table.c.site_id, table.c.version)
    )
    saved: dict[int, list[Saved]] = {}
    for site_id, version, recorded_at, role, state, has_outline in session.execute(statement):
        site = KnownSite(orjson.loads(state), has_outline)
        saved.setdefault(site_id, []).append(Saved(site, version, recorded_at, role or ""))
    return saved


def planned(trial: Trial, saved: Sequence[Saved], ages: Ages, *, is_new: bool) -> Iterator[Planned]:
    first, day = saved[0], ages.span.as_of
    start = trial.add(first.site.counts, day)
    if is_new:
        yield Planned(by(Step(kind="new"), first), "", start, "", start, "")
    else:
        earlier = trial.add(first.site.counts, ages.span.since)
        aged = aged_fields(first.site, trial.measure, ages)
        yield Planned(Step(kind="time", aged=aged), earlier, start, earlier, start, earlier)
    for old, later in pairwise(saved):
        yield from planned_in(trial, old.site, later, day)


def planned_in(trial: Trial, old: KnownSite, later: Saved, day: date) -> Iterator[Planned]:
    """What one version changed; nothing where it left alone what the figure looks at."""
    start, end = trial.add(old.counts, day), trial.add(later.site.counts, day)
    if start == end:
        return
    keys = units(old, later.site)
    site, before = old, start
    for key in keys:
        site = with_unit(site, later.site, key)
        after, without = trial.add(site.counts, day), end
        if len(keys) <= MOST_TRIED_WITHOUT and key != WORKED_OUT:
            without = trial.add(with_unit(later.site, old, key).counts, day)
        if before != after or without != end:
            yield Planned(step(old, later, key), before, after, start, end, without)
        before = after


def told(line: Line, plans: Sequence[Planned], saved: Sequence[Saved], trial: Trial) -> Line:
    nothing = replace(line.now, value=None, share=None)
    found = {"": nothing, **trial.found}
    steps = [
        replace(plan.step, before=found[plan.before], now=found[plan.after])
        for plan in plans
        if plan.step.kind == "new"
        or found[plan.before] != found[plan.after]
        or (found[plan.start] != found[plan.end] and found[plan.without] != found[plan.end])
    ]
    touched = {step.key for step in steps}
    also = {
        key: None
        for old, later in pairwise(saved)
        for key in units(old.site, later.site)
        if key in SITE and key not in touched
    }
    return replace(line, steps=steps, also=tuple(also))


def aged_fields(site: KnownSite, measure: Measure, ages: Ages) -> tuple[str, ...]:
    """The fields that stopped counting as fresh, or as verified, as time passed."""
    if not measure.ages:
        return ()
    is_verified = measure.figure.definition == VERIFIED
    return tuple(
        key
        for key, said in site.said.items()
        if key in COUNTED and went_stale(Provenance.from_json(said), key, ages, is_verified)
    )


def went_stale(behind: Provenance, key: str, ages: Ages, is_verified: bool) -> bool:
    field, span = SITE[key], ages.span
    if is_verified:
        return behind.is_verified(field, ages.then, span.since) and not behind.is_verified(
            field, ages.now, span.as_of
        )
    return behind.is_stale(field, ages.now, span.as_of) and not behind.is_stale(
        field, ages.then, span.since
    )


def units(old: KnownSite, new: KnownSite) -> list[str]:
    """What differs: the status, each field, whether there is an outline, and what follows."""
    return [
        *([STATUS] if old.status != new.status else []),
        *(key for key in WRITTEN if stored(old, key) != stored(new, key)),
        *([OUTLINE] if old.has_outline != new.has_outline else []),
        WORKED_OUT,
    ]


def stored(site: KnownSite, key: str) -> tuple[Any, Any]:
    """A field's value and what stands behind it. Any: JSON."""
    return site.state.get(key), site.said.get(key)


def with_unit(site: KnownSite, new: KnownSite, key: str) -> KnownSite:
    """The site with one thing as the new version has it."""
    if key == WORKED_OUT:
        return new
    if key == OUTLINE:
        return KnownSite(site.state, new.has_outline)
    state = taken_over(site.state, new.state, key)
    state["provenance"] = taken_over(site.said, new.said, key)
    return KnownSite(state, site.has_outline)


def step(old: KnownSite, later: Saved, key: str) -> Step:
    kind = cast(StepKind, key if key in (STATUS, OUTLINE, WORKED_OUT) else "field")
    if key not in SITE:
        return by(Step(kind=kind), later)
    return by(Step(kind=kind, key=key, old=side(old, key), new=side(later.site, key)), later)


def by(step: Step, saved: Saved) -> Step:
    return replace(step, version=saved.version, recorded_at=saved.recorded_at, role=saved.role)


def side(site: KnownSite, key: str) -> Side:
    value, said = stored(site, key)
    if value is None and said is None:
        return UNSAID
    return Side(
        None if value is None else restored(SITE[key], value),
        None if said is None else Provenance.from_json(said),
    )
