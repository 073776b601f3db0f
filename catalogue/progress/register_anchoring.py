"""How the project is anchored in the municipalities, as it was known on any day.

Two relations: `attended`, the meetings that a municipality was at; `towns`, what was in place in it
and since when. The page, its gaps and the reminders read the same rows as the figures.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from operator import add, and_
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    BindParameter,
    Boolean,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    ScalarSelect,
    Subquery,
    Table,
    TableClause,
    Text,
    bindparam,
    cast,
    column,
    distinct,
    func,
    select,
    table,
    true,
)
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.sql.selectable import LateralFromClause

from catalogue.anchoring.meetings import known_by
from catalogue.anchoring.parts import ACTIVITY_DAYS, MEETING_DAYS, Part
from catalogue.database import OPERATOR
from catalogue.fields.profile_swot import SWOT_FIELDS
from catalogue.progress import figure_definitions_anchoring as means
from catalogue.progress.days import day_in_sweden, days_cte, is_chosen
from catalogue.progress.figure import Counted, Figure, registered
from catalogue.progress.register_profiles import profile_spans
from catalogue.progress.relation import Columns, Relation
from catalogue.tables import (
    anchoring_version,
    hours_entry,
    meeting,
    meeting_attendance,
    municipality_area,
    municipality_version,
    question,
    question_answer,
    site_version,
)
from catalogue.tables.anchoring import SEATS

ATTENDED: TableClause = table(
    "attended",
    column("day", Date),
    column("municipality", Text),
    column("meeting", BigInteger),
    column("held_on", Date),
    column("kind", Text),
    column("people", Integer),
)
"""A row for each day, meeting of the register by then and municipality that took part; how many
came, where that was entered."""
IS_TRAINING: ColumnElement[bool] = ATTENDED.c.kind == "training"
TOLD = ("decided_on", *(f"{seat}_since" for seat in SEATS))
"""Days that a municipality enters itself."""
TOWNS: TableClause = table(
    "towns",
    column("day", Date),
    column("other_stale_to", Date),
    column("municipality", Text),
    *(column(name, Date) for name in TOLD),
    column("last_activity", Date),
    column("last_meeting", Date),
    column("last_training", Date),
    column("has_swot", Boolean),
    column("swot_date", Date),
)
"""A row for each day and municipality: since when, or when last. `has_swot`: whether its profile
says anything of a SWOT, with or without a day; one of `other_stale_to` or before is stale."""
SINCE: Mapping[Part, ColumnElement[date]] = {
    "decision": TOWNS.c.decided_on,
    "person": TOWNS.c.person_since,
    "steering": TOWNS.c.steering_since,
    "activity": TOWNS.c.last_activity,
    "meeting": TOWNS.c.last_meeting,
    "deputy": TOWNS.c.deputy_since,
    "training": TOWNS.c.last_training,
    "swot": TOWNS.c.swot_date,
}
"""The day of each part; none where there is nothing."""
IN_PLACE: Mapping[Part, ColumnElement[bool]] = {
    **{part: since.is_not(None) for part, since in SINCE.items()},
    "activity": TOWNS.c.last_activity >= TOWNS.c.day - ACTIVITY_DAYS,
    "meeting": TOWNS.c.last_meeting >= TOWNS.c.day - MEETING_DAYS,
    "swot": TOWNS.c.swot_date > TOWNS.c.other_stale_to,
}
"""Whether it is there and not old; neither true nor false where there is nothing."""
SWOT_KEYS = [one.key for one in SWOT_FIELDS]
NOBODY: BindParameter[Sequence[str]] = bindparam(
    "nobody", ("", OPERATOR.email), expanding=True, literal_execute=True
)
"""Whom the history names where no person did anything. Written out: the index that leaves them
out is used for nothing else."""
DONE: tuple[tuple[Table, str, str, str], ...] = (
    (site_version, "municipality", "recorded_at", "actor"),
    (municipality_version, "code", "recorded_at", "actor"),
    (question, "municipality", "asked_at", ""),
    (question_answer, "municipality", "decided_at", ""),
    (hours_entry, "municipality", "entered_at", ""),
)
"""What counts as activity: the table, whose it is, when it was done, and by whom where that may be
nobody."""


def attended_cte(*, of_one: bool) -> CTE:
    days = days_cte()
    code = meeting_attendance.c.municipality
    is_there = reduce(and_, known_by(days.c.ends_at), meeting.c.held_on <= days.c.day)
    rows = (
        select(
            days.c.day,
            code,
            meeting.c.id.label("meeting"),
            meeting.c.held_on,
            meeting.c.kind,
            meeting_attendance.c.people,
        )
        .join_from(days, meeting, is_there)
        .join(meeting_attendance, meeting_attendance.c.meeting_id == meeting.c.id)
    )
    return (rows.where(is_chosen(code)) if of_one else rows).cte("attended")


def attended_ctes(_: Columns, of_one: bool) -> list[CTE]:
    return [attended_cte(of_one=of_one)]


def towns_ctes(used: Columns, of_one: bool) -> list[CTE]:
    """Only what the columns used are read from takes part."""
    days, code = days_cte(), municipality_area.c.code
    columns: dict[str, ColumnElement[Any]] = {
        "day": days.c.day,
        "other_stale_to": days.c.other_stale_to,
        "municipality": code,
    }
    rows: FromClause = days.join(municipality_area, true())
    ctes: list[CTE] = []
    if used & {*TOLD}:
        said = said_by(days.c.ends_at, code)
        columns |= {name: cast(said.c.state[name].astext, Date) for name in TOLD}
        rows = rows.outerjoin(said, true())
    if used & {"last_meeting", "last_training"}:
        ctes.append(attended_cte(of_one=of_one))
        last = last_attended()
        columns |= {name: last.c[name] for name in ("last_meeting", "last_training")}
        rows = rows.outerjoin(last, (last.c.day == days.c.day) & (last.c.municipality == code))
    if used & {"swot_date", "has_swot"}:
        spans = profile_spans(SWOT_KEYS)
        is_last = spans.c.known_until.is_(None) | (spans.c.known_until >= days.c.ends_at)
        says = spans.c.state.has_any(array(SWOT_KEYS))
        columns |= {
            "has_swot": func.coalesce(says, False),
            "swot_date": cast(spans.c.state["swot_date"].astext, Date),
        }
        rows = rows.outerjoin(
            spans, (spans.c.code == code) & (spans.c.known_from < days.c.ends_at) & is_last
        )
    if "last_activity" in used:
        moments = [last_done(*one, until=days.c.ends_at, code=code) for one in DONE]
        columns["last_activity"] = day_in_sweden(func.greatest(*moments))
    wanted = used | {"day", "municipality"}
    found = select(*[one.label(name) for name, one in columns.items() if name in wanted])
    found = found.select_from(rows)
    return [*ctes, (found.where(is_chosen(code)) if of_one else found).cte("towns")]


def said_by(until: ColumnElement[Any], code: ColumnElement[str]) -> LateralFromClause:
    """What the municipality had said of its part when the day ended."""
    version = anchoring_version
    return (
        select(version.c.state)
        .where(version.c.municipality == code, version.c.recorded_at < until)
        .order_by(version.c.version.desc())
        .limit(1)
        .lateral("said")
    )


def last_attended() -> Subquery:
    last = func.max(ATTENDED.c.held_on)
    return (
        select(
            ATTENDED.c.day,
            ATTENDED.c.municipality,
            last.filter(~IS_TRAINING).label("last_meeting"),
            last.filter(IS_TRAINING).label("last_training"),
        )
        .group_by(ATTENDED.c.day, ATTENDED.c.municipality)
        .subquery("last")
    )


def last_done(
    source: Table,
    owner: str,
    moment: str,
    who: str,
    *,
    until: ColumnElement[Any],
    code: ColumnElement[str],
) -> ScalarSelect[Any]:
    at = source.c[moment]
    by_people = [source.c[who].not_in(NOBODY)] if who else []
    return (
        select(func.max(at))
        .where(source.c[owner] == code, at < until, *by_people)
        .correlate(days_cte(), municipality_area)
        .scalar_subquery()
    )


MEETINGS = Relation(ATTENDED, attended_ctes, thing="meeting")
STANDING = Relation(TOWNS, towns_ctes)


def held(*those: ColumnElement[bool]) -> Counted:
    return Counted(MEETINGS, func.count(distinct(ATTENDED.c.meeting)).filter(*those))


def in_place(*parts: Part) -> Counted:
    """How many of these parts were."""
    numbers = [func.count().filter(IN_PLACE[part]) for part in parts]
    return Counted(STANDING, reduce(add, numbers))


def oldest(part: Part) -> Counted:
    """Days since what is longest ago."""
    return Counted(STANDING, func.max(TOWNS.c.day - SINCE[part]))


TRAINED = func.coalesce(func.sum(ATTENDED.c.people).filter(IS_TRAINING), 0)
ANCHORING_FIGURES: tuple[Figure, ...] = (
    registered(means.DECISION, in_place("decision")),
    registered(means.APPOINTED, in_place("person", "deputy", "steering")),
    registered(means.IN_PLACE, in_place(*IN_PLACE)),
    registered(means.ATTENDED, held(~IS_TRAINING)),
    registered(means.TRAININGS, held(IS_TRAINING)),
    registered(means.TRAINED, Counted(MEETINGS, TRAINED)),
    registered(means.IDLE, oldest("activity")),
    registered(means.SWOT_AGE, oldest("swot")),
)
