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

from catalogue import listing, schema, tables
from catalogue.accounts.sealing import Unsealable, has_key, seal_of
from catalogue.database import READER_ROLES, WRITER_ROLE, Audience, as_owner
from catalogue.errors import FilesAway
from catalogue.files import unused_files
from catalogue.files.stored_files import open_files
from catalogue.municipalities import LISTINGS as PROFILE_LISTINGS
from catalogue.progress import counted_versions
from catalogue.settings import Settings
from catalogue.site import LISTED_STATUSES
from catalogue.snapshots import snapshots
from geo.layers import DISTANCE_KINDS
from geo.texts import Text

DATABASE = Text("Databasen", "Database")
WHO: dict[Audience, Text] = {
    "public": Text("alla", "public"),
    "registered": Text("registrerade", "registered"),
}


COUNTED_AGAIN = 200
"""Versions, drawn at random."""


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `said` tells the state, or what to do about it."""

    name: Text
    is_sound: bool
    said: Text


Look = Callable[[Session, Settings], Iterator[Finding]]


def look_over(settings: Settings, seal: str = "") -> list[Finding]:
    """Every finding; after a database that does not answer there is only the folder left.

    A `seal` that was noted elsewhere is looked for too.
    """
    try:
        with as_owner(settings) as session:
            noted = [sealed_up_to(session, seal)] if seal else []
            return [*look_inside(session, settings), *noted]
    except SQLAlchemyError as error:
        told = str(error).splitlines()[0]
        refused = Finding(DATABASE, is_sound=False, said=Text(told, told))
        return [folder(settings.data), refused]


def look_inside(session: Session, settings: Settings) -> list[Finding]:
    """The same for a process that has the owner's session open already."""
    looked = [finding for look in LOOKS for finding in look(session, settings)]
    return [folder(settings.data), *looked]


def folder(path: Path) -> Finding:
    is_sound = path.is_dir() and os.access(path, os.W_OK | os.X_OK)
    said = (
        Text("{path}", "{path}")
        if is_sound
        else Text("{path} går inte att skriva i", "{path} cannot be written to")
    )
    return Finding(Text("Datamappen", "Data folder"), is_sound, said.format(path=str(path)))


def database(session: Session, _: Settings) -> Iterator[Finding]:
    version = session.scalars(select(func.current_setting("server_version"))).one()
    found = session.scalar(text("select extversion from pg_extension where extname = 'postgis'"))
    said = Text("PostgreSQL {version}, PostGIS {found}", "PostgreSQL {version}, PostGIS {found}")
    told = said.format(version=version.split()[0], found=found or Text("saknas", "is missing"))
    yield Finding(DATABASE, found is not None, told)


def roles(session: Session, _: Settings) -> Iterator[Finding]:
    """Each must exist and be ours to take on."""
    for role in (WRITER_ROLE, *READER_ROLES.values()):
        member = session.scalar(
            text("select pg_has_role(oid, 'member') from pg_roles where rolname = :role"),
            {"role": role},
        )
        said = (
            Text("kan användas", "may be taken on")
            if member
            else Text(
                "saknas, eller är inte given till ägaren", "is missing, or not granted to the owner"
            )
        )
        name = Text("Rollen {role}", "Role {role}").format(role=role)
        yield Finding(name, bool(member), said)


def shape(session: Session, _: Settings) -> Iterator[Finding]:
    now, newest = schema.revision(session.connection()), schema.newest_revision()
    said = (
        Text("står på {now}", "at {now}")
        if now == newest
        else Text(
            "står på {now}, den senaste är {newest}: kör `sitefinder migrate`",
            "at {now}, newest {newest}: run `sitefinder migrate`",
        )
    ).format(now=now or "–", newest=newest or "–")
    yield Finding(Text("Databasens form", "Migrations"), now == newest, said)


def counts(session: Session, _: Settings) -> Iterator[Finding]:
    """What versions add to the figures of progress, some of them counted again."""
    wrong = counted_versions.differing(session, COUNTED_AGAIN)
    said = (
        Text(
            "{n} versioner skiljer, bland annat version {version} av plats {site}",
            "{n} versions differ, version {version} of site {site} among them",
        ).format(n=len(wrong), version=wrong[0][1], site=wrong[0][0])
        if wrong
        else Text("som de räknas om", "as they are counted again")
    )
    yield Finding(Text("Räknade versioner", "Counted versions"), not wrong, said)


