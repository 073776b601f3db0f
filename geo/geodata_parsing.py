"""A file of geodata taken apart in a process of its own, its coordinates left as they stand."""

import json
import os
import signal
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from geo import geodata_process
from geo.errors import InvalidGeodata
from geo.geodata import UPLOAD, Limits
from geo.geodata_archives import unpacked
from geo.geodata_kinds import SHAPEFILE, ZIPPED, Kind, kind_of, refused
from geo.texts import Text

PROGRAM = Path(geodata_process.__file__)
OTHER_DRIVERS = {"LIBKML": ["LIBKML", "KML"]}
KILLED_BY_LIMIT = frozenset({-signal.SIGXCPU, -signal.SIGKILL})


@dataclass(frozen=True)
class ParsedLayer:
    """A layer with its shapes in the file's own coordinates."""

    name: str
    own_system: str | None
    shapes: tuple[BaseGeometry, ...]
    rows: tuple[dict[str, Any], ...]
    """Any: text, number, truth or nothing, as the file has it."""


@dataclass(frozen=True)
class ParsedFile:
    """A file that could be read; `lines` is all of it, and can be kept and read again."""

    name: str
    kind: str
    lines: bytes

    def packed(self) -> bytes:
        return zlib.compress(self.lines, 3)

    @classmethod
    def from_packed(cls, name: str, kind: str, packed: bytes) -> "ParsedFile":
        return cls(name, kind, zlib.decompress(packed))

    def layers(self, most_corners: int = UPLOAD.corners) -> tuple[ParsedLayer, ...]:
        """The layers that hold anything; raises `InvalidGeodata`."""
        found: list[ParsedLayer] = []
        for head, features in layer_lines(self.lines):
            shapes = shapes_of([hexadecimal for hexadecimal, _ in features], self.name)
            most_corners -= int(shapely.get_num_coordinates(shapes).sum()) if shapes else 0
            if most_corners < 0:
                raise refused(
                    self.name,
                    Text(
                        "har för många hörn. Spara bara de ytor du behöver, eller förenkla dem",
                        "has too many corners. Save only the areas you need, or simplify them",
                    ),
                )
            if self.kind == "DXF":
                found += drawing_layers(head, shapes, [row for _, row in features])
            elif shapes:
                name = head["layer"] if self.kind != "Shapefile" else head["file"]
                rows = tuple(row for _, row in features)
                found.append(ParsedLayer(name, head["crs"], tuple(shapes), rows))
        if not found:
            raise refused(
                self.name,
                Text("har inga objekt med koordinater", "has no features with coordinates"),
            )
        return tuple(found)


