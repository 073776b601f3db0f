"""Whether an installation is sound: what would make it fail, found before a visitor finds it.

Text SQL where PostgreSQL's own tables are asked.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from catalogue import listing, schema, site_files, tables
from catalogue.database import READER_ROLES, WRITER_ROLE, as_owner
from catalogue.errors import FilesAway
from catalogue.municipalities import LISTINGS as PROFILE_LISTINGS
from catalogue.settings import Settings
from catalogue.site import LISTED_STATUSES
from catalogue.stored_files import open_files
from geo.layers import DISTANCE_KINDS


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `said` tells the state, or what to do about it."""

    name: str
    is_sound: bool
    said: str


Look = Callable[[Session, Settings], Iterator[Finding]]


def look_over(settings: Settings) -> list[Finding]:
    """Every finding; after a database that does not answer there is only the folder left."""
    found = [folder(settings.data)]
    try:
        with as_owner(settings) as session:
            for look in LOOKS:
                found.extend(look(session, settings))
    except SQLAlchemyError as error:
        found.append(Finding("Database", is_sound=False, said=str(error).splitlines()[0]))
    return found


def folder(path: Path) -> Finding:
    is_sound = path.is_dir() and os.access(path, os.W_OK | os.X_OK)
    return Finding(
        "Data folder", is_sound, str(path) if is_sound else f"{path} cannot be written to"
    )


def database(session: Session, _: Settings) -> Iterator[Finding]:
    version = session.scalars(select(func.current_setting("server_version"))).one()
    found = session.scalar(text("select extversion from pg_extension where extname = 'postgis'"))
    said = f"PostgreSQL {version.split()[0]}, PostGIS {found or 'is missing'}"
    yield Finding("Database", found is not None, said)


def roles(session: Session, _: Settings) -> Iterator[Finding]:
    """Each must exist and be ours to take on."""
    for role in (WRITER_ROLE, *READER_ROLES.values()):
        member = session.scalar(
            text("select pg_has_role(oid, 'member') from pg_roles where rolname = :role"),
            {"role": role},
        )
        said = "may be taken on" if member else "is missing, or not granted to the owner"
        yield Finding(f"Role {role}", bool(member), said)


def shape(session: Session, _: Settings) -> Iterator[Finding]:
    now, newest = schema.revision(session.connection()), schema.newest_revision()
    said = f"at {now}" if now == newest else f"at {now}, newest {newest}: run `sitefinder migrate`"
    yield Finding("Migrations", now == newest, said)


def contents(session: Session, settings: Settings) -> Iterator[Finding]:
    """Municipalities of the county and the layers that distances are measured to."""
    table = tables.municipality
    count = session.scalars(
        select(func.count()).select_from(table).where(table.c.county == settings.county)
    ).one()
    told = "" if count else ": run `sitefinder seed`"
    yield Finding("Municipalities", count > 0, f"{count} in county {settings.county}{told}")
    kind = tables.layer_feature.c.kind
    present = set(session.scalars(select(kind).distinct()))
    missing = [one for one in DISTANCE_KINDS if one not in present]
    said = f"without {', '.join(missing)}: run `sitefinder layers import`" if missing else "present"
    yield Finding("Layers", not missing, said)


def listings(session: Session, _: Settings) -> Iterator[Finding]:
    """Each audience's listing holds the listed sites, in the version they are in now."""
    site = tables.site
    to_list = (
        select(site.c.reference, site.c.version)
        .where(site.c.status.in_(LISTED_STATUSES), site.c.outline.is_not(None))
        .subquery()
    )
    for audience, table in listing.LISTINGS.items():
        pairs = to_list.join(table, table.c.reference == to_list.c.reference, full=True)
        differ = table.c.version.is_distinct_from(to_list.c.version)
        count, wrong = session.execute(
            select(func.count(), func.count().filter(differ)).select_from(pairs)
        ).one()
        said = f"{count} sites" if not wrong else f"{wrong} of {count}: run `sitefinder rebuild`"
        yield Finding(f"Listing, {audience}", not wrong, said)
    for audience, profiles in PROFILE_LISTINGS.items():
        own = tables.municipality
        pairs = own.join(profiles, profiles.c.code == own.c.code, full=True)
        differ = profiles.c.version.is_distinct_from(own.c.version)
        wrong = session.scalars(select(func.count()).select_from(pairs).where(differ)).one()
        said = "agree" if not wrong else f"{wrong} differ: run `sitefinder rebuild`"
        yield Finding(f"Profiles, {audience}", not wrong, said)


def stored_bytes(session: Session, settings: Settings) -> Iterator[Finding]:
    """Whether the bytes of every photo and document are where they are kept."""
    try:
        lost = sorted(set(site_files.missing(session, open_files(settings))))
    except FilesAway as refusal:
        yield Finding("Files", is_sound=False, said=refusal.text.en)
        return
    said = f"{len(lost)} contents are missing, such as {lost[0]}: restore them" if lost else "there"
    yield Finding("Files", not lost, said)


LOOKS: tuple[Look, ...] = (database, roles, shape, contents, listings, stored_bytes)
