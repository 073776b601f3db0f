"""Files of geodata read: GeoPackage, zipped Shapefile, GeoJSON, KML, GML and DXF, in any system."""

from collections.abc import Iterator, Sequence

import shapely
from shapely import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo.coordinate_readings import (
    SWEDEN,
    Corners,
    Place,
    Reading,
    likely_readings,
    moved,
    sampled,
    share_inside,
    system_name,
)
from geo.errors import UncertainPosition
from geo.geodata import (
    UPLOAD,
    GeodataFeature,
    GeodataFile,
    GeodataLayer,
    Limits,
    label_of,
)
from geo.geodata_parsing import ParsedFile, ParsedLayer, parse_geodata
from geo.reference_systems import SWEREF99TM
from geo.texts import Text


def read_geodata(
    content: bytes,
    name: str,
    *,
    crs: int | None = None,
    swapped: bool = False,
    place: Place = SWEDEN,
    limits: Limits = UPLOAD,
) -> GeodataFile:
    """The file's layers in SWEREF 99 TM. `crs` and `swapped` are what a person has chosen.

    Raises `InvalidGeodata`; `UncertainPosition`, which carries the choices, where a person must say
    how the coordinates are meant. `place` is where they are expected.
    """
    chosen = Reading(crs, swapped) if crs is not None or swapped else None
    return placed(parse_geodata(content, name, limits), chosen, place, limits)


def placed(
    parsed: ParsedFile,
    chosen: Reading | None = None,
    place: Place = SWEDEN,
    limits: Limits = UPLOAD,
) -> GeodataFile:
    """A parsed file with its coordinates understood; raises as `read_geodata` does."""
    layers = parsed.layers(limits.corners)
    corners = [Corners(sampled(layer.shapes), layer.own_system) for layer in layers]
    readings = likely_readings(corners, place)
    if chosen is None:
        chosen, said = certain(readings, corners, place)
    else:
        said = as_chosen(chosen, readings, corners, place)
    report = [said]
    converted = tuple(
        GeodataLayer(layer.name, tuple(features_of(layer, chosen, report))) for layer in layers
    )
    if chosen not in readings:
        readings = [chosen, *readings]
    return GeodataFile(parsed.kind, converted, chosen, tuple(readings), tuple(report))


def read_or_suggest(
    parsed: ParsedFile, chosen: Reading | None, place: Place
) -> tuple[GeodataFile, str | None, Text | None]:
    """The file for a person to look at, the system it states itself, and what is in doubt.

    Where there is a doubt, the file is read as the likeliest reading has it, and nothing should be
    made of it before the person has agreed. Raises `InvalidGeodata`.
    """
    own = own_of([Corners(sampled(layer.shapes), layer.own_system) for layer in parsed.layers()])
    try:
        return placed(parsed, chosen, place), own, None
    except UncertainPosition as doubt:
        if not doubt.readings:
            raise
        return placed(parsed, doubt.readings[0], place), own, doubt.text


def as_chosen(
    chosen: Reading, readings: Sequence[Reading], corners: Sequence[Corners], place: Place
) -> Text:
    """What a person's choice came to; raises `UncertainPosition` where it leads out of Sweden."""
    system = chosen.named(own_of(corners))
    if not share_inside(chosen, corners, SWEDEN):
        astray = Text(
            "Koordinaterna hamnar inte i Sverige om de är {system}.",
            "The coordinates do not land in Sweden if they are {system}.",
        ).format(system=system)
        better = landing(readings[0], own_of(corners), place) if readings else NOWHERE
        raise UncertainPosition(joined(astray, better), readings)
    return Text(
        "Koordinaterna har lästs som {system}, som du valde.",
        "The coordinates were read as {system}, as you chose.",
    ).format(system=system)


def own_of(corners: Sequence[Corners]) -> str | None:
    """The system that the file states; None where any of its layers has none."""
    return None if any(layer.own is None for layer in corners) else corners[0].own


