"""An organisation renamed or merged with another: every site that names it says the new name."""

from dataclasses import replace

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from catalogue import listing, municipalities, site_rows, tables
from catalogue.administration import organisations
from catalogue.administration.organisations import Organisation, fields_naming
from catalogue.errors import Fault, Invalid
from catalogue.fields import Field
from catalogue.rules import Rules
from catalogue.tables import catalogue_state
from geo.texts import Text


def save(session: Session, wanted: Organisation, rules: Rules, reason: str) -> int:
    """The organisation as wanted; how many sites say its new name. Raises `Invalid`, `NotFound`."""
    before = organisations.find(session, wanted.id)
    said = organisations.checked(session, replace(wanted, kind=before.kind))
    organisations.write(session, said)
    return rename(session, before, said.name, rules, reason) if said.name != before.name else 0


def merge(
    session: Session, number: int, into: int, rules: Rules, reason: str
) -> tuple[Organisation, int]:
    """One organisation taken up by another of its kind; that one, and how many sites now name it.

    Raises `Invalid`, `NotFound`.
    """
    gone, stays = organisations.find(session, number), organisations.find(session, into)
    if gone.kind != stays.kind or gone.id == stays.id:
        text = Text(
            "Välj en annan organisation i samma lista.",
            "Choose another organisation in the same list.",
        )
        raise Invalid([Fault("into", text)])
    renamed = rename(session, gone, stays.name, rules, reason)
    both = {
        **organisations.served_by(session, gone.id),
        **organisations.served_by(session, stays.id),
    }
    organisations.serve(session, stays.id, both)
    organisations.remove(session, gone.id)
    return stays, renamed


def rename(session: Session, before: Organisation, name: str, rules: Rules, reason: str) -> int:
    """Each site gets a version that says why, and is listed anew; raises `Invalid`."""
    fields = fields_naming(before.kind)
    named = or_(*(organisations.names(field, before.name) for field in fields))
    references = list(session.scalars(select(tables.site.c.reference).where(named)))
    if references and not reason:
        text = Text(
            "Säg varför. Platserna som anger namnet ({n}) får en ny version med skälet.",
            "Say why. The sites that carry the name ({n}) get a new version with the reason.",
        )
        raise Invalid([Fault("reason", text.format(n=len(references)))])
    for field in fields:
        session.execute(
            update(tables.site)
            .where(organisations.names(field, before.name))
            .values({field.key: renamed(field, before.name, name)})
        )
    changed = site_rows.chosen(
        select(tables.site).where(tables.site.c.reference.in_(references)), session
    )
    listing.write(session, changed, municipalities.names(session), rules)
    session.execute(update(catalogue_state).values(version=catalogue_state.c.version + 1))
    return len(changed)


def renamed(field: Field, before: str, after: str) -> object:
    """What the field's column becomes; a list that named both names the one once."""
    if field.kind != "list":
        return after
    column = tables.site.c[field.key]
    word = func.unnest(func.array_replace(column, before, after)).column_valued("word")
    return select(func.array_agg(word.distinct())).scalar_subquery()
