"""The municipalities' profiles behind a figure, and the fields that changed in each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from catalogue.behind.lines import NOTHING, Line, Step
from catalogue.behind.measures import Measure, Parts, Trial, taken_over
from catalogue.fields import PROFILE
from catalogue.history.differences import Difference, differences
from catalogue.history.history import profile_table, stored_values
from catalogue.hours.hours import end_of
from catalogue.municipalities import Municipality
from catalogue.progress.progress import Span
from catalogue.progress.register_profiles import KNOWN_PROFILES, profiles_cte
from catalogue.site import stored_provenance
from catalogue.tables import account
from geo.texts import Text

State = Mapping[str, Any]
"""A profile as the trigger wrote it. Any: JSON."""


@dataclass(frozen=True)
class Planned:
    """A step that may touch the figure, and the keys of the profiles before it and after it."""

    step: Step
    before: str
    after: str


def profile_lines(
    session: Session, measure: Measure, names: Mapping[str, str], span: Span, parts: Parts
) -> list[Line]:
    """A line a municipality; `parts`: what each comes to on the two days."""
    states = profiles_known(session, measure, names, span)
    saved = versions_between(session, list(names), span)
    trial = Trial(measure, KNOWN_PROFILES)
    plans = {code: list(planned(trial, states[code], saved.get(code, []), span)) for code in names}
    trial.work_out(session)
    return [
        Line(
            kind="profile",
            key=code,
            name=Text(name, name),
            municipality=code,
            before=parts.get((span.since, code), NOTHING),
            now=parts.get((span.as_of, code), NOTHING),
            path=f"/municipalities/{code}",
            steps=[
                replace(plan.step, before=trial.found[plan.before], now=trial.found[plan.after])
                for plan in plans[code]
                if trial.found[plan.before] != trial.found[plan.after]
            ],
        )
        for code, name in names.items()
    ]


def profiles_known(
    session: Session, measure: Measure, codes: Mapping[str, str], span: Span
) -> dict[str, State]:
    """By code, as they were known on the day compared with."""
    known = KNOWN_PROFILES.c
    statement = select(known.municipality, known.state).add_cte(profiles_cte(of_one=True))
    rows = session.execute(statement, measure.given([span.since], list(codes)))
    return {code: state for code, state in rows}


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


def planned(
    trial: Trial, state: State, saved: Sequence[RowMapping], span: Span
) -> Iterator[Planned]:
    """Time passing first, then each field of each version."""
    earlier, key = (trial.add({"state": state}, day) for day in (span.since, span.as_of))
    yield Planned(Step(kind="time"), earlier, key)
    for row in saved:
        later = row["state"]
        for one in differences(PROFILE, as_profile(state), as_profile(later)):
            before, state = key, with_field(state, later, one.key)
            key = trial.add({"state": state}, span.as_of)
            yield Planned(step_of(one, row), before, key)
        state = later


def as_profile(state: State) -> Municipality:
    return Municipality(
        code="",
        name="",
        values=stored_values(PROFILE, state),
        provenance=stored_provenance(state.get("provenance", {})),
    )


def with_field(state: State, later: State, key: str) -> State:
    """The profile with one field as the new version has it."""
    behind = taken_over(state.get("provenance", {}), later.get("provenance", {}), key)
    return {**taken_over(state, later, key), "provenance": behind}


def step_of(one: Difference, row: RowMapping) -> Step:
    return Step(
        kind="field",
        key=one.key,
        old=one.old,
        new=one.new,
        version=row["version"],
        recorded_at=row["recorded_at"],
        role=row["role"] or "",
    )
