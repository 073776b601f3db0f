"""A small map of where a site lies, as a picture that a letter can carry."""

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont
from shapely import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from catalogue.maps.site_surroundings import Surroundings
from frontend.assets import static_file

WIDTH, HEIGHT = 1_120, 700
"""Twice as fine as it is shown."""
HEIGHT_PER_WIDTH = HEIGHT / WIDTH
FONT = "packages/inter/inter-latin-wght-normal.woff2"
SEA, LAND, WATER = "#dfe9ec", "#f3f1ea", "#cfdfe6"
LINES: dict[str, tuple[str, int]] = {
    "grid_line": ("#b9a9bf", 2),
    "rail": ("#77736b", 3),
    "road": ("#d9b56d", 5),
    "e_road": ("#c98b2b", 7),
}
SITE, SITE_EDGE, INK, HALO = "#1c5b43", "#ffffff", "#3a3a36", "#fbfaf6"
MOST_PLACES = 14
SCALES_KM = (50, 20, 10, 5, 2, 1)

Pixel = tuple[float, float]


class Canvas:
    """Draws shapes given in metres."""

    def __init__(self, box: tuple[float, float, float, float]) -> None:
        self.west, _, east, self.north = box
        self.pixels_per_m = WIDTH / (east - self.west)
        self.image = Image.new("RGB", (WIDTH, HEIGHT), SEA)
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def pixel(self, x: float, y: float) -> Pixel:
        return (x - self.west) * self.pixels_per_m, (self.north - y) * self.pixels_per_m

    def pixels(self, ring: LineString) -> list[Pixel]:
        return [self.pixel(x, y) for x, y, *_ in ring.coords]

    def area(self, shape: BaseGeometry, colour: str, hole: str) -> None:
        for part in parts(shape):
            if isinstance(part, Polygon):
                self.pen.polygon(self.pixels(part.exterior), fill=colour)
                for inner in part.interiors:
                    self.pen.polygon(self.pixels(inner), fill=hole)

    def line(self, shape: BaseGeometry, colour: str, width: int) -> None:
        for part in parts(shape):
            if isinstance(part, LineString):
                self.pen.line(self.pixels(part), fill=colour, width=width, joint="curve")

    def text(self, place: Pixel, words: str, size: int, anchor: str = "la") -> None:
        font = lettering(size)
        if font is not None:
            self.pen.text(
                place, words, fill=INK, font=font, anchor=anchor, stroke_width=4, stroke_fill=HALO
            )


def parts(shape: BaseGeometry) -> list[BaseGeometry]:
    """The single shapes of a collection, however deep they lie in it."""
    if not hasattr(shape, "geoms"):
        return [shape]
    return [inner for part in shape.geoms for inner in parts(part)]


@cache
def lettering(size: int) -> ImageFont.FreeTypeFont | None:
    """The pages' own typeface; None where it has not been fetched, and the map is without names."""
    file = static_file(FONT)
    return ImageFont.truetype(str(file), size) if file.exists() else None


def site_picture(outline: MultiPolygon, around: Surroundings) -> bytes:
    """A PNG, 1 120 × 700 pixels; the outline is in SWEREF 99 TM."""
    canvas = Canvas(around.box)
    canvas.area(around.land, LAND, SEA)
    for lake in around.layers["water"]:
        canvas.area(lake.shape, WATER, LAND)
        canvas.line(lake.shape, WATER, 4)
    for kind, (colour, width) in LINES.items():
        for way in around.layers[kind]:
            canvas.line(way.shape, colour, width)
    canvas.area(outline, f"{SITE}cc", LAND)
    for part in outline.geoms:
        canvas.pen.line(canvas.pixels(part.exterior), fill=SITE_EDGE, width=8, joint="curve")
        canvas.pen.line(canvas.pixels(part.exterior), fill=SITE, width=5, joint="curve")
    ring(canvas, outline)
    for place in around.layers["place"][:MOST_PLACES]:
        x, y = canvas.pixel(place.shape.centroid.x, place.shape.centroid.y)
        canvas.pen.ellipse((x - 5, y - 5, x + 5, y + 5), fill=INK)
        canvas.text((x + 12, y), place.name, 26, "lm")
    scale(canvas)
    written = io.BytesIO()
    # Quick rather than small: a letter waits for it, and a tenth more bytes is all it costs.
    canvas.image.quantize(96, Image.Quantize.FASTOCTREE).save(written, "PNG")
    return written.getvalue()


def ring(canvas: Canvas, outline: BaseGeometry) -> None:
    """Round a site too small to be seen at once."""
    west, south, east, north = outline.bounds
    radius = max(east - west, north - south) / 2 * canvas.pixels_per_m + 22
    x, y = canvas.pixel((west + east) / 2, (south + north) / 2)
    if radius < HEIGHT / 5:
        canvas.pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=SITE, width=4)


def scale(canvas: Canvas) -> None:
    """A bar of so many whole kilometres, at most a quarter of the width."""
    fitting = (one for one in SCALES_KM if one * 1_000 * canvas.pixels_per_m <= WIDTH / 4)
    length_km = next(fitting, SCALES_KM[-1])
    right, low = WIDTH - 28, HEIGHT - 28
    left = right - length_km * 1_000 * canvas.pixels_per_m
    canvas.pen.line([(left, low), (right, low)], fill=INK, width=5)
    for x in (left, right):
        canvas.pen.line([(x, low - 12), (x, low)], fill=INK, width=5)
    canvas.text(((left + right) / 2, low - 12), f"{length_km} km", 24, "ms")
