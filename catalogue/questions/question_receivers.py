"""Whom to ask: by the organisations' list, by who was asked before, and by who knows a field."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.administration import organisations
from catalogue.fields import Field
from catalogue.questions.askable_fields import ASKABLE
from catalogue.questions.knowers import (
    NAMED_BY,
    WHO_BY_KEY,
    Party,
    party_of,
    who_knows,
    who_knows_of_profile,
)
from catalogue.questions.question_input import Receiver
from catalogue.questions.question_subjects import Subject, owner_of
from catalogue.site import Site
from catalogue.tables import organisation
from catalogue.tables import question as table
from geo.texts import Text

SUPPLIERS: dict[Party, str] = {"grid": "grid_owners", "water": "water_utilities"}
"""The list of organisations in which a party stands by name."""


def suggested(session: Session, about: Subject, keys: Sequence[str]) -> Receiver:
    """Who knows the first of the fields; parts that nobody has told are empty."""
    if not keys:
        return Receiver(name="", email="")
    field = ASKABLE[keys[0]]
    if isinstance(about, Site):
        who = who_knows_of_site(about, field)
    else:
        who = supplier(session, about.code, field) or who_knows_of_profile(field)
    before = next(
        (one for one in receivers(session, owner_of(about)) if one.organisation == who.sv), None
    )
    return (
        before
        or listed_contact(session, who.sv)
        or Receiver(name="", email="", organisation=who.sv)
    )


def who_knows_of_site(site: Site, field: Field) -> Text:
    named_by = NAMED_BY.get(field.theme) if field.key not in WHO_BY_KEY else None
    named = site.values.get(named_by) if named_by else None
    return Text(str(named), str(named)) if named else who_knows(field, site.values)


def supplier(session: Session, code: str, field: Field) -> Text | None:
    """Who serves a municipality with what a field of its profile is about, where one does."""
    kind = SUPPLIERS.get(party_of(field))
    names = [one.name for one, _ in organisations.serving(session, code) if one.kind == kind]
    return Text(names[0], names[0]) if len(names) == 1 else None


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
