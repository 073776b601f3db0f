"""Whom to ask: by the organisations' list, by who was asked before, and by who knows a field."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.fields import SITE
from catalogue.questions.knowers import NAMED_BY, WHO_BY_KEY, who_knows
from catalogue.questions.question_input import Receiver
from catalogue.site import Site
from catalogue.tables import organisation
from catalogue.tables import question as table
from geo.texts import Text


def suggested(session: Session, site: Site, keys: Sequence[str]) -> Receiver:
    """Who knows the first of the fields; parts that nobody has told are empty."""
    if not keys:
        return Receiver(name="", email="")
    field = SITE[keys[0]]
    who: Text = who_knows(field, site.values)
    named_by = NAMED_BY.get(field.theme) if field.key not in WHO_BY_KEY else None
    if named_by and (named := site.values.get(named_by)):
        who = Text(str(named), str(named))
    before = next(
        (one for one in receivers(session, site.municipality) if one.organisation == who.sv), None
    )
    return (
        before
        or listed_contact(session, who.sv)
        or Receiver(name="", email="", organisation=who.sv)
    )


def listed_contact(session: Session, name: str) -> Receiver | None:
    """The contact that an administrator has noted for an organisation."""
    row = (
        session.execute(
            select(organisation)
            .where(organisation.c.name == name, ~organisation.c.retired)
            .order_by(organisation.c.contact_email == "", organisation.c.id)
        )
        .mappings()
        .first()
    )
    if row is None:
        return None
    return Receiver(
        name=row["contact_name"],
        email=row["contact_email"],
        organisation=row["name"],
        language=row["language"],
    )


def receivers(session: Session, municipality: str) -> list[Receiver]:
    """Whoever the municipality has asked before, the latest first, each address once."""
    rows = session.execute(
        select(
            table.c.receiver_name.label("name"),
            table.c.receiver_email.label("email"),
            table.c.receiver_organisation.label("organisation"),
            table.c.language,
        )
        .where(table.c.municipality == municipality)
        .order_by(table.c.id.desc())
    ).mappings()
    found: dict[str, Receiver] = {}
    for row in rows:
        found.setdefault(row["email"], Receiver(**row))
    return list(found.values())
