"""Accounts by invitation: an administrator names somebody, who chooses a password by a link."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from catalogue import jobs, municipalities
from catalogue.accounts import account_letters, account_links, accounts
from catalogue.database import AccountRole, Actor
from catalogue.errors import Fault, Invalid, NotAllowed, NotPossible
from catalogue.tables import account, account_link, municipality
from geo.texts import Language, Text


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """Who is invited, and what they will be allowed."""

    email: str
    name: str
    role: AccountRole
    municipality: str | None = None
    """Its code; for editor and publisher."""
    language: Language = "sv"
    reason: Text | None = None
    """What the letter says besides, of why they are invited."""


def invite(session: Session, actor: Actor, invitation: Invitation, now: datetime) -> int:
    """The new account's number; a letter with a link goes to its address.

    Raises `NotAllowed` for others than an administrator, `Invalid` for a role without its
    municipality, an unknown municipality, or an address in use.
    """
    may_invite(actor)
    code = invitation.municipality
    if code and code not in municipalities.names(session):
        said = Text("Välj en kommun i länet.", "Choose a municipality of the county.")
        raise Invalid([Fault("municipality", said)])
    number = accounts.add(
        session,
        invitation.email,
        invitation.name,
        invitation.role,
        code,
        None,
        language=invitation.language,
    )
    send(session, actor, number, now, invitation.reason)
    return number


def invite_again(session: Session, actor: Actor, number: int, now: datetime) -> None:
    """A new letter to an account that has not been opened yet; the old link opens nothing more.

    Raises `NotPossible` where there is nothing to answer, `NotAllowed` as `invite`.
    """
    may_invite(actor)
    waiting = session.scalars(
        select(account.c.id).where(
            account.c.id == number, account.c.active, account.c.password_hash.is_(None)
        )
    ).first()
    if waiting is None:
        raise NotPossible(
            Text(
                "Kontot används redan eller är avstängt.",
                "The account is already in use or is closed.",
            )
        )
    send(session, actor, number, now)


def may_invite(actor: Actor) -> None:
    if actor.role != "admin":
        raise NotAllowed(
            Text("Bara en administratör bjuder in.", "Only an administrator invites people.")
        )


def send(
    session: Session, actor: Actor, number: int, now: datetime, reason: Text | None = None
) -> None:
    secret = account_links.make(session, number, "invitation", now)
    letter = account_letters.invitation(invited(session, number), actor, secret, reason)
    jobs.defer_letter(session, letter)


def invited(session: Session, number: int) -> RowMapping:
    return (
        session.execute(
            select(account, municipality.c.name.label("municipality_name"))
            .outerjoin(municipality, municipality.c.code == account.c.municipality)
            .where(account.c.id == number)
        )
        .mappings()
        .one()
    )


def unanswered(session: Session, now: datetime) -> dict[int, datetime]:
    """Until when each invitation that nobody has answered can be, by the account's number; for an
    administrator."""
    rows = session.execute(
        select(account_link.c.account_id, account_link.c.expires_at).where(
            account_link.c.purpose == "invitation", account_link.c.expires_at > now
        )
    )
    return {number: until for number, until in rows}


def accept(session: Session, secret: str, password: str, now: datetime) -> Actor:
    """The account, now with its password; raises `LinkSpent`, or `Invalid` for the password, and
    then the link stays."""
    actor = account_links.use_up(session, secret, "invitation", now)
    accounts.set_password(session, actor, password)
    return actor