def parse_geodata(content: bytes, name: str, limits: Limits = UPLOAD) -> ParsedFile:
    """The file's layers as they stand in it; raises `InvalidGeodata`."""
    if len(content) > limits.size:
        raise refused(
            name,
            Text("är för stor, högst {n} MB tas emot", "is too large, at most {n} MB are accepted")
            .format(n=limits.size // 1_000_000),
        )  # fmt: skip
    kind = kind_of(content, name)
    if kind is SHAPEFILE:
        raise refused(
            name,
            Text(
                "är bara en del av en Shapefile. Packa .shp, .shx, .dbf och .prj i en zip",
                "is only a part of a Shapefile. Zip .shp, .shx, .dbf and .prj together",
            ),
        )
    with TemporaryDirectory(prefix="sitefinder-geodata-") as folder:
        inside = Path(folder) / "files"
        inside.mkdir()
        if kind is ZIPPED:
            files = unpacked(content, name, inside, limits)
        else:
            path = inside / f"0{kind.endings[0]}"
            path.write_bytes(content.removeprefix(b"\xef\xbb\xbf"))
            files = [(path, kind, Path(name).stem)]
        lines = lines_of(files, Path(folder), name, limits)
    kinds = dict.fromkeys(kind.name for _, kind, _ in files)
    return ParsedFile(name, ", ".join(kinds), lines)


def lines_of(files: list[tuple[Path, Kind, str]], folder: Path, name: str, limits: Limits) -> bytes:
    """What the reading process wrote; raises `InvalidGeodata` with what stopped it."""
    job, output = folder / "job.json", folder / "output.jsonl"
    described = [
        {
            "path": str(path),
            "driver": kind.driver,
            "drivers": OTHER_DRIVERS.get(kind.driver, [kind.driver]),
            "name": said,
        }
        for path, kind, said in files
    ]
    job.write_text(json.dumps({**vars(limits), "files": described, "output": str(output)}))
    try:
        # -I: nothing on the way to a library is taken from the surroundings.
        done = subprocess.run(
            [sys.executable, "-I", str(PROGRAM), str(job)],
            env=surroundings(folder),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=limits.wall_s,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise too_slow(name) from error
    if done.returncode:
        raise stopped(done.returncode, name, limits)
    return output.read_bytes()


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of the reading process: none of the service's settings, one thread."""
    kept = {key: os.environ[key] for key in ("LD_LIBRARY_PATH",) if key in os.environ}
    threads = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "GDAL_NUM_THREADS")
    return {
        **kept,
        "LC_ALL": "C.UTF-8",
        "HOME": str(folder),
        "CPL_TMPDIR": str(folder),
        **dict.fromkeys(threads, "1"),
    }


def too_slow(name: str) -> InvalidGeodata:
    return refused(
        name,
        Text(
            "tar för lång tid att läsa. Spara bara de lager och ytor du behöver i en ny fil",
            "takes too long to read. Save only the layers and areas you need in a new file",
        ),
    )


def stopped(status: int, name: str, limits: Limits) -> InvalidGeodata:
    if status in KILLED_BY_LIMIT:
        return too_slow(name)
    if status == geodata_process.TOO_MANY:
        return refused(
            name,
            Text(
                "har fler än {n} objekt. Spara bara dem du behöver",
                "has more than {n} features. Save only those you need",
            ).format(n=limits.features),
        )
    if status == geodata_process.TOO_LARGE:
        return refused(
            name,
            Text(
                "är för stor att läsa. Spara bara de ytor du behöver",
                "is too large to read. Save only the areas you need",
            ),
        )
    return refused(
        name,
        Text(
            "är skadad eller följer inte sitt format. Spara den på nytt",
            "is damaged or does not follow its format. Save it again",
        ),
    )


Feature = tuple[str, dict[str, Any]]
"""A shape as hexadecimal WKB, and its row."""


def layer_lines(lines: bytes) -> Iterator[tuple[dict[str, Any], list[Feature]]]:
    """Each layer's head and its features. Any: JSON that our own process wrote."""
    head: dict[str, Any] | None = None
    features: list[Feature] = []
    for line in lines.splitlines():
        read = json.loads(line)
        if isinstance(read, dict):
            if head is not None:
                yield head, features
            head, features = read, []
        else:
            features.append((read[0], read[1]))
    if head is not None:
        yield head, features


def shapes_of(hexadecimal: list[str], name: str) -> list[BaseGeometry]:
    try:
        return list(shapely.from_wkb(hexadecimal))
    except ShapelyError as error:
        raise stopped(geodata_process.UNREADABLE, name, UPLOAD) from error


def drawing_layers(
    head: dict[str, Any], shapes: list[BaseGeometry], rows: list[dict[str, Any]]
) -> list[ParsedLayer]:
    """A drawing is one layer to GDAL; to a person it has those that its draughtsman named.

    Any: JSON.
    """
    names = dict.fromkeys(str(row.get("Layer") or head["layer"]) for row in rows)
    members = {
        name: [n for n, row in enumerate(rows) if str(row.get("Layer") or head["layer"]) == name]
        for name in names
    }
    return [
        ParsedLayer(
            name, head["crs"], tuple(shapes[n] for n in chosen), tuple(rows[n] for n in chosen)
        )
        for name, chosen in members.items()
    ]
