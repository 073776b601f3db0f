"""Accounts as an administrator sees and changes them; what changes is logged by the database."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select, update
from sqlalchemy.orm import Session

from catalogue import jobs, municipalities
from catalogue.accounts import account_letters, accounts, invitations, second_factors, sessions
from catalogue.accounts.accounts import LONGEST_NAME, ROLES
from catalogue.administration import audit
from catalogue.database import AccountRole, Actor
from catalogue.errors import Fault, Invalid, NotFound
from catalogue.municipalities import SWEDISH
from catalogue.tables import account, second_factor, sign_in_event, sign_in_session
from geo.texts import LANGUAGES, Language, Text

PersonState = Literal["open", "invited", "closed"]
STATES: dict[PersonState, Text] = {
    "open": Text("Öppet", "Open"),
    "invited": Text("Inbjuden", "Invited"),
    "closed": Text("Stängt", "Closed"),
}
OF_A_MUNICIPALITY = frozenset({"editor", "publisher"})


@dataclass(frozen=True, kw_only=True)
class Person:
    id: int
    email: str
    name: str
    role: AccountRole
    municipality: str | None
    language: Language
    state: PersonState
    created_at: datetime
    last_sign_in: datetime | None
    sessions: int
    """Signed in on so many devices."""
    has_second_factor: bool
    attests_hours: bool = False


@dataclass(frozen=True, kw_only=True)
class PeopleSearch:
    """Which accounts; what is empty is no condition."""

    text: str = ""
    role: str = ""
    municipality: str = ""
    state: str = ""
    """One of `STATES`, or `one_step`: open without a second factor."""

    def conditions(self) -> list[ColumnElement[bool]]:
        held: list[ColumnElement[bool]] = []
        if self.text:
            held.append(
                or_(
                    account.c.name.icontains(self.text, autoescape=True),
                    account.c.email.icontains(self.text, autoescape=True),
                )
            )
        if self.role:
            held.append(account.c.role == self.role)
        if self.municipality:
            held.append(account.c.municipality == self.municipality)
        if self.state in IS_IN_STATE:
            held.append(IS_IN_STATE[self.state])
        if self.state == "one_step":
            held.append(account.c.active & ~has_factor)
        return held


has_entered = account.c.password_hash.is_not(None)
has_factor = exists().where(second_factor.c.account_id == account.c.id)
IS_IN_STATE: dict[str, ColumnElement[bool]] = {
    "open": account.c.active & has_entered,
    "invited": account.c.active & ~has_entered,
    "closed": ~account.c.active,
}


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What an administrator may change of an account."""

    name: str
    role: AccountRole
    municipality: str | None
    language: Language
    active: bool
    attests_hours: bool = False
    """Whether the person may attest the hours of the municipality."""


def people(
    session: Session, *held: ColumnElement[bool], limit: int, offset: int = 0
) -> list[Person]:
    """By name, those closed last."""
    statement = (
        shown()
        .where(*held)
        .order_by(account.c.active.desc(), account.c.name.collate(SWEDISH), account.c.id)
        .limit(limit)
        .offset(offset)
    )
    return [Person(**row) for row in session.execute(statement).mappings()]


def count(session: Session, *held: ColumnElement[bool]) -> int:
    return session.scalars(select(func.count()).select_from(account).where(*held)).one()


def shown() -> Select[Any]:
    """Any: the row type of a select of many columns."""
    state = case(
        *((is_in_state, name) for name, is_in_state in IS_IN_STATE.items()), else_="closed"
    )
    last = (
        select(func.max(sign_in_event.c.at))
        .where(sign_in_event.c.account_id == account.c.id, sign_in_event.c.outcome == "succeeded")
        .scalar_subquery()
    )
    opened = (
        select(func.count()).where(sign_in_session.c.account_id == account.c.id).scalar_subquery()
    )
    names = (
        "id", "email", "name", "role", "municipality", "language", "created_at", "attests_hours",
    )  # fmt: skip
    return select(
        *(account.c[name] for name in names),
        state.label("state"),
        last.label("last_sign_in"),
        opened.label("sessions"),
        has_factor.label("has_second_factor"),
    )


def find(session: Session, number: int) -> Person:
    """Raises `NotFound`."""
    row = session.execute(shown().where(account.c.id == number)).mappings().first()
    if row is None:
        raise NotFound(Text("Kontot finns inte.", "There is no such account."))
    return Person(**row)


