"""What is typed in a form and not saved yet: kept for the account that typed it, and no other."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from catalogue.database import Actor
from catalogue.errors import Fault, Invalid
from catalogue.tables import form_draft
from geo.texts import Text

LONGEST = 400_000
"""Characters; a theme of the form takes some thousands, an outline with many corners the most."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A form as somebody left it, beside what it was when they opened it; both as form data."""

    place: str
    """Which form: the site's reference or the municipality's code, a slash, and the theme."""
    version: int
    """What the form was made from."""
    before: str
    texts: str
    saved_at: datetime | None = None


def keep(session: Session, actor: Actor, draft: Draft) -> None:
    """In place of an earlier one; raises `Invalid` for one that is too long."""
    if len(draft.texts) + len(draft.before) > LONGEST:
        raise Invalid([Fault("texts", Text("Utkastet är för långt.", "The draft is too long."))])
    said = {"version": draft.version, "before": draft.before, "texts": draft.texts}
    session.execute(
        insert(form_draft)
        .values(account_id=actor.account_id, place=draft.place, **said)
        .on_conflict_do_update(
            index_elements=["account_id", "place"], set_={**said, "saved_at": func.now()}
        )
    )


def find(session: Session, actor: Actor, place: str) -> Draft | None:
    """What the actor left in that form."""
    row = (
        session.execute(
            select(form_draft).where(
                form_draft.c.account_id == actor.account_id, form_draft.c.place == place
            )
        )
        .mappings()
        .first()
    )
    if row is None:
        return None
    return Draft(
        place=row["place"],
        version=row["version"],
        before=row["before"],
        texts=row["texts"],
        saved_at=row["saved_at"],
    )


def forget(session: Session, actor: Actor, place: str) -> None:
    session.execute(
        delete(form_draft).where(
            form_draft.c.account_id == actor.account_id, form_draft.c.place == place
        )
    )
