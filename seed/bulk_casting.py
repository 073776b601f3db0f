"""Bulk sites put in the tables from what each says for itself and what its mould says for many.

What many have in common, their provenance above all, is sent and read once a mould, not once a site.
"""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    Table,
    Text,
    bindparam,
    func,
    insert,
    literal,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, array
from sqlalchemy.orm import Session

from catalogue import tables
from catalogue.copying import copy_packed, copy_rows
from catalogue.site import DISTANCE_KEYS

OWN_KEYS = (
    "id", "reference", "name_sv", "name_en", "description_sv", "description_en",
    "property_designations", "area_gross_ha", "area_net_ha", "largest_contiguous_ha",
    *chain.from_iterable(DISTANCE_KEYS.values()),
    "created_at", "updated_at", "published_at",
)  # fmt: skip
"""The columns of `site` that hold what is a site's own; its outline comes besides."""
NUMBER = "mould"

SITE = tables.site.c
KEYS = [column.name for column in SITE]
TEMPORARY = MetaData()
PATTERN = Table(
    "bulk_pattern",
    TEMPORARY,
    Column(NUMBER, Integer),
    *(Column(column.name, column.type) for column in SITE),
    prefixes=["temporary"],
    postgresql_on_commit="drop",
)
"""The sites that moulds were made from."""
MOULD = Table(
    "bulk_mould",
    TEMPORARY,
    Column(NUMBER, Integer, primary_key=True),
    Column("provenance", JSONB),
    Column("state", JSONB),
    prefixes=["temporary"],
    postgresql_on_commit="drop",
)
"""What stands in every site of a mould, and in its version."""
CAST = Table(
    "bulk_cast",
    TEMPORARY,
    Column(NUMBER, Integer),
    *(Column(column.name, column.type) for column in SITE if column.name != "provenance"),
    prefixes=["temporary"],
    postgresql_on_commit="drop",
)
"""Sites that came last, each with the number of its mould."""

CAST_IN_MOULD = CAST.join(MOULD, CAST.c[NUMBER] == MOULD.c[NUMBER])
SITES = select(
    *(MOULD.c.provenance if key == "provenance" else CAST.c[key] for key in KEYS)
).select_from(CAST_IN_MOULD)
OWN = chain.from_iterable((literal(key, literal_execute=True), CAST.c[key]) for key in OWN_KEYS)
VERSION = {
    "site_id": CAST.c.id,
    "version": CAST.c.version,
    "municipality": CAST.c.municipality,
    "recorded_at": CAST.c.updated_at,
    "actor": CAST.c.updated_by,
    "reason": bindparam("why", type_=Text),
    "changed": array(["created"], type_=ARRAY(Text)),
    "state": MOULD.c.state.concat(func.jsonb_strip_nulls(func.jsonb_build_object(*OWN))),
    "outline": CAST.c.outline,
}
VERSIONS = select(*VERSION.values()).select_from(CAST_IN_MOULD)


def make_room(session: Session) -> None:
    """For as long as the transaction lasts."""
    TEMPORARY.create_all(session.connection(), checkfirst=False)


def add_moulds(session: Session, patterns: Iterable[Mapping[str, Any]]) -> None:
    """A site's whole row for each, with the mould's number; Any: columns differ in type.

    What a version keeps of it is what the trigger would keep.
    """
    copy_rows(session, PATTERN, patterns)
    whole = func.to_jsonb(text(PATTERN.name), type_=JSONB)
    others = whole.op("-")(array([NUMBER, "outline", *OWN_KEYS], type_=ARRAY(Text)))
    state = func.jsonb_strip_nulls(others)
    said = select(PATTERN.c[NUMBER], PATTERN.c.provenance, state).select_from(PATTERN)
    session.execute(insert(MOULD).from_select(["mould", "provenance", "state"], said))
    session.execute(text(f"truncate {PATTERN.name}"))


def add_cast(session: Session, rows: bytes, reason: str) -> None:
    """Sites and their first versions, the rows of `CAST` in COPY's binary format."""
    copy_packed(session, CAST, rows)
    session.execute(insert(tables.site).from_select(KEYS, SITES))
    session.execute(insert(tables.site_version).from_select([*VERSION], VERSIONS), {"why": reason})
    session.execute(text(f"truncate {CAST.name}"))
