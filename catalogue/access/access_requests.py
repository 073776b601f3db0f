"""Requests to see registered values: sent by anybody, confirmed by letter, decided by the project."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from catalogue import jobs
from catalogue.access import access_letters
from catalogue.access.investors import Terms, grant
from catalogue.accounts import invitations
from catalogue.accounts.accounts import hashed
from catalogue.accounts.invitations import Invitation
from catalogue.administration.organisations import is_address
from catalogue.database import Actor, act_as
from catalogue.errors import Fault, Invalid, NoSuchLink, NoSuchRequest, NotPossible
from catalogue.rules import Rules
from catalogue.tables import access_request as table
from catalogue.tables import account
from catalogue.values import UNSEEN
from geo.texts import Language, Text

Status = Literal["waiting", "approved", "refused"]
LONGEST_LINE = 120
LONGEST_PURPOSE = 2_000
NEEDED: Mapping[str, Text] = {
    "name": Text("Skriv ditt namn.", "Give your name."),
    "organisation": Text(
        "Skriv vilken organisation du kommer från.", "Say which organisation you are from."
    ),
    "email": Text("Skriv din e-postadress.", "Give your e-mail address."),
    "purpose": Text(
        "Berätta vad ni ska använda uppgifterna till.", "Say what you will use the values for."
    ),
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A request about to be sent."""

    name: str
    organisation: str
    email: str
    purpose: str
    sites: str
    """Which sites it is about, in the sender's words."""
    language: Language


@dataclass(frozen=True, kw_only=True)
class AccessRequest(Wanted):
    id: int
    received_at: datetime
    status: Status
    decided_at: datetime | None
    decided_by: str
    reason: str
    account_id: int | None


def read_wanted(typed: Mapping[str, str], language: Language) -> Wanted:
    """What a form sent; raises `Invalid` with every fault."""
    faults = []
    said = {
        name: " ".join(typed.get(name, "").split()) for name in ("name", "organisation", "email")
    }
    said |= {name: typed.get(name, "").strip() for name in ("purpose", "sites")}
    for name, text in said.items():
        longest = LONGEST_PURPOSE if name in ("purpose", "sites") else LONGEST_LINE
        if not text and name in NEEDED:
            faults.append(Fault(name, NEEDED[name]))
        elif len(text) > longest or UNSEEN.search(text):
            long = Text("Text, högst {n} tecken.", "Text, at most {n} characters.")
            faults.append(Fault(name, long.format(n=longest)))
    email = said["email"].lower()
    if email and not (is_address(email) and email.isascii()):
        wrong = Text(
            "Det här är inte en e-postadress. Skriv den som namn@organisation.se.",
            "This is not an e-mail address. Write it as name@organisation.com.",
        )
        faults.append(Fault("email", wrong))
    if faults:
        raise Invalid(
            faults,
            Text(
                "Ansökan är inte skickad. Rätta det som står nedan.",
                "The request was not sent. Correct what is listed below.",
            ),
        )
    return Wanted(**{**said, "email": email}, language=language)


def ask(session: Session, wanted: Wanted, rules: Rules, days: int) -> None:
    """Kept, and a letter sent to confirm the address by."""
    token = secrets.token_urlsafe(32)
    # Inline: what is added cannot be read back.
    session.execute(
        insert(table)
        .inline()
        .values(**vars(wanted), received_at=rules.now(), confirm_hash=hashed(token))
    )
    access_letters.ask_to_confirm(session, wanted.email, wanted.language, token, days)


def confirm(session: Session, token: str, rules: Rules, days: int) -> None:
    """The request waits for its decision from now on; raises `NoSuchLink`."""
    oldest = rules.now() - timedelta(days=days)
    found = session.scalar(select(func.confirm_access_request(hashed(token), rules.now(), oldest)))
    if found is None:
        raise NoSuchLink
    connection = session.connection().connection.driver_connection
    jobs.deferring.configure_task(
        "tell_of_access_request", connection=connection, allow_unknown=True
    ).defer(number=int(found))


def confirmed(session: Session, status: Status) -> Sequence[AccessRequest]:
    """The latest first."""
    columns = [table.c[name] for name in AccessRequest.__dataclass_fields__]
    rows = session.execute(
        select(*columns)
        .where(table.c.confirmed_at.is_not(None), table.c.status == status)
        .order_by(table.c.id.desc())
        .limit(200)
    )
    return [AccessRequest(**row) for row in rows.mappings()]


def find(session: Session, number: int) -> AccessRequest:
    """One that has been confirmed; raises `NoSuchRequest`."""
    columns = [table.c[name] for name in AccessRequest.__dataclass_fields__]
    rows = session.execute(
        select(*columns).where(table.c.id == number, table.c.confirmed_at.is_not(None))
    )
    row = rows.mappings().first()
    if row is None:
        raise NoSuchRequest(number)
    return AccessRequest(**row)


def approve(session: Session, actor: Actor, number: int, terms: Terms, rules: Rules) -> int:
    """The number of the account; a letter tells its holder, and invites them where it is new.

    Raises `Invalid` for the terms, and `NotPossible` where the request has been decided or the
    address belongs to an account with another role.
    """
    asked = find(session, number)
    terms.check(rules.today)
    account_id = investor_account(session, actor, asked, terms, rules)
    decide(session, actor, asked, "approved", rules, account_id=account_id)
    grant(session, actor, account_id, replace(terms, organisation=asked.organisation), rules)
    return account_id


def investor_account(
    session: Session, actor: Actor, asked: AccessRequest, terms: Terms, rules: Rules
) -> int:
    """The account of the address; made by invitation where there is none."""
    row = session.execute(
        select(account.c.id, account.c.role).where(account.c.email == asked.email)
    ).first()
    if row is not None and row.role != "investor":
        raise NotPossible(
            Text(
                "Adressen hör redan till ett konto med en annan roll.",
                "The address already belongs to an account with another role.",
            )
        )
    if row is not None:
        to = (asked.email, asked.language)
        access_letters.tell_approved(session, to, terms.expires_on, actor.email)
        return int(row.id)
    invitation = Invitation(
        email=asked.email,
        name=asked.name,
        role="investor",
        language=asked.language,
        reason=access_letters.APPROVED[1].format(day=terms.expires_on),
    )
    # The project invites investors and nobody else: for this step alone it acts as those who may.
    inviting = replace(actor, role="admin")
    act_as(session, inviting)
    number = invitations.invite(session, inviting, invitation, rules.now())
    act_as(session, actor)
    return number


def refuse(session: Session, actor: Actor, number: int, reason: str, rules: Rules) -> None:
    """The sender is told why; raises `Invalid` without a reason, `NotPossible` as `approve`."""
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_PURPOSE:
        text = Text("Skriv varför, så att den som frågar förstår.", "Say why, so that it is clear.")
        raise Invalid([Fault("reason", text)])
    asked = find(session, number)
    decide(session, actor, asked, "refused", rules, reason=reason)
    access_letters.tell_refused(session, asked.email, asked.language, reason, actor.email)


def decide(
    session: Session,
    actor: Actor,
    asked: AccessRequest,
    status: Status,
    rules: Rules,
    **values: object,
) -> None:
    """Once: of two who decide at the same time, the second is told."""
    taken = session.execute(
        update(table)
        .where(table.c.id == asked.id, table.c.status == "waiting")
        .values(status=status, decided_at=rules.now(), decided_by=actor.email, **values)
        .returning(table.c.id)
    ).first()
    if taken is None:
        raise NotPossible(
            Text("Ansökan är redan avgjord.", "The request has already been decided.")
        )
