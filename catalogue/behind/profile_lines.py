"""The municipalities' profiles behind a figure, and the fields that changed in each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from catalogue.administration.adjustments import shelf_life_at
from catalogue.behind.lines import Line, Part, Step
from catalogue.fields import PROFILE, Value
from catalogue.history.differences import Difference, differences
from catalogue.history.history import profile_from_version, profile_table
from catalogue.hours.hours import end_of
from catalogue.municipalities import Municipality
from catalogue.progress.progress import Span
from catalogue.progress.progress_counts import per_cent
from catalogue.progress.progress_profiles import profile_shares, profiles_on
from catalogue.provenance import Provenance, ShelfLife
from catalogue.tables import account
from geo.texts import Text


@dataclass(frozen=True)
class Judged:
    """A figure of profiles, and the day it is worked out for."""

    key: str
    day: date
    shelf_life: ShelfLife

    def part(self, profiles: Sequence[Municipality]) -> Part:
        count, of = profile_shares(profiles, self.day, self.shelf_life)[self.key]
        return Part(per_cent(count, of), (count, of))


def judged(session: Session, key: str, day: date, shelf_life: ShelfLife) -> Judged:
    return Judged(key, day, shelf_life_at(session, end_of(day), shelf_life))


def profile_lines(
    session: Session, key: str, names: dict[str, str], span: Span, shelf_life: ShelfLife
) -> tuple[list[Line], Part, Part]:
    """A line a municipality, and what all come to before and now."""
    then = judged(session, key, span.since, shelf_life)
    now = judged(session, key, span.as_of, shelf_life)
    before, after = (profiles_on(session, one.day, names) for one in (then, now))
    saved = versions_between(session, list(names), span)
    lines = [
        Line(
            kind="profile",
            key=code,
            name=Text(name, name),
            municipality=code,
            before=then.part([before[code]]),
            now=now.part([after[code]]),
            path=f"/municipalities/{code}",
            steps=steps_of(before[code], saved.get(code, []), then, now),
        )
        for code, name in names.items()
    ]
    return lines, then.part(list(before.values())), now.part(list(after.values()))


def versions_between(
    session: Session, codes: Sequence[str], span: Span
) -> dict[str, list[RowMapping]]:
    """By code, what was saved after the one day and until the end of the other."""
    table = profile_table
    rows = session.execute(
        select(table, account.c.role)
        .outerjoin(account, account.c.email == table.c.actor)
        .where(
            table.c.code.in_(codes),
            table.c.recorded_at >= end_of(span.since),
            table.c.recorded_at < end_of(span.as_of),
        )
        .order_by(table.c.code, table.c.version)
    )
    saved: dict[str, list[RowMapping]] = {}
    for row in rows.mappings():
        saved.setdefault(row["code"], []).append(row)
    return saved


def steps_of(
    profile: Municipality, saved: Sequence[RowMapping], then: Judged, now: Judged
) -> list[Step]:
    """By time passing first, then each field of each version that touches the figure."""
    before, after = then.part([profile]), now.part([profile])
    steps = [Step(kind="time", before=before, now=after)] if before != after else []
    for row in saved:
        later = profile_from_version(row)
        for one in differences(PROFILE, profile, later):
            start = now.part([profile])
            profile = with_field(profile, one)
            end = now.part([profile])
            if start != end:
                steps.append(step_of(one, row, start, end))
        profile = later
    return steps


def with_field(profile: Municipality, one: Difference) -> Municipality:
    values: dict[str, Value] = {k: v for k, v in profile.values.items() if k != one.key}
    provenance: dict[str, Provenance] = {
        k: v for k, v in profile.provenance.items() if k != one.key
    }
    if one.new.value is not None:
        values[one.key] = one.new.value
    if one.new.provenance is not None:
        provenance[one.key] = one.new.provenance
    return replace(profile, values=values, provenance=provenance)


def step_of(one: Difference, row: RowMapping, before: Part, now: Part) -> Step:
    return Step(
        kind="field",
        key=one.key,
        old=one.old,
        new=one.new,
        before=before,
        now=now,
        version=row["version"],
        recorded_at=row["recorded_at"],
        role=row["role"] or "",
    )
