"""A map of where a site lies, as an SVG for documents and pictures: our own layers, north up.

The colours are those of the map on the pages, somewhat stronger, since nobody can zoom in.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

import shapely
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from catalogue.maps.site_surroundings import Box, Surroundings, frame
from frontend.maps import Line
from frontend.site_picture import SCALES_KM, parts
from geo.reference_systems import SWEREF99TM, WGS84, transformed

SEA, LAND, WATER, BORDER = "#d3e0e6", "#f3f0e8", "#cfdde4", "#b9b3a5"
SITE, INK, LABEL, HALO = "#1c5b43", "#1a1e1b", "#5e5a50", "#fbfaf6"
WAYS = {
    "grid_line": ("#b18ea6", 1.0, "1 3"),
    "road": ("#d9b56d", 2.0, ""),
    "rail": ("#77736b", 1.6, "7 3"),
    "e_road": ("#c98b2b", 3.0, ""),
}
"""Colour, width and dashes, in the order in which they are drawn."""
LEAST_HALF_WIDTH_M = 7_000
FARTHEST_DRAWN_M = 25_000
"""A line that leads farther is cut where the map ends; the list beside says how far."""
EDGE_SHARE = 0.08
"""How much room is left round what has to be in sight."""
LETTER_WIDTH = 0.56
"""Of an average letter, in its size."""
MOST_PLACES = 12
APPROXIMATE_RADIUS = 26

Extent = tuple[float, float, float, float]


@dataclass(frozen=True)
class Reach:
    """A straight line to something near, in SWEREF 99 TM, and what it leads to."""

    label: str
    line: LineString


def reaches(lines: Iterable[Line]) -> list[Reach]:
    return [
        Reach(line.label, transformed(LineString(line.coordinates), WGS84, SWEREF99TM))
        for line in lines
    ]


def map_box(outline: BaseGeometry, found: Sequence[Reach], height_per_width: float) -> Box:
    """A rectangle with the site in the middle and what lies near it in sight."""
    x, y = outline.envelope.centroid.x, outline.envelope.centroid.y
    ends = [Point(one.line.coords[-1]) for one in found if one.line.length <= FARTHEST_DRAWN_M]
    across = [abs(end.x - x) for end in ends] + [abs(end.y - y) / height_per_width for end in ends]
    half_width = max([LEAST_HALF_WIDTH_M, *across]) * (1 + 2 * EDGE_SHARE)
    return frame(outline.bounds, height_per_width, half_width)


class Drawing:
    """Elements of an SVG whose user units are pixels of `width`."""

    def __init__(self, box: Box, width: int, height: int) -> None:
        self.west, _, east, self.north = box
        self.edge = shapely.box(*box)
        self.width, self.height = width, height
        self.scale = width / (east - self.west)
        self.elements: list[str] = []
        self.taken: list[Extent] = []

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        return round((x - self.west) * self.scale, 1), round((self.north - y) * self.scale, 1)

    def shows(self, point: Point) -> bool:
        return self.edge.contains(point)

    def path(self, shape: BaseGeometry, look: str) -> None:
        """Areas and lines; points are left out."""
        simple = shape.simplify(0.4 / self.scale)
        rings = "".join(self.ring(ring) for part in parts(simple) for ring in rings_of(part))
        if rings:
            self.elements.append(f'<path d="{rings}" {look}/>')

    def ring(self, line: LineString) -> str:
        pixels = (self.pixel(x, y) for x, y, *_ in line.coords)
        return "M" + "L".join(f"{x} {y}" for x, y in pixels)

    def circle(self, at: tuple[float, float], radius: float, look: str) -> None:
        self.elements.append(f'<circle cx="{at[0]}" cy="{at[1]}" r="{radius}" {look}/>')

    def text(self, at: tuple[float, float], words: str, look: str, *, size: float) -> bool:
        """Beside a point where there is room for it, else not at all."""
        length = len(words) * size * LETTER_WIDTH
        x, y = at
        for left, anchor in ((x + 7, "start"), (x - 7 - length, "end")):
            extent = (left, y - size, left + length, y + size * 0.5)
            if self.is_free(extent):
                self.taken.append(extent)
                self.elements.append(
                    f'<text x="{x + 7 if anchor == "start" else x - 7}" y="{y + size * 0.35}" '
                    f'text-anchor="{anchor}" font-size="{size}" {look} {HALOED}>'
                    f"{escape(words)}</text>"
                )
                return True
        return False

    def is_free(self, extent: Extent) -> bool:
        left, top, right, bottom = extent
        inside = left > 4 and top > 4 and right < self.width - 4 and bottom < self.height - 4
        return inside and not any(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
            for other in self.taken
        )

    def svg(self) -> bytes:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" '
            f'width="{self.width}" height="{self.height}" font-family="Inter">'
            f"{''.join(self.elements)}</svg>"
        ).encode()


HALOED = f'stroke="{HALO}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'


def rings_of(part: BaseGeometry) -> Iterator[LineString]:
    if isinstance(part, Polygon):
        yield part.exterior
        yield from part.interiors
    elif isinstance(part, LineString):
        yield part


def drawn_map(
    outline: BaseGeometry, found: Sequence[Reach], around: Surroundings, *, width: int, height: int
) -> bytes:
    """The outline in SWEREF 99 TM as the reader may see it; a point is drawn as a wide ring."""
    drawing = Drawing(around.box, width, height)
    drawing.elements.append(f'<rect width="{width}" height="{height}" fill="{SEA}"/>')
    drawing.path(around.land, f'fill="{LAND}" stroke="{BORDER}" stroke-width="1"')
    for lake in around.layers["water"]:
        drawing.path(lake.shape, f'fill="{WATER}" stroke="{WATER}" stroke-width="1.2"')
    for kind, (colour, thickness, dashes) in WAYS.items():
        look = f'fill="none" stroke="{colour}" stroke-width="{thickness}" stroke-linejoin="round"'
        dashed = f'{look} stroke-dasharray="{dashes}"' if dashes else look
        for way in around.layers[kind]:
            drawing.path(way.shape, dashed)
    draw_reaches(drawing, found)
    draw_site(drawing, outline)
    draw_labels(drawing, found, around)
    draw_scale(drawing)
    return drawing.svg()


def draw_reaches(drawing: Drawing, found: Sequence[Reach]) -> None:
    """Each to where it ends, or to where it leaves the map."""
    for one in found:
        drawing.path(one.line, f'fill="none" stroke="{INK}" stroke-width="1.3"')
        if drawing.shows(Point(one.line.coords[-1])):
            end = drawing.pixel(*one.line.coords[-1][:2])
            drawing.circle(end, 3.4, f'fill="#ffffff" stroke="{INK}" stroke-width="1.3"')


def draw_site(drawing: Drawing, outline: BaseGeometry) -> None:
    middle = drawing.pixel(outline.envelope.centroid.x, outline.envelope.centroid.y)
    if isinstance(outline, Point):
        look = f'fill="{SITE}" fill-opacity="0.18" stroke="{SITE}" stroke-width="2"'
        drawing.circle(middle, APPROXIMATE_RADIUS, f'{look} stroke-dasharray="5 4"')
        radius: float = APPROXIMATE_RADIUS
    else:
        drawing.path(outline, 'fill="none" stroke="#ffffff" stroke-width="4.5"')
        drawing.path(outline, f'fill="{SITE}" fill-opacity="0.75" stroke="{SITE}" stroke-width="2"')
        west, south, east, north = outline.bounds
        radius = max(east - west, north - south) / 2 * drawing.scale
    x, y = middle
    drawing.taken.append((x - radius, y - radius, x + radius, y + radius))


def draw_labels(drawing: Drawing, found: Sequence[Reach], around: Surroundings) -> None:
    """What the lines lead to first, then towns and villages while there is room."""
    for one in found:
        seen = one.line.intersection(drawing.edge)
        end = drawing.pixel(*(seen if isinstance(seen, LineString) else one.line).coords[-1][:2])
        drawing.text(end, one.label, f'fill="{INK}" font-weight="600"', size=12)
    drawn = 0
    for place in around.layers["place"]:
        at = drawing.pixel(place.shape.centroid.x, place.shape.centroid.y)
        if drawn < MOST_PLACES and drawing.text(at, place.name, f'fill="{LABEL}"', size=12):
            drawing.circle(at, 2.2, f'fill="{LABEL}"')
            drawn += 1


def draw_scale(drawing: Drawing) -> None:
    """A bar of so many whole kilometres, at most a quarter of the width."""
    fitting = (one for one in SCALES_KM if one * 1_000 * drawing.scale <= drawing.width / 4)
    length_km = next(fitting, SCALES_KM[-1])
    right, low = drawing.width - 14, drawing.height - 12
    left = right - length_km * 1_000 * drawing.scale
    drawing.elements.append(
        f'<path d="M{left:.1f} {low - 5}V{low}H{right}V{low - 5}" fill="none" '
        f'stroke="{INK}" stroke-width="1.5"/>'
        f'<text x="{(left + right) / 2:.1f}" y="{low - 5}" text-anchor="middle" font-size="11" '
        f'fill="{INK}" {HALOED}>{length_km} km</text>'
    )
