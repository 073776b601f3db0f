"""Example sites written with their history: as the database's owner, in its own form."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import Column, MetaData, Table, Text, text
from sqlalchemy.orm import Session

from catalogue import tables
from catalogue.copying import copy_rows
from catalogue.files import files
from catalogue.provenance import Provenance
from catalogue.site import Site
from geo.drawings import ewkb
from geo.reference_systems import SWEREF99TM

COLUMNS = tuple(column.name for column in tables.site.columns)
STEP = Table(
    "step",
    MetaData(),
    *(Column(column.name, column.type) for column in tables.site.columns),
    Column("reason", Text),
)
# Text SQL: the trigger that makes versions in daily use is text too, and these are to be its equal.
HISTORY = """
with told as (
    select step.*,
        (select jsonb_strip_nulls(to_jsonb(said)) from (select {said}) as said) as state
    from step
)
insert into site_version
    (site_id, version, municipality, recorded_at, actor, reason, changed, state, outline)
select id, version, municipality, updated_at, updated_by, reason,
    case when version = 1 then array['created'] else changed_keys(lag(state) over steps, state)
        || case when outline is distinct from lag(outline) over steps then array['outline']
           else '{{}}'::text[] end end,
    state, outline
from told window steps as (partition by id order by version)
"""
LATEST = """
insert into site ({columns})
select {columns} from (select *, max(version) over (partition by id) as latest from step) as step
where version = latest
"""


@contextmanager
def past_writable(session: Session) -> Iterator[None]:
    """Rows keep the times, actors and versions they are written with, for this block alone.

    Nobody else writes a site meanwhile: turning the triggers off locks the table for that.
    """
    session.execute(text("alter table site disable trigger user"))
    yield
    session.execute(text("alter table site enable trigger user"))


@contextmanager
def taken_as_given(session: Session) -> Iterator[None]:
    """The same for rows that fit together by themselves: no trigger looks at any of them, and no
    foreign key.

    Where the owner may not have that, the triggers alone are off, and the table is locked.
    """
    if not is_superuser(session):
        with past_writable(session):
            yield
        return
    session.execute(text("set local session_replication_role = replica"))
    yield
    session.execute(text("set local session_replication_role = origin"))


def is_superuser(session: Session) -> bool:
    return bool(session.scalar(text("show is_superuser")) == "on")


def load_history(session: Session, versions: Iterable[tuple[Site, str]]) -> None:
    """Sites with every version of each, and the reason for it; within `past_writable`."""
    session.execute(text("create temp table step (like site) on commit drop"))
    session.execute(text("alter table step add column reason text"))
    pairs = list(versions)
    rows = site_rows([site for site, _ in pairs])
    copy_rows(
        session,
        STEP,
        [row | {"reason": reason} for row, (_, reason) in zip(rows, pairs, strict=True)],
    )
    session.execute(text(LATEST.format(columns=", ".join(COLUMNS))))
    session.execute(text(HISTORY.format(said=said("step"))))
    session.execute(text("drop table step"))


def said(table: str) -> str:
    """What a version keeps of a site: all columns but the outline, which has its own."""
    return ", ".join(f"{table}.{name}" for name in COLUMNS if name != "outline")


def site_rows(sites: Iterable[Site]) -> Iterator[dict[str, Any]]:
    """All columns of the site table, a row a site; Any: they differ in type."""
    made = list(sites)
    outlines = ewkb([site.outline for site in made], SWEREF99TM)
    # Sites made in bulk share their provenance.
    told: dict[int, orjson.Fragment] = {}
    for site, outline in zip(made, outlines, strict=True):
        stated = site.stated
        behind = told.get(id(stated)) or provenance_json(stated)
        if stated is site.provenance:
            told[id(stated)] = behind
        yield {
            **site.values,
            "id": site.id,
            "reference": site.reference,
            "municipality": site.municipality,
            "status": site.status,
            "is_example": site.is_example,
            "version": site.version,
            "created_at": site.created_at,
            "updated_at": site.updated_at,
            "updated_by": site.updated_by,
            "published_at": site.published_at,
            "provenance": behind,
            "uploads": files.uploads(site.files),
            "unread": {},
            "outline": outline,
        }


def provenance_json(provenance: Mapping[str, Provenance]) -> orjson.Fragment:
    """In the order that PostgreSQL keeps keys in, which spares it the sorting."""
    keys = sorted(provenance, key=kept_order)
    return orjson.Fragment(orjson.dumps({key: as_json(provenance[key]) for key in keys}))


def kept_order(key: str) -> tuple[int, str]:
    return len(key), key


@lru_cache(maxsize=20_000)
def as_json(provenance: Provenance) -> orjson.Fragment:
    """Made once for all values that share it."""
    return orjson.Fragment(orjson.dumps(provenance.to_json()))
