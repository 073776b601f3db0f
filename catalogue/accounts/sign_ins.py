"""What was tried at the door: noted for its holder, counted to close it for a while, then removed.

Every attempt is noted as failed before it is looked at, so that many at the same time, in many
processes, cannot slip past the count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Literal

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from catalogue.accounts.sealing import Seal
from catalogue.database import Actor
from catalogue.errors import CatalogueError
from catalogue.tables import account, sign_in_event
from geo.texts import Text

Way = Literal["password", "second_factor", "provider", "invitation", "reset"]
Outcome = Literal["failed", "succeeded", "locked", "continued"]
WINDOW = timedelta(minutes=15)
MOST_FROM_ONE_NETWORK = 10
MOST_IN_ALL = 60
"""Failures in the window that close the door: to one network, and to all. The first is low
enough to stop guessing, the second high enough that a stranger does not lock the holder out by
accident from a few networks."""
SHOWN = 10

WAYS: dict[str, Text] = {
    "password": Text("Lösenord", "Password"),
    "second_factor": Text("Kod", "Code"),
    "provider": Text("Annan tjänst", "Other service"),
    "invitation": Text("Inbjudan", "Invitation"),
    "reset": Text("Nytt lösenord", "New password"),
}
OUTCOMES: dict[str, Text] = {
    "succeeded": Text("Inloggad", "Signed in"),
    "continued": Text("Första steget", "First step"),
    "failed": Text("Misslyckad", "Failed"),
    "locked": Text("Spärrad", "Locked"),
}


class DoorClosed(CatalogueError):
    """Too many failures; right or wrong is not told until the time has passed."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "För många misslyckade försök. Vänta en kvart, eller välj ett nytt lösenord.",
                "Too many failed attempts. Wait a quarter of an hour, or choose a new password.",
            )
        )


@dataclass(frozen=True)
class Origin:
    """Where an attempt came from, as little of it as serves: the network and the device's kind."""

    network: str = ""
    device: str = ""


def network_of(host: str) -> str:
    """The /24 or /48 around an address, which points at a street and not at a door."""
    try:
        address = ip_address(host)
    except ValueError:
        return ""
    return str(ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False))


@dataclass(frozen=True)
class Attempt:
    """One that has been noted; nothing is tried behind a closed door."""

    number: int
    is_locked: bool


def begin(
    session: Session, seal: Seal, email: str, way: Way, origin: Origin, now: datetime
) -> Attempt:
    """Note an attempt for the address; the caller commits before trying."""
    who = seal.fingerprint(email.strip().lower())
    # One at a time for an address: otherwise many at once would all count none before them.
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(who, 0))))
    before = failures(session, who, now)
    is_locked = (
        before.get(origin.network, 0) >= MOST_FROM_ONE_NETWORK
        or sum(before.values()) >= MOST_IN_ALL
    )
    number = note(session, who, email, way, "locked" if is_locked else "failed", origin, now)
    return Attempt(number, is_locked)


def failures(session: Session, who: str, now: datetime) -> dict[str, int]:
    """How many there were by network, lately and since the last success."""
    event = sign_in_event.c
    last = (
        select(func.coalesce(func.max(event.id), 0))
        .where(event.address_fingerprint == who, event.outcome == "succeeded")
        .scalar_subquery()
    )
    rows = session.execute(
        select(event.network, func.count())
        .where(
            event.address_fingerprint == who,
            event.outcome == "failed",
            event.at > now - WINDOW,
            event.id > last,
        )
        .group_by(event.network)
    )
    return {network: count for network, count in rows}


def succeed(session: Session, attempt: Attempt) -> None:
    settle(session, attempt, "succeeded")


def carry_on(session: Session, attempt: Attempt) -> None:
    """The password was right, which is not enough: neither a failure nor a new start."""
    settle(session, attempt, "continued")


def settle(session: Session, attempt: Attempt, outcome: Outcome) -> None:
    session.execute(
        update(sign_in_event).where(sign_in_event.c.id == attempt.number).values(outcome=outcome)
    )


def note_success(
    session: Session, seal: Seal, actor: Actor, way: Way, origin: Origin, now: datetime
) -> None:
    """Somebody came in another way than by the password."""
    note(session, seal.fingerprint(actor.email), actor.email, way, "succeeded", origin, now)


def note(
    session: Session,
    who: str,
    email: str,
    way: Way,
    outcome: Outcome,
    origin: Origin,
    now: datetime,
) -> int:
    """An event's number; `who` is the fingerprint of the address."""
    known = select(account.c.id).where(account.c.email == email.strip().lower()).scalar_subquery()
    return int(
        session.scalars(
            insert(sign_in_event)
            .values(
                at=now,
                account_id=known,
                address_fingerprint=who,
                way=way,
                outcome=outcome,
                network=origin.network,
                device=origin.device,
            )
            .returning(sign_in_event.c.id)
        ).one()
    )


@dataclass(frozen=True)
class Event:
    at: datetime
    way: str
    outcome: str
    network: str
    device: str


def latest(session: Session, account_id: int, limit: int = SHOWN) -> Sequence[Event]:
    """The newest events of an account, for its holder or an administrator."""
    event = sign_in_event.c
    rows = session.execute(
        select(event.at, event.way, event.outcome, event.network, event.device)
        .where(event.account_id == account_id)
        .order_by(event.id.desc())
        .limit(limit)
    )
    return [Event(*row) for row in rows]


def remove_old(session: Session, now: datetime, days: int) -> None:
    session.execute(delete(sign_in_event).where(sign_in_event.c.at < now - timedelta(days=days)))
