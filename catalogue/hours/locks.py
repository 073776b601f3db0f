"""Closed months: nothing is entered into them. Each step is kept, and the latest one holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from catalogue.database import Actor
from catalogue.errors import Fault, Invalid, NotAllowed, NotPossible
from catalogue.hours.month_names import month_name
from catalogue.tables import hours_lock as table
from geo.texts import Text

LONGEST_REASON = 300
CLOSED = Text(
    "{month} är låst sedan {day}, för att den är redovisad. Är något fel i den: rätta raden i en "
    "öppen månad, så syns vad rättelsen gäller. Eller be projektkontoret låsa upp.",
    "{month} has been locked since {day}, because it is reported. If something in it is wrong, "
    "correct the entry in an open month, which shows what is corrected. Or ask the project office "
    "to unlock it.",
)
MonthOf = tuple[str, date]
"""A municipality's code, and the first day of a month."""


@dataclass(frozen=True)
class LockStep:
    """One decision: which months of which municipalities were locked or unlocked, by whom."""

    is_locked: bool
    reason: str
    at: datetime
    by: str
    municipalities: Sequence[str]
    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What to lock or unlock; both months are the first day of theirs."""

    municipalities: Sequence[str]
    first: date
    last: date
    is_locked: bool
    reason: str = ""


def locked(session: Session, municipality: str | None = None) -> dict[MonthOf, datetime]:
    """The closed months, and since when, as far as the actor may read."""
    held = () if municipality is None else (table.c.municipality == municipality,)
    latest = (
        select(table)
        .where(*held)
        .ext(distinct_on(table.c.municipality, table.c.month))
        .order_by(table.c.municipality, table.c.month, table.c.id.desc())
        .subquery()
    )
    rows = session.execute(
        select(latest.c.municipality, latest.c.month, latest.c.at).where(latest.c.is_locked)
    )
    return {(code, month): at for code, month, at in rows}


def refusal(month: date, since: datetime) -> Text:
    told = month_name(month)
    capital = Text(told.sv.capitalize(), told.en)
    return CLOSED.format(month=capital, day=since.date())


def check(session: Session, municipality: str, month: date) -> None:
    """Raises `Invalid` where the month is closed."""
    since = locked(session, municipality).get((municipality, month))
    if since is not None:
        raise Invalid([Fault("month", refusal(month, since))])


def open_month(
    closed: Mapping[MonthOf, datetime], municipality: str, months: Sequence[date]
) -> date:
    """The latest of these months that is open; raises `NotPossible` where none is."""
    for month in sorted(months, reverse=True):
        if (municipality, month) not in closed:
            return month
    raise NotPossible(
        Text(
            "Alla månader är låsta. Be projektkontoret låsa upp den månad som rättelsen ska "
            "skrivas i.",
            "Every month is locked. Ask the project office to unlock the one that the correction "
            "is to be entered in.",
        )
    )


def change(session: Session, actor: Actor, wanted: Wanted, months: Sequence[date]) -> int:
    """Lock or unlock; how many months of municipalities changed.

    Raises `NotAllowed`, and `Invalid` where nothing would change or a reason is missing.
    """
    if actor.role not in ("project", "admin"):
        raise NotAllowed(
            Text(
                "Bara projektkontoret låser månader och låser upp dem.",
                "Only the project office locks and unlocks months.",
            )
        )
    reason = " ".join(wanted.reason.split())
    chosen = [month for month in months if wanted.first <= month <= wanted.last]
    closed = locked(session)
    changing = [
        {"municipality": code, "month": month, "is_locked": wanted.is_locked, "reason": reason}
        for code in wanted.municipalities
        for month in chosen
        if ((code, month) in closed) != wanted.is_locked
    ]
    faults = wrong_in(wanted, reason, is_nothing=not changing)
    if faults:
        raise Invalid(faults)
    session.execute(insert(table), changing)
    return len(changing)


def wrong_in(wanted: Wanted, reason: str, *, is_nothing: bool) -> list[Fault]:
    faults = []
    if not reason and not wanted.is_locked:
        text = Text(
            "Säg varför månaden låses upp. Det står i historiken.",
            "Say why the month is unlocked. It stands in the history.",
        )
        faults.append(Fault("reason", text))
    if len(reason) > LONGEST_REASON:
        text = Text("Högst {most} tecken.", "At most {most} characters.")
        faults.append(Fault("reason", text.format(most=LONGEST_REASON)))
    if is_nothing:
        text = (
            Text(
                "Månaderna är redan låsta, eller har inte börjat än.",
                "The months are locked already, or have not begun yet.",
            )
            if wanted.is_locked
            else Text("Ingen av månaderna är låst.", "None of the months is locked.")
        )
        faults.append(Fault("month", text))
    return faults


def history(session: Session) -> list[LockStep]:
    """The decisions the actor may read, the latest first."""
    rows = session.execute(
        select(table).order_by(table.c.at.desc(), table.c.is_locked, table.c.month, table.c.id)
    ).all()
    steps = []
    for (at, by, reason, is_locked), group in groupby(
        rows, lambda row: (row.at, row.by, row.reason, row.is_locked)
    ):
        found = list(group)
        steps.append(
            LockStep(
                is_locked,
                reason,
                at,
                by,
                list(dict.fromkeys(row.municipality for row in found)),
                min(row.month for row in found),
                max(row.month for row in found),
            )
        )
    return steps
