"""The municipalities: their borders, the numbers of their sites, and their own profiles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson
from geoalchemy2.shape import from_shape, to_shape
from shapely import MultiPolygon
from sqlalchemy import Table, delete, func, insert, select, update
from sqlalchemy.orm import Session

from catalogue import tables
from catalogue.changes import Changes
from catalogue.database import Actor, Audience
from catalogue.errors import Changed, NoSuchMunicipality, NotAllowed
from catalogue.fields import PROFILE, Value
from catalogue.files import files
from catalogue.files.files import Owner, SiteFile
from catalogue.listing import SEEN
from catalogue.provenance import Provenance, ShelfLife
from catalogue.rules import Rules
from catalogue.values import to_json
from geo.coordinate_readings import Place
from geo.reference_systems import SWEREF99TM
from geo.texts import Text

table = tables.municipality
area = tables.municipality_area
SWEDISH = "sv-SE-x-icu"
LISTINGS: dict[Audience, Table] = {
    "public": tables.municipality_listing_public,
    "registered": tables.municipality_listing_registered,
}


@dataclass(frozen=True, kw_only=True)
class Municipality:
    """One municipality and its profile; empty fields are left out."""

    code: str
    name: str
    version: int = 1
    values: Mapping[str, Value]
    provenance: Mapping[str, Provenance]
    files: tuple[SiteFile, ...] = ()
    """Photos and documents that have not been removed, in their order."""

    @property
    def owner(self) -> Owner:
        """Whose its files are."""
        return Owner(self.code)


def names(session: Session) -> dict[str, str]:
    """The names by code, in Swedish alphabetical order."""
    statement = select(area.c.code, area.c.name).order_by(area.c.name.collate(SWEDISH))
    return {code: name for code, name in session.execute(statement)}


def listed_names(session: Session, audience: Audience) -> dict[str, str]:
    """The same from the read side."""
    listing = LISTINGS[audience]
    statement = select(listing.c.code, listing.c.name).order_by(listing.c.name.collate(SWEDISH))
    return {code: name for code, name in session.execute(statement)}


def profile(session: Session, code: str, audience: Audience) -> str:
    """A municipality's profile as JSON text, as far as the audience may see it."""
    listing = LISTINGS[audience]
    found = session.scalars(select(listing.c.profile).where(listing.c.code == code)).first()
    if found is None:
        raise NoSuchMunicipality(code)
    return str(found)


def profiles(session: Session, audience: Audience) -> list[str]:
    """Every municipality's profile as JSON text, by name."""
    listing = LISTINGS[audience]
    return list(
        session.scalars(select(listing.c.profile).order_by(listing.c.name.collate(SWEDISH)))
    )


def find(session: Session, code: str) -> Municipality:
    row = session.execute(select(table).where(table.c.code == code)).mappings().first()
    if row is None:
        raise NoSuchMunicipality(code)
    return Municipality(
        code=row["code"],
        name=row["name"],
        version=row["version"],
        values={key: row[key] for key in PROFILE if row[key] is not None},
        provenance={key: Provenance.from_json(said) for key, said in row["provenance"].items()},
        files=files.of_owner(session, Owner(code)),
    )


def find_to_write(session: Session, actor: Actor, code: str) -> Municipality:
    """One whose profile the actor may change; raises `NotAllowed`, `NoSuchMunicipality`."""
    own = actor.role in ("editor", "publisher") and actor.municipality == code
    if not own and actor.role != "admin":
        raise NotAllowed(
            Text(
                "Ditt konto får inte ändra den kommunens profil.",
                "Your account may not change that municipality's profile.",
            )
        )
    return find(session, code)


def next_site_number(session: Session, code: str) -> int:
    """The number of the municipality's next site; taken once, also when two ask at once."""
    taken = session.scalars(
        update(table)
        .where(table.c.code == code)
        .values(last_site_number=table.c.last_site_number + 1)
        .returning(table.c.last_site_number)
    ).first()
    if taken is None:
        raise NoSuchMunicipality(code)
    return int(taken)


def place(session: Session, code: str) -> Place:
    """Where the municipality's coordinates are expected; raises `NoSuchMunicipality`."""
    row = session.execute(select(area.c.name, area.c.outline).where(area.c.code == code)).first()
    if row is None:
        raise NoSuchMunicipality(code)
    return Place(to_shape(row.outline), Text(row.name, row.name))