def certain(
    readings: Sequence[Reading], corners: Sequence[Corners], place: Place
) -> tuple[Reading, Text]:
    """How the coordinates are read without asking, and why; raises `UncertainPosition`."""
    own, stated = own_of(corners), Reading()
    if own is not None:
        fits_nothing_better = not readings and share_inside(stated, corners, SWEDEN) > 0
        if stated in readings or fits_nothing_better:
            return stated, Text(
                "Filen anger koordinatsystemet {system}.",
                "The file states the coordinate system {system}.",
            ).format(system=system_name(own))
        raise UncertainPosition(contradicted(readings, own, place), readings)
    if len(readings) == 1 and not readings[0].swapped:
        return readings[0], Text(
            "Filen anger inget koordinatsystem. Koordinaterna ligger i {place} om de är {system}, "
            "så de har lästs så.",
            "The file states no coordinate system. The coordinates lie in {place} if they are "
            "{system}, so they were read as such.",
        ).format(place=place.name, system=readings[0].named())
    raise UncertainPosition(unstated(readings, place), readings)


def contradicted(readings: Sequence[Reading], own: str, place: Place) -> Text:
    """Why the stated system cannot be right."""
    stated = Text(
        "Filen säger {system}, men då hamnar koordinaterna inte i {place}.",
        "The file says {system}, but then the coordinates do not land in {place}.",
    ).format(system=system_name(own), place=place.name)
    if not readings:
        return joined(stated, NOWHERE)
    return joined(stated, landing(readings[0], own, place))


def unstated(readings: Sequence[Reading], place: Place) -> Text:
    """What is missing, and what the coordinates themselves suggest."""
    missing = Text(
        "Filen säger inte vilket koordinatsystem den har.",
        "The file does not say its coordinate system.",
    )
    if not readings:
        return joined(missing, NOWHERE)
    return joined(missing, landing(readings[0], None, place))


NOWHERE = Text(
    "Inget av de vanliga svenska koordinatsystemen passar. Kontrollera filen eller ange systemet "
    "själv.",
    "None of the usual Swedish coordinate systems fits. Check the file or state the system "
    "yourself.",
)


def landing(reading: Reading, own: str | None, place: Place) -> Text:
    """`Koordinaterna ligger i Bollnäs kommun om de är SWEREF 99 16 30 (EPSG:3010).`"""
    return Text(
        "Koordinaterna ligger i {place} om de är {system}.",
        "The coordinates lie in {place} if they are {system}.",
    ).format(place=place.name, system=reading.named(own))


def joined(one: Text, other: Text) -> Text:
    return Text(f"{one.sv} {other.sv}", f"{one.en} {other.en}")


def features_of(
    layer: ParsedLayer, reading: Reading, report: list[Text]
) -> Iterator[GeodataFeature]:
    """The layer's features in SWEREF 99 TM; closed lines become areas, and that is told."""
    system = reading.system or layer.own_system or SWEREF99TM
    shapes = shapely.transform(
        list(layer.shapes), lambda xy: moved(xy, system, swapped=reading.swapped)
    )
    closed = 0
    for number, (shape, row) in enumerate(zip(shapes, layer.rows, strict=True), start=1):
        area = as_area(shape)
        closed += area is not shape
        yield GeodataFeature(area, row, label_of(row, number))
    if closed:
        report.append(
            Text(
                "{layer}: {n} slutna linjer har lästs som ytor.",
                "{layer}: {n} closed lines were read as areas.",
            ).format(layer=layer.name, n=closed)
        )


def as_area(shape: BaseGeometry) -> BaseGeometry:
    """A closed line, or the areas of a collection, as areas; all else as it stands."""
    if isinstance(shape, LineString) and shape.is_closed and len(shape.coords) > 3:
        return Polygon(shape.coords)
    parts = shapely.get_parts(shape).tolist()
    if isinstance(shape, Polygon | MultiPolygon) or len(parts) < 2:
        return shape
    if all(isinstance(part, LineString) and part.is_closed and len(part.coords) > 3
           for part in parts):  # fmt: skip
        return MultiPolygon([Polygon(part.coords) for part in parts])
    areas = [part for part in parts if isinstance(part, Polygon)]
    return MultiPolygon(areas) if areas else shape
