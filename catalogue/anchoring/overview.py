"""All that is known of the anchoring today, municipality by municipality, and where to begin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from catalogue import municipalities
from catalogue.anchoring import anchoring
from catalogue.anchoring.anchoring import OFFICE, Anchoring
from catalogue.anchoring.gaps import Gap, gaps
from catalogue.anchoring.people import Colleague, colleagues
from catalogue.anchoring.standing import PARTS, Standing, town_standings
from catalogue.database import Actor
from catalogue.errors import NoSuchMunicipality
from catalogue.provenance import ShelfLife


@dataclass(frozen=True, kw_only=True)
class Town:
    """One municipality."""

    name: str
    said: Anchoring
    standing: Standing
    gaps: Sequence[Gap]
    """In the order of what matters."""
    colleagues: Sequence[Colleague]
    """Who has an open account."""


def overview(session: Session, actor: Actor, today: date, shelf_life: ShelfLife) -> dict[str, Town]:
    """By code and in alphabetical order, as far as the actor may read; raises `NotAllowed`."""
    anchoring.may_read(actor)
    names = municipalities.names(session)
    if actor.role not in OFFICE:
        names = {code: name for code, name in names.items() if code == actor.municipality}
    return towns(session, names, today, shelf_life)


def town(session: Session, actor: Actor, code: str, today: date, shelf_life: ShelfLife) -> Town:
    """Raises `NotAllowed`, and `NoSuchMunicipality`."""
    anchoring.may_read(actor, code)
    names = municipalities.names(session)
    if code not in names:
        raise NoSuchMunicipality(code)
    return towns(session, {code: names[code]}, today, shelf_life)[code]


def towns(
    session: Session, names: Mapping[str, str], today: date, shelf_life: ShelfLife
) -> dict[str, Town]:
    said, people = anchoring.everything(session), colleagues(session, names)
    found = town_standings(session, today, names, shelf_life)
    own = {code: said.get(code) or anchoring.nothing_said(code) for code in names}
    return {
        code: Town(
            name=name,
            said=own[code],
            standing=found[code],
            gaps=gaps(own[code], found[code], people[code]),
            colleagues=people[code],
        )
        for code, name in names.items()
    }


def by_importance(some: Sequence[Town]) -> list[Gap]:
    """Every gap: what matters most first, and within that by municipality, never ranked."""
    every = [gap for one in some for gap in one.gaps]
    return sorted(every, key=lambda gap: PARTS.index(gap.part))