def share_inside(session: Session, code: str, outline: MultiPolygon) -> float:
    """The share of an outline's area, 0–1, that lies in the municipality."""
    shape = from_shape(outline, srid=SWEREF99TM)
    inside = session.scalars(
        select(func.ST_Area(func.ST_Intersection(area.c.outline, shape))).where(area.c.code == code)
    ).first()
    if inside is None:
        raise NoSuchMunicipality(code)
    return float(inside) / outline.area


def lies_elsewhere(session: Session, outline: MultiPolygon) -> Text:
    """Where an outline lies that is not in its municipality."""
    shape = from_shape(outline, srid=SWEREF99TM)
    name = session.scalars(
        select(area.c.name)
        .where(func.ST_Intersects(area.c.outline, shape))
        .order_by(func.ST_Area(func.ST_Intersection(area.c.outline, shape)).desc())
        .limit(1)
    ).first()
    if name is None:
        return Text(
            "Området ligger utanför länet. Kontrollera koordinaterna.",
            "The outline lies outside the county. Check the coordinates.",
        )
    return Text(
        "Området ligger till största delen i {name}, inte i den valda kommunen.",
        "The outline lies mostly in {name}, not in the chosen municipality.",
    ).format(name=name)


def change_profile(
    session: Session,
    actor: Actor,
    code: str,
    changes: Changes,
    rules: Rules,
    *,
    expected_version: int,
) -> Municipality:
    """The profile with the changes; raises `NotAllowed`, `Changed`, `NoSuchMunicipality`."""
    before = find_to_write(session, actor, code)
    values, provenance = dict(before.values), dict(before.provenance)
    for key, entry in changes.entries.items():
        values.pop(key, None)
        provenance.pop(key, None)
        if entry is not None:
            provenance[key] = entry.provenance.vouched_by(actor.name, rules.today)
            if entry.value is not None:
                values[key] = entry.value
    after = replace(before, values=values, provenance=provenance)
    save_profile(session, after, expected_version)
    write_listing(session, [find(session, code)], rules.shelf_life)
    return find(session, code)


def keep_uploads(session: Session, code: str, rules: Rules) -> None:
    """A version of the profile that keeps which files it has now, listed anew."""
    profile = find(session, code)
    save_profile(session, profile, profile.version)
    write_listing(session, [find(session, code)], rules.shelf_life)


def save_profile(session: Session, profile: Municipality, expected_version: int) -> None:
    written = session.execute(
        update(table)
        .where(table.c.code == profile.code, table.c.version == expected_version)
        .values(
            provenance={key: behind.to_json() for key, behind in profile.provenance.items()},
            uploads=files.uploads(profile.files),
            **{key: profile.values.get(key) for key in PROFILE},
        )
        .returning(table.c.code)
    ).first()
    if written is None:
        newer = find(session, profile.code)
        raise Changed(profile.name, newer.version, "")


def write_listing(
    session: Session, profiles: Iterable[Municipality], shelf_life: ShelfLife
) -> None:
    """What each audience may see of these profiles, made anew."""
    for profile in profiles:
        for audience, listing in LISTINGS.items():
            session.execute(delete(listing).where(listing.c.code == profile.code))
            session.execute(
                insert(listing).values(
                    code=profile.code,
                    name=profile.name,
                    version=profile.version,
                    profile=seen(profile, audience, shelf_life),
                )
            )
    session.execute(
        update(tables.catalogue_state).values(version=tables.catalogue_state.c.version + 1)
    )


def seen(profile: Municipality, audience: Audience, shelf_life: ShelfLife) -> str:
    """The profile as JSON text, as far as the audience may see it."""
    allowed = SEEN[audience]
    behind = {
        key: provenance
        for key, provenance in profile.provenance.items()
        if (provenance.visibility or PROFILE[key].visibility) in allowed
    }
    shown: dict[str, Any] = {
        "code": profile.code,
        "name": profile.name,
        "version": profile.version,
    }
    for key, field in PROFILE.items():
        own = profile.provenance.get(key)
        if key in profile.values and ((own and own.visibility) or field.visibility) in allowed:
            shown[key] = to_json(profile.values[key])
    told = {key: provenance.to_json() for key, provenance in behind.items()}
    for key, provenance in behind.items():
        last_day = provenance.fresh_until(PROFILE[key], shelf_life)
        if last_day:
            told[key]["fresh_until"] = last_day.isoformat()
        told[key].pop("visibility", None)
    shown |= files.told(profile.files, allowed)
    return orjson.dumps({**shown, "provenance": told}).decode()
