"""The write side: sites read, made, changed and moved through their life, one transaction each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from geoalchemy2.shape import from_shape, to_shape
from shapely import MultiPolygon
from sqlalchemy import RowMapping, Select, func, insert, select, update
from sqlalchemy.orm import Session

from catalogue import listing, municipalities, tables
from catalogue.changes import Changes
from catalogue.checks import Findings, Subject, check
from catalogue.completeness import applies
from catalogue.database import Actor, because
from catalogue.errors import Changed, Fault, Invalid, NoSuchSite, NotAllowed, NotReady
from catalogue.fields import SITE, SITE_FIELDS, Value
from catalogue.files import files
from catalogue.files.files import SiteFile
from catalogue.maps.reference_layers import current_layers
from catalogue.outlines.outline_placing import place, with_protection
from catalogue.rules import Rules
from catalogue.site import (
    LISTED_STATUSES,
    Site,
    Status,
    all_with_computed,
    stored_provenance,
    with_computed,
)
from catalogue.workflow import notices, transitions, unread_notices
from catalogue.workflow.transitions import NO_TERMS, Terms
from catalogue.workflow.unread_changes import unread_after
from geo.reference_systems import SWEREF99TM
from geo.texts import Text

LISTED_AT_ONCE = 500
"""Rows read and listed together: many enough to be quick, few enough to be held."""

IDENTITY_KEYS = frozenset({"name_sv", "site_type", "suitable_for", "contact_name", "contact_email"})
"""Level-1 fields of identity: to publish they must be known, not merely asked about."""
BEFORE_PUBLISHING: tuple[str, ...] = tuple(
    field.key
    for field in SITE_FIELDS
    if field.level == 1 and not field.computed and not field.structural
    and (field.factual or field.key in IDENTITY_KEYS)
)  # fmt: skip


@dataclass(frozen=True)
class Saved:
    """A site as it is after the save, and what the person should know about it."""

    site: Site
    warnings: tuple[Fault, ...] = ()


def chosen(statement: Select[Any], session: Session) -> list[Site]:
    """Any: the row type of a select of many columns."""
    rows = session.execute(statement).mappings().all()
    found = files.of_sites(session, [row["id"] for row in rows])
    return [from_row(row, found.get(row["id"], ())) for row in rows]


def find(session: Session, reference: str) -> Site:
    """One site the actor may read; raises `NoSuchSite` for any other."""
    found = chosen(select(tables.site).where(tables.site.c.reference == reference), session)
    if not found:
        raise NoSuchSite(reference)
    return found[0]


def find_to_write(session: Session, actor: Actor, reference: str) -> Site:
    """One site the actor may change; `NotAllowed` for another municipality's, seen or not."""
    owner = session.scalar(select(func.municipality_of_site(reference)))
    if owner is None:
        raise NoSuchSite(reference)
    may_write(actor, owner)
    return find(session, reference)


def of_municipality(session: Session, code: str | None) -> list[Site]:
    """The sites the actor may read, of one municipality or of all, by reference."""
    statement = select(tables.site).order_by(tables.site.c.reference)
    if code is not None:
        statement = statement.where(tables.site.c.municipality == code)
    return chosen(statement, session)


def from_row(row: RowMapping, own_files: tuple[SiteFile, ...]) -> Site:
    outline = row["outline"]
    return Site(
        **{
            name: row[name]
            for name in (
                "id", "reference", "municipality", "status", "version", "is_example",
                "created_at", "updated_at", "updated_by", "published_at", "unread",
            )
        },
        outline=None if outline is None else multi_polygon(outline),
        values={
            field.key: row[field.key]
            for field in tables.SITE_VALUE_FIELDS
            if row[field.key] is not None
        },
        provenance=stored_provenance(row["provenance"]),
        files=own_files,
    )  # fmt: skip


def multi_polygon(stored: Any) -> MultiPolygon:
    """Any: GeoAlchemy's element."""
    shape = to_shape(stored)
    if not isinstance(shape, MultiPolygon):
        raise TypeError(shape.geom_type)
    return shape


def to_row(site: Site) -> dict[str, Any]:
    """The columns a save writes; Any: they differ in type."""
    return {
        "municipality": site.municipality,
        "status": site.status,
        "is_example": site.is_example,
        "published_at": site.published_at,
        "outline": None if site.outline is None else from_shape(site.outline, srid=SWEREF99TM),
        "provenance": {key: behind.to_json() for key, behind in site.stated.items()},
        "uploads": files.uploads(site.files),
        "unread": dict(site.unread),
        **{field.key: site.values.get(field.key) for field in tables.SITE_VALUE_FIELDS},
    }