def contents(session: Session, settings: Settings) -> Iterator[Finding]:
    """Municipalities of the county and the layers that distances are measured to."""
    table = tables.municipality
    count = session.scalars(
        select(func.count()).select_from(table).where(table.c.county == settings.county)
    ).one()
    said = (
        Text("{count} i län {county}", "{count} in county {county}")
        if count
        else Text(
            "{count} i län {county}: kör `sitefinder seed`",
            "{count} in county {county}: run `sitefinder seed`",
        )
    ).format(count=count, county=settings.county)
    yield Finding(Text("Kommuner", "Municipalities"), count > 0, said)
    kind = tables.layer_feature.c.kind
    present = set(session.scalars(select(kind).distinct()))
    missing = [one for one in DISTANCE_KINDS if one not in present]
    said = (
        Text(
            "utan {kinds}: kör `sitefinder layers import`",
            "without {kinds}: run `sitefinder layers import`",
        ).format(kinds=", ".join(missing))
        if missing
        else Text("finns", "present")
    )
    yield Finding(Text("Referenslager", "Layers"), not missing, said)


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
        said = (
            Text(
                "{wrong} av {count}: kör `sitefinder rebuild`",
                "{wrong} of {count}: run `sitefinder rebuild`",
            )
            if wrong
            else Text("{count} platser", "{count} sites")
        ).format(wrong=wrong, count=count)
        name = Text("Läsbara platser, {who}", "Listing, {who}").format(who=WHO[audience])
        yield Finding(name, not wrong, said)
    for audience, profiles in PROFILE_LISTINGS.items():
        own = tables.municipality
        pairs = own.join(profiles, profiles.c.code == own.c.code, full=True)
        differ = profiles.c.version.is_distinct_from(own.c.version)
        wrong = session.scalars(select(func.count()).select_from(pairs).where(differ)).one()
        said = (
            Text(
                "{wrong} skiljer sig: kör `sitefinder rebuild`",
                "{wrong} differ: run `sitefinder rebuild`",
            )
            if wrong
            else Text("stämmer överens", "agree")
        ).format(wrong=wrong)
        name = Text("Läsbara profiler, {who}", "Profiles, {who}").format(who=WHO[audience])
        yield Finding(name, not wrong, said)


def stored_bytes(session: Session, settings: Settings) -> Iterator[Finding]:
    """Whether the bytes of every photo and document are where they are kept."""
    name = Text("Bilder och dokument", "Photos and documents")
    try:
        lost = sorted(unused_files.missing(session, open_files(settings)))
    except FilesAway as refusal:
        yield Finding(name, is_sound=False, said=refusal.text)
        return
    said = (
        Text(
            "{count} innehåll saknas, som {first}: lägg tillbaka dem",
            "{count} contents are missing, such as {first}: restore them",
        ).format(count=len(lost), first=lost[0])
        if lost
        else Text("allt innehåll finns", "every content is there")
    )
    yield Finding(name, not lost, said)


def sealed_secrets(session: Session, settings: Settings) -> Iterator[Finding]:
    """Whether the key opens what is sealed with it; after a move it may be another's."""
    sealed = [
        *session.scalars(select(tables.second_factor.c.secret)),
        *session.scalars(select(tables.identity_provider.c.client_secret)),
    ]
    shut = [one for one in sealed if not has_key(settings) or not opens(settings, one)]
    said = (
        Text(
            "öppnar inte {shut} av {n} hemligheter: lägg tillbaka den nyckel som gällde",
            "does not open {shut} of {n} secrets: put the key back that held",
        ).format(shut=len(shut), n=len(sealed))
        if shut
        else Text("öppnar allt som är förseglat", "opens all that is sealed")
    )
    yield Finding(Text("Nyckeln", "Key"), not shut, said)


def opens(settings: Settings, sealed: str) -> bool:
    try:
        seal_of(settings).opened(sealed)
    except Unsealable:
        return False
    return True


def sealed_snapshots(session: Session, _: Settings) -> Iterator[Finding]:
    """Whether every snapshot still is what was sealed."""
    name = Text("Ögonblicksbilder", "Snapshots")
    wrong = snapshots.broken(session)
    if wrong:
        told = "; ".join(f"{one.number} {one.said.sv}" for one in wrong)
        said = Text(told, "; ".join(f"{one.number} {one.said.en}" for one in wrong))
    else:
        last = next(iter(snapshots.all_of(session)), None)
        said = (
            Text("{number} hela, sigill {seal}", "{number} whole, seal {seal}").format(
                number=last.number, seal=last.seal
            )
            if last
            else Text("inga än", "none yet")
        )
    yield Finding(name, not wrong, said)


def sealed_up_to(session: Session, seal: str) -> Finding:
    """Whether what somebody has noted a seal of is there still, and nothing before it changed.

    The chain alone cannot tell: whoever holds the database may make all of it anew.
    """
    name = Text("Sigillet", "The seal")
    one = snapshots.with_seal(session, seal)
    if one is None:
        said = Text(
            "finns inte i kedjan: en ögonblicksbild är borttagen eller utbytt, eller fel avskriven",
            "is not in the chain: a snapshot was removed or replaced, or it was copied wrongly",
        )
        return Finding(name, is_sound=False, said=said)
    wrong = [broken for broken in snapshots.broken(session) if broken.number <= one.number]
    if wrong:
        said = Text(
            "hör till nummer {number}, men nummer {wrong} är ändrad",
            "belongs to number {number}, but number {wrong} has been changed",
        )
        return Finding(
            name, is_sound=False, said=said.format(number=one.number, wrong=wrong[0].number)
        )
    said = Text(
        "hör till nummer {number}; allt till och med den är som när den togs",
        "belongs to number {number}; everything up to it is as when it was taken",
    )
    return Finding(name, is_sound=True, said=said.format(number=one.number))


LOOKS: tuple[Look, ...] = (
    database, roles, shape, contents, listings, stored_bytes, counts, sealed_secrets,
    sealed_snapshots,
)  # fmt: skip
