"""Alerts asked for, confirmed and ended: by a letter's links for anybody, by hand for an account."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, get_args

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from catalogue.accounts.accounts import hashed
from catalogue.administration.organisations import is_address
from catalogue.alerts import alert_letters
from catalogue.alerts.sightings import State
from catalogue.database import Actor
from catalogue.errors import Fault, Invalid, NoSuchLink
from catalogue.rules import Rules
from catalogue.search.saved_searches import LONGEST_NAME, LONGEST_QUERY, SavedSearch
from catalogue.tables import account
from catalogue.tables import alert as table
from geo.texts import Language, Text

Frequency = Literal["daily", "weekly"]
FREQUENCIES: tuple[Frequency, ...] = get_args(Frequency)
FREQUENCY_WORDS: Mapping[str, Text] = {
    "daily": Text("Varje dag något är nytt", "Each day that something is new"),
    "weekly": Text("En gång i veckan", "Once a week"),
}
LONGEST_ADDRESS = 120


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """An alert about to be asked for."""

    email: str
    name: str
    """The search in words."""
    query: str
    language: Language
    frequency: Frequency


def read_wanted(email: str, frequency: str, *, name: str, query: str, language: Language) -> Wanted:
    """What a form sent; raises `Invalid` with every fault."""
    email = email.strip().lower()
    faults = []
    if not is_address(email) or not email.isascii() or len(email) > LONGEST_ADDRESS:
        text = Text(
            "Skriv en e-postadress, som namn@organisation.se.",
            "Give an e-mail address, such as name@organisation.com.",
        )
        faults.append(Fault("email", text))
    if len(query) > LONGEST_QUERY:
        faults.append(Fault("", Text("Sökningen är för lång.", "The search is too long.")))
    chosen = next((one for one in FREQUENCIES if one == frequency), None)
    if chosen is None:
        faults.append(Fault("frequency", Text("Välj hur ofta.", "Choose how often.")))
    if faults or chosen is None:
        raise Invalid(faults, Text("Rätta det som står nedan.", "Correct what is listed below."))
    return Wanted(
        email=email,
        name=name[:LONGEST_NAME],
        query=query,
        language=language,
        frequency=chosen,
    )


def ask(session: Session, wanted: Wanted, state: State, rules: Rules, days: int) -> None:
    """Kept, and a letter sent to confirm it by; `state` is what the search finds now."""
    token = secrets.token_urlsafe(32)
    # Inline: what is added cannot be read back.
    session.execute(
        insert(table)
        .inline()
        .values(
            **vars(wanted),
            created_at=rules.now(),
            confirm_hash=hashed(token),
            looked_on=rules.today,
            state=state,
        )
    )
    alert_letters.ask_to_confirm(session, wanted.email, wanted.name, wanted.language, token, days)


def confirm(session: Session, token: str, rules: Rules, days: int) -> str:
    """The query of the alert that now is on; raises `NoSuchLink`."""
    oldest = rules.now() - timedelta(days=days)
    found = session.scalar(select(func.confirm_alert(hashed(token), rules.now(), oldest)))
    if found is None:
        raise NoSuchLink
    return str(found)


def end(session: Session, token: str) -> None:
    """The alert and its address are gone; a link that has ended one already does nothing."""
    session.execute(select(func.end_alert(hashed(token))))


@dataclass(frozen=True)
class Switch:
    """How often an account wants to be told of a saved search; None is never."""

    search: SavedSearch
    frequency: Frequency | None
    state: State
    """What the search finds now."""


def switch(session: Session, actor: Actor, wanted: Switch, rules: Rules) -> None:
    """From now on; the account's address is known to be its own."""
    search, frequency = wanted.search, wanted.frequency
    if frequency is None:
        session.execute(delete(table).where(table.c.saved_search_id == search.id))
        return
    language = session.scalars(
        select(account.c.language).where(account.c.id == actor.account_id)
    ).one()
    values = {
        "email": actor.email,
        "account_id": actor.account_id,
        "saved_search_id": search.id,
        "name": search.name,
        "query": search.query,
        "language": language,
        "frequency": frequency,
        "created_at": rules.now(),
        "confirmed_at": rules.now(),
        "looked_on": rules.today,
        "state": wanted.state,
    }
    session.execute(
        upsert(table)
        .values(values)
        .on_conflict_do_update(
            index_elements=[table.c.saved_search_id], set_={"frequency": frequency}
        )
    )


def frequencies(session: Session) -> dict[int, str]:
    """How often the actor is told of each of their saved searches that they are told of."""
    rows = session.execute(
        select(table.c.saved_search_id, table.c.frequency).where(
            table.c.saved_search_id.is_not(None)
        )
    )
    return {number: frequency for number, frequency in rows}
