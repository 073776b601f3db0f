"""Files of geodata read into areas in SWEREF 99 TM, whatever tool and system they came from."""

import json
import zipfile
from io import BytesIO

import pytest
import shapely
from shapely import LineString, Point, Polygon, box
from shapely.affinity import translate

from geo.coordinate_readings import Place, Reading
from geo.errors import InvalidGeodata, UncertainPosition
from geo.geodata_files import read_geodata
from geo.reference_systems import transformed
from geo.texts import Text
from tests.geodata_builders import gauss_kruger, geodata, zipped

FIELD = box(574_000, 6_802_000, 574_500, 6_802_400)
"""Twenty hectares in Bollnäs."""
BOLLNAS = Place(box(540_000, 6_770_000, 610_000, 6_840_000), Text("Bollnäs", "Bollnäs"))
MERIDIANS = (12.0, 13.5, 15.0, 16.5, 18.0, 14.25, 15.75, 17.25, 18.75, 20.25, 21.75, 23.25)
"""SWEREF 99 12 00 … 23 15, EPSG:3007–3018; false easting 150 000 m, scale 1 (Lantmäteriet)."""
ZONES = list(zip(range(3007, 3019), MERIDIANS, strict=True))


def in_system(system: int, shape: Polygon = FIELD) -> Polygon:
    return transformed(shape, 3006, system)


def swapped(shape: Polygon) -> Polygon:
    return shapely.transform(shape, lambda xy: xy[:, ::-1])


def area_of(content: bytes, name: str, **choice: object) -> Polygon:
    (area,) = read_geodata(content, name, place=BOLLNAS, **choice).areas  # type: ignore[arg-type]  # a test's choice
    return area.shape


@pytest.mark.parametrize("ending", [".gpkg", ".zip", ".geojson", ".kml", ".gml", ".dxf"])
def test_the_same_area_is_read_from_every_kind_of_file(ending: str) -> None:
    system = 4326 if ending in (".kml", ".geojson") else 3006
    content = geodata(ending, [in_system(system)], crs=f"EPSG:{system}")

    read = area_of(content, f"plats{ending}")

    assert read.hausdorff_distance(FIELD) < 0.02


def test_the_attributes_and_a_label_come_along() -> None:
    content = geodata(".gpkg", [FIELD], {"Namn": ["Häggesta"], "Pris": [120.5]})

    (area,) = read_geodata(content, "mark.gpkg").areas

    assert (area.label, dict(area.attributes)) == ("Häggesta", {"Namn": "Häggesta", "Pris": 120.5})


def test_krugers_series_gives_the_published_control_point() -> None:
    """Lantmäteriet's example: 66° N, 24° E with its own parameters."""
    north, east = gauss_kruger(66, 24, 13 + 35 / 60 + 7.692 / 3600, 1.00000254, 84_182.879)

    assert (north - 6_226_307.864, east) == pytest.approx((1_135_809.4138, 555_304.0166), abs=1e-3)


@pytest.mark.parametrize(("system", "meridian"), ZONES)
def test_each_local_zone_is_read_to_the_centimetre(system: int, meridian: float) -> None:
    latitude, longitude = 66.0, meridian + 0.4
    north, east = gauss_kruger(latitude, longitude, meridian, 1.0, 150_000)
    content = geodata(".zip", [Point(east, north).buffer(100, quad_segs=1)], crs=None)

    (area,) = read_geodata(content, "zon.zip", crs=system).areas

    tm_north, tm_east = gauss_kruger(latitude, longitude, 15.0, 0.9996, 500_000)
    centre = area.shape.centroid
    assert (centre.y, centre.x) == pytest.approx((tm_north, tm_east), abs=0.01)


@pytest.mark.parametrize("system", [3010, 3021, 4326, 3857])
def test_a_file_without_a_system_is_read_by_the_one_that_lands_in_the_place(system: int) -> None:
    content = geodata(".zip", [in_system(system)], crs=None)

    read = read_geodata(content, "utan.zip", place=BOLLNAS)

    assert read.reading == Reading(system)
    assert read.areas[0].shape.hausdorff_distance(FIELD) < 1
    assert f"ligger i Bollnäs om de är {read.reading.named().sv}" in read.report[0].sv


