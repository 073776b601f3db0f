"""Outlines read, repaired with a report, measured, and blurred for the public."""

import pytest
from shapely import MultiPolygon, box
from shapely.geometry import shape

from geo.errors import InvalidOutline
from geo.outlines import blurred, read_outline
from tests.builders import square

KILOMETRE = box(600_000, 6_800_000, 601_000, 6_801_000)
KILOMETRE_RING = [[600000, 6800000], [601000, 6800000], [601000, 6801000], [600000, 6801000],
                  [600000, 6800000]]  # fmt: skip
EPSG_3006 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3006"}}


def test_a_square_kilometre_is_a_hundred_hectares() -> None:
    outline = read_outline({"type": "Polygon", "coordinates": [KILOMETRE_RING], "crs": EPSG_3006})

    assert outline.area_ha == pytest.approx(100, abs=0.001)


def test_wkt_and_geojson_say_the_same() -> None:
    as_json = read_outline(square())
    as_wkt = read_outline(shape(square()).wkt)

    assert as_wkt.shape.equals_exact(as_json.shape, tolerance=0.001)


def test_ewkt_may_be_in_sweref_99_tm() -> None:
    outline = read_outline(f"SRID=3006;{KILOMETRE.wkt}")

    assert outline.shape.bounds == KILOMETRE.bounds


def test_several_features_become_one_outline_of_several_parts() -> None:
    parts = [square(16.3, 61.4), square(16.4, 61.4)]
    features = [{"type": "Feature", "properties": {}, "geometry": part} for part in parts]

    outline = read_outline({"type": "FeatureCollection", "features": features})

    assert len(outline.shape.geoms) == 2


def test_an_open_ring_is_closed() -> None:
    opened = {**square(), "coordinates": [square()["coordinates"][0][:-1]]}

    assert read_outline(opened).shape.equals(read_outline(square()).shape)


def test_overlapping_parts_are_merged_and_that_is_told() -> None:
    parts = [square(16.30, 61.4)["coordinates"], square(16.305, 61.4)["coordinates"]]

    outline = read_outline({"type": "MultiPolygon", "coordinates": parts})

    assert len(outline.shape.geoms) == 1
    assert "merged" in outline.report[0].en


def test_a_boundary_that_touches_itself_is_mended_and_that_is_told() -> None:
    ring = [
        [16.3, 61.4], [16.31, 61.4], [16.32, 61.4], [16.32, 61.41], [16.31, 61.4], [16.3, 61.41],
        [16.3, 61.4],
    ]  # fmt: skip

    outline = read_outline({"type": "Polygon", "coordinates": [ring]})

    assert outline.shape.is_valid
    assert "mended" in outline.report[0].en


def test_a_boundary_that_crosses_itself_is_refused_with_the_place() -> None:
    ring = [[16.3, 61.4], [16.32, 61.41], [16.32, 61.4], [16.3, 61.41], [16.3, 61.4]]

    with pytest.raises(InvalidOutline, match=r"at 61\.4\d+ N, 16\.3\d+ E"):
        read_outline({"type": "Polygon", "coordinates": [ring]})


def test_a_third_coordinate_is_left_out() -> None:
    ring = [[x, y, 55.0] for x, y in square()["coordinates"][0]]

    assert not read_outline({"type": "Polygon", "coordinates": [ring]}).shape.has_z


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), "16.3", None, True])
def test_a_coordinate_that_is_no_number_is_refused(bad: object) -> None:
    ring = [[bad, 61.4], *square()["coordinates"][0][1:]]

    with pytest.raises(InvalidOutline):
        read_outline({"type": "Polygon", "coordinates": [ring]})


def test_more_than_20_000_corners_are_refused() -> None:
    circle = shape(square()).centroid.buffer(0.01, quad_segs=6_000)

    with pytest.raises(InvalidOutline, match="at most 20,000"):
        read_outline(circle.wkt)


def test_a_point_tells_only_the_square_kilometre() -> None:
    spot = blurred(MultiPolygon([box(600_100, 6_800_100, 600_300, 6_800_200)]), "point_only")

    assert (spot.x, spot.y) == (600_500, 6_800_500)


def test_a_generalised_outline_covers_the_exact_one_on_a_500_m_grid() -> None:
    exact = MultiPolygon([box(600_100, 6_800_100, 600_300, 6_800_200)])

    assert blurred(exact, "generalised").bounds == (600_000, 6_800_000, 600_500, 6_800_500)
