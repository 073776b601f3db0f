"""The write side: sites read, made, changed and moved through their life, one transaction each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from catalogue import listing, municipalities, tables
from catalogue.changes import Changes
from catalogue.checks import Findings, Subject, check
from catalogue.database import Actor, because
from catalogue.errors import Changed, Fault, Invalid, NoSuchSite, NotAllowed
from catalogue.fields import SITE, Value
from catalogue.maps.reference_layers import current_layers
from catalogue.outlines.outline_placing import place, with_protection
from catalogue.publishing import ready_to_publish
from catalogue.rules import Rules
from catalogue.site import LISTED_STATUSES, Site, Status, all_with_computed, with_computed
from catalogue.site_rows import chosen, to_row
from catalogue.workflow import notices, transitions, unread_notices
from catalogue.workflow.transitions import NO_TERMS, Terms
from catalogue.workflow.unread_changes import unread_after
from geo.texts import Text

LISTED_AT_ONCE = 500
"""Rows read and listed together: many enough to be quick, few enough to be held."""


@dataclass(frozen=True)
class Saved:
    """A site as it is after the save, and what the person should know about it."""

    site: Site
    warnings: tuple[Fault, ...] = ()


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