def change(session: Session, actor: Actor, number: int, wanted: Changes) -> None:
    """Raises `Invalid`, also for what would leave nobody to administer; `NotFound`."""
    administrators = session.scalars(
        select(account.c.id)
        .where(account.c.role == "admin", account.c.active)
        .order_by(account.c.id)
        .with_for_update()
    ).all()
    before = find(session, number)
    faults = wrong_in(session, wanted)
    stays = wanted.active and wanted.role == "admin"
    if number in administrators and not stays:
        faults.extend(kept_administrator(actor, number, administrators))
    if faults:
        raise Invalid(faults)
    session.execute(
        update(account)
        .where(account.c.id == number)
        .values(
            name=" ".join(wanted.name.split()),
            role=wanted.role,
            municipality=wanted.municipality,
            language=wanted.language,
            active=wanted.active,
            attests_hours=wanted.attests_hours and wanted.municipality is not None,
        )
    )
    if not wanted.active:
        accounts.disable(session, before.email)


def wrong_in(session: Session, wanted: Changes) -> list[Fault]:
    faults = []
    if not 0 < len(wanted.name.strip()) <= LONGEST_NAME:
        faults.append(Fault("name", Text("Ange för- och efternamn.", "Give first and last name.")))
    if wanted.language not in LANGUAGES:
        faults.append(Fault("language", Text("Välj språk.", "Choose a language.")))
    if wanted.role not in ROLES:
        faults.append(Fault("role", Text("Välj en roll.", "Choose a role.")))
    elif wanted.role in OF_A_MUNICIPALITY and not wanted.municipality:
        text = Text(
            "Redaktörer och publicerare hör till en kommun. Välj vilken.",
            "Editors and publishers belong to a municipality. Choose which.",
        )
        faults.append(Fault("municipality", text))
    if wanted.municipality and wanted.municipality not in municipalities.names(session):
        text = Text("Välj en kommun i länet.", "Choose a municipality of the county.")
        faults.append(Fault("municipality", text))
    return faults


def kept_administrator(actor: Actor, number: int, administrators: Sequence[int]) -> Iterator[Fault]:
    """Nobody locks themselves out, and somebody is always left."""
    if number == actor.account_id:
        text = Text(
            "Du kan inte ta ifrån dig själv rollen. Be en annan administratör.",
            "You cannot take the role from yourself. Ask another administrator.",
        )
        yield Fault("role", text)
    elif len(administrators) == 1:
        text = Text(
            "Kontot är den enda administratören. Utse en annan först.",
            "The account is the only administrator. Appoint another first.",
        )
        yield Fault("role", text)


def end_sessions(session: Session, number: int) -> None:
    """Signed out everywhere; tokens stay. Raises `NotFound`."""
    person = find(session, number)
    sessions.end_all(session, number)
    audit.note(session, audit.Note(kind="account", action="sessions_ended", subject=person.email))


def invite_again(session: Session, actor: Actor, number: int, now: datetime) -> None:
    """A new letter to somebody who has not answered; raises `NotPossible`, `NotFound`."""
    person = find(session, number)
    invitations.invite_again(session, actor, number, now)
    audit.note(session, audit.Note(kind="account", action="invited_again", subject=person.email))


def reset_second_factor(session: Session, number: int, reason: str) -> None:
    """For somebody who has lost it: a password is enough until a new one is set up.

    The person is told by letter. Raises `Invalid` without a reason, `NotFound`.
    """
    person = find(session, number)
    if not reason:
        text = Text(
            "Säg varför, till exempel hur du vet att det är rätt person som frågar.",
            "Say why, such as how you know that it is the right person who asks.",
        )
        raise Invalid([Fault("factor_reason", text)])
    second_factors.remove_for(session, number)
    row = session.execute(select(account).where(account.c.id == number)).mappings().one()
    jobs.defer_letter(session, account_letters.second_factor_off(row))
    audit.note(
        session,
        audit.Note(kind="account", action="factor_reset", subject=person.email, reason=reason),
    )


def in_one_step(session: Session, roles: Collection[str]) -> int:
    """How many open accounts of these roles have no second factor."""
    return count(session, account.c.active, has_entered, account.c.role.in_(roles), ~has_factor)
