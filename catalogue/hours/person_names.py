"""Names of persons in the register: never needed, and removable. The entry and its hours stay."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from catalogue.database import Actor
from catalogue.errors import NotFound
from catalogue.tables import hours_entry as table
from geo.texts import Text


@dataclass(frozen=True)
class NameInUse:
    name: str
    municipality: str
    entries: int


def removable(session: Session, actor: Actor) -> list[NameInUse]:
    """The names that the actor may remove: their own and those they wrote, or all for the project."""
    held = [table.c.person != ""]
    if actor.municipality is not None:
        held += [
            table.c.municipality == actor.municipality,
            or_(
                func.lower(table.c.person) == actor.name.lower(),
                func.lower(table.c.entered_by) == actor.email.lower(),
            ),
        ]
    rows = session.execute(
        select(table.c.person, table.c.municipality, func.count())
        .where(*held)
        .group_by(table.c.person, table.c.municipality)
        .order_by(table.c.person, table.c.municipality)
    )
    return [NameInUse(name, code, number) for name, code, number in rows]


def remove(session: Session, actor: Actor, name: str, municipality: str | None = None) -> int:
    """How many entries lost the name; without a municipality, the project removes it from all.

    Only the database's own function may; it notes that a name was removed, and not which.
    Raises `NotFound` where the actor may remove no such name.
    """
    code = actor.municipality or municipality
    removed = session.scalars(select(func.remove_hours_person(" ".join(name.split()), code))).one()
    if not removed:
        raise NotFound(
            Text(
                "Det finns inget sådant namn som du kan ta bort. Namn som andra har skrivit in tar "
                "de själva bort, eller projektkontoret.",
                "There is no such name that you may remove. Names that others have entered are "
                "removed by them, or by the project office.",
            )
        )
    return int(removed)