def create(
    session: Session, actor: Actor, municipality: str, changes: Changes, rules: Rules
) -> Saved:
    """A new draft in the municipality; raises `NotAllowed`, `Invalid`, `NoSuchMunicipality`."""
    may_write(actor, municipality)
    draft = Site(
        reference=next_reference(session, municipality, rules),
        municipality=municipality,
        status="draft",
        values={},
        provenance={},
    )
    site, findings = applied(session, draft, changes, actor, rules)
    columns = {"reference": site.reference, **to_row(site)}
    session.execute(insert(tables.site).values(columns))
    return Saved(listed(session, site.reference, rules), tuple(findings.warnings))


def next_reference(session: Session, municipality: str, rules: Rules) -> str:
    """The reference of the municipality's next site, given to nobody else."""
    number = municipalities.next_site_number(session, municipality)
    return f"{rules.reference_prefix}-{municipality}-{number:03d}"


def change(
    session: Session,
    actor: Actor,
    reference: str,
    changes: Changes,
    rules: Rules,
    *,
    expected_version: int,
    by_two: bool = False,
) -> Saved:
    """The site with the changes; raises `Changed` when somebody saved in between.

    `by_two` is a change that two people stand behind already, such as an answer that was accepted.
    """
    site = find_to_write(session, actor, reference)
    if site.version != expected_version:
        raise Changed(reference, site.version, site.updated_by)
    after, findings = applied(session, site, changes, actor, rules)
    if after.status in LISTED_STATUSES:
        ready_to_publish(after)
    if after.status == "reserved" and transitions.UNTIL not in after.values:
        raise Invalid([Fault(transitions.UNTIL, transitions.NO_END)])
    after = replace(after, unread=unread_after(site, after, actor, rules, by_two=by_two))
    save(session, after, expected_version)
    unread_notices.tell(session, actor, site.unread, after)
    return Saved(listed(session, reference, rules), tuple(findings.warnings))


def move(
    session: Session,
    actor: Actor,
    reference: str,
    to: Status,
    rules: Rules,
    *,
    terms: Terms = NO_TERMS,
    expected_version: int | None = None,
) -> Saved:
    """The site in its next status; raises `NotPossible`, `NotAllowed`, `NotReady`, `Invalid`."""
    site = find_to_write(session, actor, reference)
    if expected_version is not None and site.version != expected_version:
        raise Changed(reference, site.version, site.updated_by)
    transitions.may_step(actor, site.status, to)
    transitions.other_eyes(session, actor, site, to, rules)
    if to in ("in_review", "published"):
        ready_to_publish(site)
    after = transitions.under(terms, site, to, rules)
    if to == "published" and site.published_at is None:
        after = replace(after, published_at=rules.now())
    if site.status in transitions.UNREVIEWED or to not in LISTED_STATUSES:
        after = replace(after, unread={})
    if terms.reason:
        because(session, terms.reason)
    save(session, after, site.version)
    notices.tell(session, actor, site, to, terms.reason)
    return Saved(listed(session, reference, rules))


def may_write(actor: Actor, municipality: str) -> None:
    """Editors and publishers write in their own municipality, administrators everywhere.

    The database holds to the same rule by itself; this is where it is explained.
    """
    own = actor.role in ("editor", "publisher") and actor.municipality == municipality
    if not own and actor.role != "admin":
        raise NotAllowed(
            Text(
                "Ditt konto får inte ändra platser i den kommunen.",
                "Your account may not change sites in that municipality.",
            )
        )


def lacking(site: Site) -> list[str]:
    """The keys that must be filled in, or asked about, before the site may be published."""
    missing = [
        key
        for key in BEFORE_PUBLISHING
        if applies(SITE[key], site.values)
        and key not in site.values
        and (key in IDENTITY_KEYS or key not in site.provenance)
    ]
    return missing if site.outline is not None else ["outline", *missing]


def ready_to_publish(site: Site) -> None:
    missing = lacking(site)
    if missing:
        raise NotReady(
            [
                Fault(
                    key,
                    Text(
                        "{label} saknas. Fyll i, eller ange vem som är tillfrågad.",
                        "{label} is missing. Fill it in, or say who has been asked.",
                    ).format(label=SITE[key].label),
                )
                for key in missing
            ],
            Text(
                "Platsen kan inte publiceras än. Det här saknas:",
                "The site cannot be published yet. This is missing:",
            ),
        )


def applied(
    session: Session, site: Site, changes: Changes, actor: Actor, rules: Rules
) -> tuple[Site, Findings]:
    """The site with the changes and what follows from them; raises `Invalid`."""
    names = frozenset(municipalities.names(session).values())
    after, findings = judged(session, site, changes, actor, rules.today, names)
    if findings.faults:
        raise Invalid(findings.faults)
    return with_computed(after, current_layers(session), rules.today, rules.weights), findings


