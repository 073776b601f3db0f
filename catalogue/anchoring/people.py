"""Who in a municipality can be turned to: those with an account, and those appointed without one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.anchoring.anchoring import Anchoring
from catalogue.tables import account
from geo.texts import Language


@dataclass(frozen=True)
class Colleague:
    """Somebody of the municipality, and the language they are written to in."""

    email: str
    name: str
    language: Language


def colleagues(session: Session, codes: Iterable[str]) -> dict[str, list[Colleague]]:
    """By code, the holders of the municipalities' open accounts, by name."""
    found: dict[str, list[Colleague]] = {code: [] for code in codes}
    rows = session.execute(
        select(account.c.municipality, account.c.email, account.c.name, account.c.language)
        .where(account.c.municipality.in_(found), account.c.active)
        .order_by(account.c.name, account.c.id)
    )
    for code, email, name, language in rows:
        found[code].append(Colleague(email, name, language))
    return found


def reached(said: Anchoring, with_account: Sequence[Colleague]) -> list[Colleague]:
    """Everybody who gets a letter to the municipality; each address once."""
    by_email: Mapping[str, Colleague] = {one.email: one for one in with_account}
    appointed = {
        seat.email: Colleague(seat.email, seat.name or seat.role or seat.email, "sv")
        for seat in said.seats.values()
        if seat.email
    }
    return list({**appointed, **by_email}.values())
