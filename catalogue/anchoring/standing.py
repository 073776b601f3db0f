"""What was in place in each municipality, as it was known when a day ended."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Select, Table, exists, func, or_, select, union_all
from sqlalchemy.dialects.postgresql import array, distinct_on
from sqlalchemy.orm import Session

from catalogue.anchoring import meetings
from catalogue.anchoring.meetings import Meeting
from catalogue.database import OPERATOR
from catalogue.fields.profile_swot import SWOT_FIELDS
from catalogue.provenance import ShelfLife
from catalogue.rules import SWEDEN
from catalogue.tables import (
    anchoring_version,
    hours_entry,
    meeting,
    municipality,
    municipality_version,
    question,
    question_answer,
    site_version,
)
from catalogue.tables.anchoring import SEATS
from geo.texts import Text

Part = Literal[
    "decision", "person", "steering", "activity", "meeting", "deputy", "training", "swot"
]
State = Literal["in_place", "old", "missing"]
PARTS: tuple[Part, ...] = get_args(Part)
"""In the order of what matters: without a decision and somebody who does the work, nothing moves."""
LABELS: Mapping[Part, Text] = {
    "decision": Text("Beslut att delta", "Decision to take part"),
    "person": Text("Utsedd person", "Appointed person"),
    "steering": Text("Styrgruppsledamot", "Steering group member"),
    "activity": Text("Senaste aktivitet", "Last activity"),
    "meeting": Text("Senaste möte", "Last meeting"),
    "deputy": Text("Ersättare", "Deputy"),
    "training": Text("Utbildning", "Training"),
    "swot": Text("SWOT-analys", "SWOT"),
}
STATES: Mapping[State, Text] = {
    "in_place": Text("På plats", "In place"),
    "old": Text("Gammalt", "Old"),
    "missing": Text("Saknas", "Missing"),
}
ACTIVITY_DAYS = 90
MEETING_DAYS = 180
"""Days after which the last activity, and the last meeting, are old. Fixed, so that a figure of a
past day never changes; the SWOT follows the shelf life that held that day."""
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
NOBODY = ("", OPERATOR.email)
"""Whom the history names where no person did anything."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One municipality at the end of a day."""

    day: date
    decided_on: date | None = None
    seats: Mapping[str, date | None] = field(default_factory=lambda: dict.fromkeys(SEATS))
    """Since when each seat is taken."""
    last_activity: date | None = None
    has_swot: bool = False
    """Whether the profile says anything of it, with or without a day."""
    swot_on: date | None = None
    meetings: Sequence[Meeting] = ()
    """Those that somebody from the municipality took part in, the latest first."""
    swot_days: int

    @property
    def gatherings(self) -> list[Meeting]:
        return [one for one in self.meetings if one.kind != "training"]

    @property
    def trainings(self) -> list[Meeting]:
        return [one for one in self.meetings if one.kind == "training"]

    def since(self, part: Part) -> date | None:
        """The day that stands in the matrix; None where there is nothing."""
        match part:
            case "decision":
                return self.decided_on
            case "person" | "deputy" | "steering":
                return self.seats[part]
            case "activity":
                return self.last_activity
            case "swot":
                return self.swot_on
            case "meeting":
                return self.gatherings[0].held_on if self.gatherings else None
            case "training":
                return self.trainings[0].held_on if self.trainings else None

    def state(self, part: Part) -> State:
        since = self.since(part)
        if since is None:
            return "missing"
        limits = {"activity": ACTIVITY_DAYS, "meeting": MEETING_DAYS, "swot": self.swot_days}
        is_old = part in limits and (self.day - since).days > limits[part]
        return "old" if is_old else "in_place"

    @property
    def in_place(self) -> int:
        return sum(self.state(part) == "in_place" for part in PARTS)


