"""The coordinate systems in use, and the way between them; coordinates are always x, y."""

from functools import cache
from typing import Any, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

WGS84 = 4326
SWEREF99TM = 3006
WEB_MERCATOR = 3857

Shape = TypeVar("Shape", bound=BaseGeometry)


@cache
def transformer(source: int, target: int) -> Transformer:
    """East before north (longitude before latitude) on both sides, whatever the register says."""
    return Transformer.from_crs(source, target, always_xy=True)


def transformed(shape: Shape, source: int, target: int) -> Shape:
    """The same shape in another system; a shape without coordinates stays as it is."""
    if source == target or shape.is_empty:
        return shape

    def moved(points: NDArray[Any]) -> NDArray[Any]:
        eastings, northings = transformer(source, target).transform(points[:, 0], points[:, 1])
        return np.column_stack((eastings, northings))

    return shapely.transform(shape, moved)
