"""Sites as they were known at the end of a day: read from their versions, and as they count."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Select, cast, select
from sqlalchemy import Text as TextType
from sqlalchemy.orm import Session

from catalogue.completeness import Count, Weights, share_percent
from catalogue.fields import Theme
from catalogue.progress.counted_versions import count_missing
from catalogue.progress.days import parameters
from catalogue.progress.figures_sites import STALE, VERIFIED, weighed_in_site
from catalogue.progress.known_sites import KNOWN, SITES
from catalogue.progress.version_counts import Counts, Said, count_version, judged, names
from catalogue.provenance import ShelfLife
from catalogue.readiness import Readiness
from catalogue.tables import site_version as table
from catalogue.tables.counted_versions import THEMES
from geo.texts import Text


@dataclass(frozen=True, slots=True)
class KnownSite:
    """One site as it was known on a day. Any: a version's row as the trigger wrote it, JSON."""

    state: Mapping[str, Any]
    has_outline: bool

    @property
    def reference(self) -> str:
        return str(self.state["reference"])

    @property
    def municipality(self) -> str:
        return str(self.state["municipality"])

    @property
    def status(self) -> str:
        return str(self.state["status"])

    @property
    def is_example(self) -> bool:
        return bool(self.state["is_example"])

    @property
    def said(self) -> Mapping[str, Said]:
        """By key, what stands behind each value."""
        found: Mapping[str, Said] = self.state["provenance"]
        return found

    @property
    def readiness(self) -> Readiness:
        return judged(self.state, has_outline=self.has_outline)

    @property
    def counts(self) -> Counts:
        """What it adds to the figures."""
        return count_version(self.state, has_outline=self.has_outline)

    @property
    def name(self) -> Text:
        """Each language's name, the other's where it has only that, else the reference."""
        told = names(self.state)
        return Text(told["name_sv"], told["name_en"])


def known_versions(
    session: Session, counted: Select[Any], given: Mapping[str, Any]
) -> Iterator[KnownSite]:
    """The versions that rows of a relation were counted from, by municipality and reference.

    `counted`: their `site_id` and `version`. One at a time, since what is known of thousands of
    sites does not fit well in memory. Any: columns and parameters differ in type.
    """
    rows = counted.subquery("counted")
    # As text: orjson reads it several times as fast as the driver would.
    statement = (
        select(cast(table.c.state, TextType), table.c.outline.is_not(None))
        .join(rows, (table.c.site_id == rows.c.site_id) & (table.c.version == rows.c.version))
        .order_by(table.c.municipality, table.c.site_id)
    )
    for state, has_outline in session.execute(statement, given).yield_per(250):
        yield KnownSite(orjson.loads(state), has_outline)


def sites_on(
    session: Session, day: date, held: ColumnElement[bool], codes: Collection[str]
) -> Iterator[KnownSite]:
    """The sites of these municipalities that hold at the end of a day, as they were known then."""
    count_missing(session)
    columns = {"site_id": KNOWN.c.site_id, "version": KNOWN.c.version, "held": held}
    counted = SITES.rows_with(columns, of_one=True).where(held)
    # No value's age is looked at, so any shelf life will do.
    yield from known_versions(session, counted, parameters([day], ShelfLife(), list(codes)))


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteCount:
    """What one site adds to the figures."""

    reference: str
    name: Text
    municipality: str
    status: str
    is_example: bool
    level: int | None
    missing: int
    """How many requirements of the next level do not hold."""
    themes: Mapping[Theme, Count]
    percent: int
    """How complete it was, by the weights of that day."""
    known: int
    verified: int
    stale: int
    questions: int
    """How many wait for their answers."""


PLAIN_COLUMNS = (
    "reference", "municipality", "status", "is_example", "level", "missing", "known", "questions",
)  # fmt: skip
SITE_COLUMNS = (
    *PLAIN_COLUMNS, "name_sv", "name_en",
    *(f"{part}_{theme}" for part in ("applicable", "filled", "asked") for theme in THEMES),
)  # fmt: skip


def site_counts(
    session: Session,
    day: date,
    shelf_life: ShelfLife,
    municipality: str | None = None,
    *,
    weights: Weights = Weights(),
    is_counted: bool = False,
) -> list[SiteCount]:
    """The sites that were known at the end of a day, by reference; `is_counted` where the versions
    have just been."""
    if not is_counted:
        count_missing(session, municipality)
    statement = rows_statement(of_one=municipality is not None)
    rows = session.execute(statement, parameters([day], shelf_life, municipality, weights=weights))
    return [site_count(row) for row in rows.mappings()]


@cache
def rows_statement(*, of_one: bool) -> Select[Any]:
    """Any: columns differ in type."""
    columns = {
        **{name: KNOWN.c[name] for name in SITE_COLUMNS},
        "weighed_filled": weighed_in_site("filled"),
        "weighed_applicable": weighed_in_site("applicable"),
        "verified": VERIFIED,
        "stale": STALE,
    }
    return SITES.rows_with(columns, of_one=of_one).order_by(KNOWN.c.reference)


def site_count(row: Mapping[Any, Any]) -> SiteCount:
    """Any: columns differ in type."""
    return SiteCount(
        name=Text(row["name_sv"], row["name_en"]),
        **{name: row[name] for name in (*PLAIN_COLUMNS, "verified", "stale")},
        themes={
            theme: Count(row[f"applicable_{theme}"], row[f"filled_{theme}"], row[f"asked_{theme}"])
            for theme in THEMES
        },
        percent=share_percent(float(row["weighed_filled"]), float(row["weighed_applicable"])),
    )
