"""Files of geodata as other tools write them: real ones, by GDAL; and hostile ones, by hand."""

import math
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry

DRIVERS = {
    ".gpkg": "GPKG", ".geojson": "GeoJSON", ".kml": "LIBKML", ".dxf": "DXF", ".gml": "GML",
    ".shp": "ESRI Shapefile",
}  # fmt: skip


def geodata(
    ending: str,
    shapes: Sequence[BaseGeometry],
    attributes: Mapping[str, Sequence[Any]] | None = None,
    *,
    crs: str | None = "EPSG:3006",
    layer: str | None = None,
    **options: str,
) -> bytes:
    """A file of that ending as GDAL writes it; `.zip` is a Shapefile, packed. Any: cells."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"omraden{'.shp' if ending == '.zip' else ending}"
        columns = attributes or {}
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "'crs' was not provided")
            pyogrio.raw.write(
                str(path),
                shapely.to_wkb(np.array(shapes, dtype=object)),
                [np.array(cells) for cells in columns.values()],
                list(columns),
                geometry_type=shapes[0].geom_type,
                crs=crs,
                driver=DRIVERS[path.suffix],
                layer=layer,
                **options,
            )
        if ending == ".dxf":  # GDAL declares this code page, and writes UTF-8 all the same
            return path.read_text(encoding="utf-8").encode("cp1252")
        if ending != ".zip":
            return path.read_bytes()
        return zipped({file.name: file.read_bytes() for file in sorted(Path(folder).iterdir())})


def zipped(files: Mapping[str, bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def gauss_kruger(
    latitude: float, longitude: float, meridian: float, scale: float, false_easting: float
) -> tuple[float, float]:
    """Northing and easting on GRS 80 by Krüger's series, as Lantmäteriet publishes it.

    “Gauss Conformal Projection (Transverse Mercator), Krüger's formulas”, Lantmäteriet 2008.
    """
    a, f = 6378137.0, 1 / 298.257222101
    e2, n = f * (2 - f), f / (2 - f)
    radius = a / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    phi, d_lambda = math.radians(latitude), math.radians(longitude - meridian)
    sin = math.sin(phi)
    conformal = phi - sin * math.cos(phi) * (
        e2
        + (5 * e2**2 - e2**3) / 6 * sin**2
        + (104 * e2**3 - 45 * e2**4) / 120 * sin**4
        + 1237 * e2**4 / 1260 * sin**6
    )
    xi = math.atan2(math.tan(conformal), math.cos(d_lambda))
    eta = math.atanh(math.cos(conformal) * math.sin(d_lambda))
    betas = (
        n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16 + 41 * n**4 / 180,
        13 * n**2 / 48 - 3 * n**3 / 5 + 557 * n**4 / 1440,
        61 * n**3 / 240 - 103 * n**4 / 140,
        49561 * n**4 / 161280,
    )
    north = xi + sum(
        beta * math.sin(2 * k * xi) * math.cosh(2 * k * eta) for k, beta in enumerate(betas, 1)
    )
    east = eta + sum(
        beta * math.cos(2 * k * xi) * math.sinh(2 * k * eta) for k, beta in enumerate(betas, 1)
    )
    return scale * radius * north, scale * radius * east + false_easting
