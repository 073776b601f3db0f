"""A site as a row of its table: read with its files, and as a save writes it."""

from typing import Any

from geoalchemy2.shape import from_shape, to_shape
from shapely import MultiPolygon
from sqlalchemy import RowMapping, Select
from sqlalchemy.orm import Session

from catalogue import tables
from catalogue.files import files
from catalogue.files.files import SiteFile
from catalogue.site import Site, stored_provenance
from geo.reference_systems import SWEREF99TM


def chosen(statement: Select[Any], session: Session) -> list[Site]:
    """Any: the row type of a select of many columns."""
    rows = session.execute(statement).mappings().all()
    found = files.of_sites(session, [row["id"] for row in rows])
    return [from_row(row, found.get(row["id"], ())) for row in rows]


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