def town_standings(
    session: Session,
    day: date,
    codes: Collection[str],
    shelf_life: ShelfLife,
    end: datetime = FOREVER,
) -> dict[str, Standing]:
    """By code, what the actor may read of these municipalities on a day.

    What was entered from `end` on is not known; without it, all that stands there is.
    """
    states, swots = last_states(session, codes, end), last_swots(session, codes, end)
    active = last_activities(session, codes, end)
    held = meetings.chosen(session, [meeting.c.held_on <= day], until=end)
    return {
        code: Standing(
            day=day,
            decided_on=as_day(states.get(code, {}).get("decided_on")),
            seats={seat: as_day(states.get(code, {}).get(f"{seat}_since")) for seat in SEATS},
            last_activity=active.get(code),
            has_swot=code in swots,
            swot_on=swots.get(code),
            meetings=[one for one in held if code in one.attended],
            swot_days=shelf_life.other_days,
        )
        for code in codes
    }


def as_day(given: str | None) -> date | None:
    return date.fromisoformat(given) if given else None


def last_states(
    session: Session, codes: Collection[str], end: datetime
) -> dict[str, dict[str, Any]]:
    """By code, the last version before a moment. Any: JSON, as the trigger wrote it."""
    versions = anchoring_version
    rows = session.execute(
        select(versions.c.municipality, versions.c.state)
        .ext(distinct_on(versions.c.municipality))
        .where(versions.c.municipality.in_(codes), versions.c.recorded_at < end)
        .order_by(versions.c.municipality, versions.c.version.desc())
    )
    return {code: state for code, state in rows}


def last_swots(session: Session, codes: Collection[str], end: datetime) -> dict[str, date | None]:
    """By code, for the profiles that say anything of a SWOT: its day, where that is told too."""
    versions = municipality_version
    keys = [one.key for one in SWOT_FIELDS]
    last = (
        select(
            versions.c.code,
            versions.c.state["swot_date"].astext,
            versions.c.state.has_any(array(keys)),
        )
        .ext(distinct_on(versions.c.code))
        .where(versions.c.code.in_(codes), versions.c.recorded_at < end)
        .order_by(versions.c.code, versions.c.version.desc())
    )
    found = {code: as_day(day) for code, day, is_said in session.execute(last) if is_said}
    # A profile that was never changed has no versions: it stands as it was put in.
    unchanged = select(municipality.c.code, municipality.c.swot_date).where(
        municipality.c.code.in_(codes),
        municipality.c.updated_at < end,
        or_(*(municipality.c[key].is_not(None) for key in keys)),
        ~exists().where(versions.c.code == municipality.c.code),
    )
    return found | {code: day for code, day in session.execute(unchanged)}


def last_activities(session: Session, codes: Collection[str], end: datetime) -> dict[str, date]:
    """By code, the last day that anybody did anything for the municipality in the catalogue."""
    done = [
        latest(site_version, "municipality", "recorded_at", end, who="actor"),
        latest(municipality_version, "code", "recorded_at", end, who="actor"),
        latest(question, "municipality", "asked_at", end),
        latest(question_answer, "municipality", "decided_at", end),
        latest(hours_entry, "municipality", "entered_at", end),
    ]
    every = union_all(*done).subquery()
    rows = session.execute(
        select(every.c.code, func.max(every.c.at))
        .where(every.c.code.in_(codes))
        .group_by(every.c.code)
    )
    return {code: at.astimezone(SWEDEN).date() for code, at in rows}


def latest(
    table: Table, owner: str, moment: str, end: datetime, *, who: str = ""
) -> Select[str, datetime]:
    """`who` is the column that names a job where no person acted; empty where only people do."""
    at: ColumnElement[datetime] = table.c[moment]
    by_people = [table.c[who].not_in(NOBODY)] if who else []
    return (
        select(table.c[owner].label("code"), func.max(at).label("at"))
        .where(at < end, *by_people)
        .group_by(table.c[owner])
    )


def days_since(day: date | None, today: date) -> int | None:
    return None if day is None else (today - day) // timedelta(days=1)
