"""Versions of sites counted once: those that have not been yet are, whenever figures are read.

Counting is left out of a save, which it would make slower; a version never changes, so what was
counted of it holds for as long as the rules of counting do.
"""

from collections.abc import Iterator
from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    Integer,
    Text,
    cast,
    column,
    delete,
    exists,
    func,
    literal,
    select,
    true,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from catalogue.progress.version_counts import Counts, count_version, rules
from catalogue.tables import counted_version as table
from catalogue.tables import site_version

AT_ONCE = 500
"""Versions in memory, each of some 10 kB."""


def count_missing(session: Session, municipality: str | None = None) -> int:
    """Counts the versions that the actor may read and that no row holds yet; how many."""
    is_counted = exists().where(
        table.c.site_id == site_version.c.site_id,
        table.c.version == site_version.c.version,
        table.c.rules == rules(),
    )
    own = true() if municipality is None else site_version.c.municipality == municipality
    keys = session.execute(
        select(site_version.c.site_id, site_version.c.version).where(~is_counted, own)
    ).all()
    for first in range(0, len(keys), AT_ONCE):
        some = [(one.site_id, one.version) for one in keys[first : first + AT_ONCE]]
        add(session, list(counted(session, some)))
    return len(keys)


def counted(session: Session, keys: list[tuple[int, int]]) -> Iterator[Counts]:
    """The rows of these versions, worked out from the versions."""
    sites, versions = [site for site, _ in keys], [version for _, version in keys]
    wanted = (
        func.unnest(
            cast(sites, postgresql.ARRAY(BigInteger)), cast(versions, postgresql.ARRAY(Integer))
        )
        .table_valued("site_id", "version")
        .render_derived(name="wanted")
    )
    # As text: orjson reads it several times as fast as the driver would.
    rows = session.execute(
        select(
            site_version.c.site_id,
            site_version.c.version,
            site_version.c.municipality,
            site_version.c.recorded_at,
            cast(site_version.c.state, Text).label("state"),
            site_version.c.outline.is_not(None).label("has_outline"),
        ).join(
            wanted,
            (wanted.c.site_id == site_version.c.site_id)
            & (wanted.c.version == site_version.c.version),
        )
    )
    for row in rows:
        yield {
            "site_id": row.site_id,
            "version": row.version,
            "rules": rules(),
            "municipality": row.municipality,
            "recorded_at": row.recorded_at,
            **count_version(orjson.loads(row.state), has_outline=row.has_outline),
        }


def add(session: Session, rows: list[Counts]) -> None:
    """As one parameter, which is much faster than one for each column of each row.

    Two who count at once write the same; the second writes nothing.
    """
    columns = [column(one.name, one.type) for one in table.columns]
    told = (
        func.json_to_recordset(cast(literal(orjson.dumps(rows).decode(), Text()), postgresql.JSON))
        .table_valued(*columns)
        .render_derived(with_types=True)
    )
    session.execute(
        postgresql.insert(table)
        .from_select([one.name for one in columns], select(told))
        .on_conflict_do_nothing()
    )


def remove_old(session: Session) -> None:
    """What was counted by rules that hold no longer; only the owner may."""
    session.execute(delete(table).where(table.c.rules != rules()))


def differing(session: Session, most: int) -> list[tuple[int, int]]:
    """Sites and versions, among some drawn at random, whose row is not what counting gives."""
    kept = session.execute(
        select(table).where(table.c.rules == rules()).order_by(func.random()).limit(most)
    ).mappings()
    rows = {
        (row["site_id"], row["version"]): {str(name): value for name, value in row.items()}
        for row in kept
    }
    anew = {(row["site_id"], row["version"]): row for row in counted(session, list(rows))}
    return sorted(key for key, row in rows.items() if plain(anew.get(key)) != plain(row))


def plain(row: Counts | None) -> Any:
    """The row as JSON, dates as texts whether they came from the table or the version."""
    return orjson.loads(orjson.dumps(row))