def judged(
    session: Session,
    site: Site,
    changes: Changes,
    actor: Actor,
    today: date,
    municipality_names: frozenset[str],
) -> tuple[Site, Findings]:
    """The site with the changes, nothing computed yet, and what the checks say of it."""
    values: dict[str, Value] = dict(site.values)
    provenance = dict(site.provenance)
    for key, entry in changes.entries.items():
        values.pop(key, None)
        provenance.pop(key, None)
        if entry is None:
            continue
        if entry.value is not None:
            values[key] = entry.value
        if SITE[key].factual or entry.provenance.visibility:
            provenance[key] = entry.provenance.vouched_by(actor.name, today)
    outline = changes.outline.shape if changes.outline else site.outline
    if changes.empties_outline:
        outline = None
    after = replace(site, values=values, provenance=provenance, outline=outline)
    findings = check(
        Subject(
            values,
            provenance,
            changes.keys,
            today,
            municipality_names,
            None if outline is None else outline.area / 10_000,
        )
    )
    if changes.outline:
        around = place(session, site, changes.outline, findings)
        after = with_protection(after, around, today)
    return after, findings


def save(session: Session, site: Site, expected_version: int) -> None:
    """The row written if nobody else was first; the trigger counts the version up."""
    table = tables.site
    written = session.execute(
        update(table)
        .where(table.c.id == site.id, table.c.version == expected_version)
        .values(to_row(site))
        .returning(table.c.id)
    ).first()
    if written is None:
        newer = find(session, site.reference)
        raise Changed(site.reference, newer.version, newer.updated_by)


def keep_uploads(session: Session, reference: str, rules: Rules) -> None:
    """A version of the site that keeps which files it has now, and what follows from them."""
    site = find(session, reference)
    save(
        session,
        with_computed(site, current_layers(session), rules.today, rules.weights),
        site.version,
    )
    listed(session, reference, rules)


def listed(session: Session, reference: str, rules: Rules) -> Site:
    """The site as it now stands, its listing made anew."""
    site = find(session, reference)
    listing.write(session, [site], municipalities.names(session), rules)
    session.execute(
        update(tables.catalogue_state).values(version=tables.catalogue_state.c.version + 1)
    )
    return site


def write_together(
    session: Session, made: Sequence[Site], changed: Sequence[Site], rules: Rules
) -> None:
    """Many judged sites saved as one: new drafts, and others in the versions they were read in.

    Raises `Changed` for the first that somebody else saved in between.
    """
    layers = current_layers(session)
    table = tables.site
    rows = [
        {"reference": site.reference, **to_row(site)}
        for site in all_with_computed(made, layers, rules.today, rules.weights)
    ]
    if rows:
        session.execute(insert(table), rows)
    for site in all_with_computed(changed, layers, rules.today, rules.weights):
        save(session, site, site.version)
    references = [site.reference for site in (*made, *changed)]
    names = municipalities.names(session)
    for start in range(0, len(references), LISTED_AT_ONCE):
        some = references[start : start + LISTED_AT_ONCE]
        written = chosen(select(table).where(table.c.reference.in_(some)), session)
        listing.write(session, written, names, rules)
    session.execute(
        update(tables.catalogue_state).values(version=tables.catalogue_state.c.version + 1)
    )


def recompute(session: Session, sites: Sequence[Site], rules: Rules) -> int:
    """Computed fields worked out again after a layer changed; how many sites that altered."""
    altered = 0
    computed = all_with_computed(sites, current_layers(session), rules.today, rules.weights)
    for before, after in zip(sites, computed, strict=True):
        if after != before:
            save(session, after, before.version)
            altered += 1
    return altered


def rebuild(session: Session, rules: Rules) -> int:
    """The whole read side made anew from the write side; how many sites were read.

    A computed field that comes out otherwise than it is stored, as completeness does once the
    registry counts another field, is saved first, as a version of its own.
    """
    names = municipalities.names(session)
    count, last_id = 0, 0
    while batch := after_id(session, last_id, 1_000):
        if recompute(session, batch, rules):
            batch = after_id(session, last_id, 1_000)
        listing.write(session, batch, names, rules)
        count, last_id = count + len(batch), batch[-1].id
    session.execute(
        update(tables.catalogue_state).values(version=tables.catalogue_state.c.version + 1)
    )
    return count


def after_id(session: Session, last_id: int, most: int) -> list[Site]:
    """The next of all sites, held until they are listed, so that no save comes in between."""
    table = tables.site
    return chosen(
        select(table)
        .where(table.c.id > last_id)
        .order_by(table.c.id)
        .limit(most)
        .with_for_update(),
        session,
    )
