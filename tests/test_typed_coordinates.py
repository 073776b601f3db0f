"""Corners in every usual notation are the same corners."""

import pytest
from shapely import box

from geo.coordinate_readings import Place
from geo.errors import InvalidOutline
from geo.reference_systems import transformed
from geo.texts import Text
from geo.typed_outlines import read_typed_outline
from tests.geodata_builders import gauss_kruger

CORNERS = ((61.352, 16.394), (61.356, 16.394), (61.356, 16.402), (61.352, 16.402))
"""Latitude and longitude; some 19 hectares in Bollnäs."""
BOLLNAS = Place(box(540_000, 6_770_000, 610_000, 6_840_000), Text("Bollnäs", "Bollnäs"))


def minutes(degrees: float) -> str:
    whole = int(degrees)
    return f"{whole}° {(degrees - whole) * 60:.4f}'"


def seconds(degrees: float) -> str:
    whole = int(degrees)
    left = round((degrees - whole) * 3600, 2)
    return f"{whole}°{int(left // 60):02d}'{left % 60:05.2f}\""


def metres(latitude: float, longitude: float) -> tuple[float, float]:
    """North and east in SWEREF 99 TM."""
    return gauss_kruger(latitude, longitude, 15.0, 0.9996, 500_000)


def zone(latitude: float, longitude: float) -> tuple[float, float]:
    """North and east in SWEREF 99 16 30."""
    return gauss_kruger(latitude, longitude, 16.5, 1.0, 150_000)


NOTATIONS = {
    "decimals with points": [f"{n} {e}" for n, e in CORNERS],
    "decimal commas": [f"{n} {e}".replace(".", ",") for n, e in CORNERS],
    "decimal commas, comma between": [f"{n}, {e}".replace(".", ",") for n, e in CORNERS],
    "decimal commas, tight": [f"{str(n).replace('.', ',')},{str(e).replace('.', ',')}"
                              for n, e in CORNERS],
    "longitude first": [f"{e}, {n}" for n, e in CORNERS],
    "with letters": [f"N {n}° E {e}°" for n, e in CORNERS],
    "degrees and minutes": [f"N {minutes(n)} Ö {minutes(e)}" for n, e in CORNERS],
    "degrees, minutes, seconds": [f"{seconds(n)}N, {seconds(e)}E" for n, e in CORNERS],
    "seconds with spaces alone": [
        f"{seconds(n)} {seconds(e)}".translate(str.maketrans("°'\"", "   ")) for n, e in CORNERS
    ],
    "metres": ["{:.2f} {:.2f}".format(*metres(*one)) for one in CORNERS],
    "metres, east first": ["E {1:.2f}, N {0:.2f}".format(*metres(*one)) for one in CORNERS],
    "grouped thousands": [
        f"{metres(*one)[0]:,.1f} {metres(*one)[1]:,.1f}".replace(",", " ").replace(".", ",")
        for one in CORNERS
    ],
    "with a number and a height": [
        "{} {:.2f} {:.2f} 84.1".format(number, *metres(*one)).rsplit(" ", 1)[0]
        for number, one in enumerate(CORNERS, 1)
    ],
    "a local zone": ["{:.2f} {:.2f}".format(*zone(*one)) for one in CORNERS],
    "a local zone that is named": [
        "SWEREF 99 16 30", *("{1:.2f} {0:.2f}".format(*zone(*one)) for one in CORNERS)
    ],
    "a local zone by code": [
        "EPSG:3010", *("{:.2f} {:.2f}".format(*zone(*one)) for one in CORNERS)
    ],
    "KML": [" ".join(f"{e},{n},0" for n, e in CORNERS)],
}  # fmt: skip


@pytest.mark.parametrize("notation", NOTATIONS)
def test_every_notation_gives_the_same_area(notation: str) -> None:
    expected = transformed(box(16.394, 61.352, 16.402, 61.356), 4326, 3006)

    read = read_typed_outline("\n".join(NOTATIONS[notation]), BOLLNAS)

    assert read.shape.hausdorff_distance(expected) < 0.7


def test_a_system_that_was_inferred_is_told() -> None:
    read = read_typed_outline("\n".join(NOTATIONS["a local zone"]), BOLLNAS)

    assert read.report[0].sv == (
        "Koordinaterna har lästs som SWEREF 99 16 30 (EPSG:3010), med nord (latitud) först."
    )


def test_an_ambiguous_zone_must_be_named() -> None:
    with pytest.raises(InvalidOutline, match="Write the system on the first line"):
        read_typed_outline("\n".join(NOTATIONS["a local zone"]))


def test_numbers_that_land_nowhere_are_refused() -> None:
    with pytest.raises(InvalidOutline, match="do not land in Bollnäs"):
        read_typed_outline("45000 45000\n45000 46000\n46000 46000", BOLLNAS)


def test_parts_are_divided_by_an_empty_line() -> None:
    lines = NOTATIONS["a local zone"]
    other = [line.replace("150", "151", 1) for line in lines]

    read = read_typed_outline("\n".join([*lines, "", *other]).replace("\n", "\r\n"), BOLLNAS)

    assert len(read.shape.geoms) >= 1


def test_wkt_with_the_code_of_a_local_zone_is_read() -> None:
    north, east = zone(*CORNERS[0])
    square = box(east, north, east + 200, north + 100)

    read = read_typed_outline(f"SRID=3010;{square.wkt}", BOLLNAS)

    assert read.area_ha == pytest.approx(2.0, abs=0.01)
