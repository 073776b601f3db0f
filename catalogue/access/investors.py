"""Registered investors: until when each may see registered values, and how that is ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from catalogue.accounts import accounts
from catalogue.database import Actor
from catalogue.errors import Fault, Invalid, NotFound
from catalogue.rules import Rules
from catalogue.tables import account
from catalogue.tables import investor_access as table
from geo.texts import Language, Text

LONGEST_TERM = timedelta(days=3 * 366)
LONGEST_REFERENCE = 120


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Until when, and under which agreement."""

    expires_on: date
    nda_on: date | None = None
    nda_reference: str = ""
    organisation: str = ""

    def check(self, today: date) -> None:
        """Raises `Invalid`."""
        faults = []
        if not today <= self.expires_on <= today + LONGEST_TERM:
            text = Text(
                "Välj en dag från i dag och högst tre år framåt.",
                "Choose a day from today and at most three years ahead.",
            )
            faults.append(Fault("expires_on", text))
        if self.nda_on is not None and self.nda_on > today:
            text = Text("Dagen har inte varit än.", "The day has not come yet.")
            faults.append(Fault("nda_on", text))
        if len(self.nda_reference) > LONGEST_REFERENCE:
            text = Text("Högst {n} tecken.", "At most {n} characters.")
            faults.append(Fault("nda_reference", text.format(n=LONGEST_REFERENCE)))
        if faults:
            raise Invalid(faults)


@dataclass(frozen=True, kw_only=True)
class Investor:
    """An account with the role, and its terms; without a last day where an administrator invited
    it without one."""

    id: int
    name: str
    email: str
    language: Language
    active: bool
    organisation: str | None
    expires_on: date | None
    nda_on: date | None
    nda_reference: str | None
    approved_by: str | None


def investors(session: Session, number: int | None = None) -> Sequence[Investor]:
    """Those that are open first, by when they end; or the one with this number."""
    of_account = ("id", "name", "email", "language", "active")
    of_terms = ("organisation", "expires_on", "nda_on", "nda_reference", "approved_by")
    statement = (
        select(*(account.c[name] for name in of_account), *(table.c[name] for name in of_terms))
        .outerjoin(table, table.c.account_id == account.c.id)
        .where(account.c.role == "investor")
        .order_by(account.c.active.desc(), table.c.expires_on.asc().nulls_last(), account.c.id)
    )
    if number is not None:
        statement = statement.where(account.c.id == number)
    return [Investor(**row) for row in session.execute(statement).mappings()]


def find(session: Session, number: int) -> Investor:
    """Raises `NotFound`."""
    found = investors(session, number)
    if not found:
        raise NotFound(
            Text("Det finns ingen sådan registrerad läsare.", "There is no such registered reader.")
        )
    return found[0]


def last_day(session: Session, actor: Actor) -> date | None:
    """The last day on which the actor's own access holds; None where none has been set."""
    return session.scalars(
        select(table.c.expires_on).where(table.c.account_id == actor.account_id)
    ).one_or_none()


def grant(session: Session, actor: Actor, number: int, terms: Terms, rules: Rules) -> None:
    """New terms for an account, which is opened again where it had been closed."""
    values = {
        "account_id": number,
        "organisation": terms.organisation,
        "expires_on": terms.expires_on,
        "nda_on": terms.nda_on,
        "nda_reference": terms.nda_reference,
        "approved_at": rules.now(),
        "approved_by": actor.email,
    }
    session.execute(
        insert(table)
        .values(values)
        .on_conflict_do_update(index_elements=[table.c.account_id], set_=values)
    )
    session.execute(
        update(account).where(account.c.id == number, ~account.c.active).values(active=True)
    )


def renew(session: Session, actor: Actor, number: int, terms: Terms, rules: Rules) -> None:
    """Raises `NotFound` and `Invalid`."""
    before = find(session, number)
    terms.check(rules.today)
    grant(
        session,
        actor,
        number,
        Terms(
            expires_on=terms.expires_on,
            nda_on=terms.nda_on,
            nda_reference=terms.nda_reference,
            organisation=before.organisation or "",
        ),
        rules,
    )


def revoke(session: Session, number: int) -> Investor:
    """The account is closed at once, with its sessions and tokens; raises `NotFound`."""
    found = find(session, number)
    accounts.disable(session, found.email)
    return found