def test_swapped_axes_are_explained_and_wait_for_consent() -> None:
    content = geodata(".gpkg", [swapped(FIELD)])

    with pytest.raises(UncertainPosition) as refusal:
        read_geodata(content, "omvand.gpkg", place=BOLLNAS)

    assert refusal.value.readings[0] == Reading(None, swapped=True)
    assert "ligger i Bollnäs om de är SWEREF 99 TM (EPSG:3006), med nord" in refusal.value.text.sv


def test_swapped_axes_are_mended_when_the_person_says_so() -> None:
    content = geodata(".gpkg", [swapped(FIELD)])

    assert area_of(content, "omvand.gpkg", swapped=True).hausdorff_distance(FIELD) < 0.001


def test_a_stated_system_that_the_coordinates_contradict_is_said() -> None:
    content = geodata(".gpkg", [in_system(3010)], crs="EPSG:3006")

    with pytest.raises(UncertainPosition) as refusal:
        read_geodata(content, "fel.gpkg", place=BOLLNAS)

    assert refusal.value.text.sv == (
        "Filen säger SWEREF 99 TM (EPSG:3006), men då hamnar koordinaterna inte i Bollnäs. "
        "Koordinaterna ligger i Bollnäs om de är SWEREF 99 16 30 (EPSG:3010)."
    )


def test_geojson_in_metres_without_a_crs_is_recognised() -> None:
    content = json.dumps(json.loads(shapely.to_geojson(FIELD))).encode()

    with pytest.raises(UncertainPosition) as refusal:
        read_geodata(content, "meter.geojson", place=BOLLNAS)

    assert refusal.value.readings[0] == Reading(3006)


def test_the_crs_member_of_older_geojson_holds() -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3010"}}
    shape = json.loads(shapely.to_geojson(in_system(3010)))
    feature = {"type": "Feature", "properties": {}, "geometry": shape}
    whole = {"type": "FeatureCollection", "crs": crs, "features": [feature]}

    read = area_of(json.dumps(whole).encode(), "gammal.geojson")

    assert read.hausdorff_distance(FIELD) < 0.01


def test_a_site_elsewhere_in_sweden_is_read_as_the_file_says() -> None:
    content = geodata(".gpkg", [translate(FIELD, yoff=200_000)])

    read = read_geodata(content, "norrut.gpkg", place=BOLLNAS)

    assert read.reading == Reading()


def test_closed_lines_of_a_drawing_become_areas_and_open_ones_do_not() -> None:
    ring, road = LineString(FIELD.exterior.coords), LineString([(574_000, 6_802_000), (9, 9)])
    content = geodata(".dxf", [ring, road], {"Layer": ["GRÄNS", "VÄG"]}, crs=None)

    read = read_geodata(content, "ritning.dxf", crs=3006, place=BOLLNAS)

    assert [layer.name for layer in read.layers] == ["GRÄNS", "VÄG"]
    assert [area.area_ha for area in read.areas] == [20.0]


def test_a_kmz_and_a_geopackage_in_a_zip_are_read() -> None:
    kml = geodata(".kml", [in_system(4326)], crs="EPSG:4326")

    assert area_of(zipped({"doc.kml": kml}), "plats.kmz").hausdorff_distance(FIELD) < 0.02
    inside = zipped({"karta/plats.gpkg": geodata(".gpkg", [FIELD])})
    assert area_of(inside, "plats.zip").hausdorff_distance(FIELD) < 0.001


@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1"])
def test_letters_of_a_shapefile_are_read_also_where_it_does_not_say_how(encoding: str) -> None:
    whole = geodata(".zip", [FIELD], {"namn": ["Åkerängen"]}, encoding=encoding)
    with zipfile.ZipFile(BytesIO(whole)) as packed:
        files = {name: packed.read(name) for name in packed.namelist() if "cpg" not in name}

    assert read_geodata(zipped(files), "mark.zip").areas[0].label == "Åkerängen"


def test_an_empty_file_and_one_without_features_say_so() -> None:
    with pytest.raises(InvalidGeodata, match="is empty"):
        read_geodata(b"", "tom.gpkg")
    with pytest.raises(InvalidGeodata, match="no features"):
        read_geodata(b'{"type": "FeatureCollection", "features": []}', "tom.geojson")
