"""Reads geodata files that nobody has vouched for, in a process of its own.

Run by `geodata_parsing`, as a program without the rest of the project: what a hostile file does to
GDAL stays here, within limits on time, memory and output, and without a network. In: a JSON file
that says what to read. Out: a JSON line per layer, followed by a line per feature.
"""

import ctypes
import json
import os
import platform
import resource
import struct
import sys
from pathlib import Path
from typing import Any, TextIO

TOO_LARGE = 3
UNREADABLE = 4
TOO_MANY = 5
"""Exit statuses that the parent puts into words."""
LONGEST_TEXT = 10_000
MOST_COLUMNS = 500

SYSTEM_CALLS = {"x86_64": (0xC000003E, (41, 59, 322)), "aarch64": (0xC00000B7, (198, 221, 281))}
"""Per machine its audit number, and there `socket`, `execve` and `execveat`."""


def main(job_file: str) -> int:
    job = json.loads(Path(job_file).read_text())
    limit(job)
    isolate()
    # Read when the library loads: formats that describe others must not make it open them.
    os.environ["OGR_SKIP"] = "OGR_VRT,GDALG,HTTP,WFS,OAPIF,OGCAPI,CSW,Elasticsearch,GPSBabel"
    with Path(job["output"]).open("w", encoding="utf-8") as output:
        try:
            return read_all(job, output)
        except (MemoryError, OSError):
            return TOO_LARGE


def limit(job: dict[str, Any]) -> None:
    """Any: JSON. The memory counts what is only reserved, so it is generous."""
    seconds, memory, written = job["cpu_s"], job["memory"], job["unpacked_size"]
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, written),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (wanted, wanted))


def isolate() -> None:
    """From here on no socket can be opened and no program started, by a filter of the kernel.

    Where the kernel or the machine has none, the other fences stand alone.
    """
    known = SYSTEM_CALLS.get(platform.machine())
    if known is None or sys.platform != "linux":
        return
    machine, refused = known
    load, jump_if_equal, answer = 0x20, 0x15, 0x06
    rules = [(load, 0, 0, 4), (jump_if_equal, 0, len(refused) + 1, machine), (load, 0, 0, 0)]
    for left, call in zip(range(len(refused), 0, -1), refused, strict=True):
        rules.append((jump_if_equal, left, 0, call))
    rules += [(answer, 0, 0, 0x7FFF0000), (answer, 0, 0, 0x00050001)]
    filters = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *rule) for rule in rules))
    program = struct.pack("HL", len(rules), ctypes.addressof(filters))
    process = ctypes.CDLL(None, use_errno=True)
    no_new_privileges, seccomp, by_filter = 38, 22, 2
    process.prctl(no_new_privileges, 1, 0, 0, 0)
    process.prctl(seccomp, by_filter, program, 0, 0)


def read_all(job: dict[str, Any], output: TextIO) -> int:
    """Any: JSON."""
    import pyogrio  # noqa: PLC0415  # once the fences stand
    from pyogrio.errors import (  # noqa: PLC0415
        DataLayerError,
        DataSourceError,
        FeatureError,
        FieldError,
        GeometryError,
    )

    pyogrio.set_gdal_config_options({"DXF_CLOSED_LINE_AS_POLYGON": True, "GML_GFS_TEMPLATE": None})
    left = job["features"]
    try:
        for file in job["files"]:
            path = f"GeoJSON:{file['path']}" if file["driver"] == "GeoJSON" else file["path"]
            for layer, geometry in pyogrio.list_layers(path):
                if geometry is None:
                    continue
                if pyogrio.read_info(path, layer=layer)["driver"] not in file["drivers"]:
                    return UNREADABLE
                left -= read_layer(pyogrio, path, str(layer), left, file["name"], output)
                if left < 0:
                    return TOO_MANY
    except (
        DataSourceError, DataLayerError, FeatureError, FieldError, GeometryError, ValueError,
    ):  # fmt: skip
        return UNREADABLE
    return 0


def read_layer(
    pyogrio: Any, path: str, layer: str, left: int, file_name: str, output: TextIO
) -> int:
    """The layer written out; how many features it has. Any: the library, loaded late."""
    meta, _, shapes, columns = pyogrio.raw.read(
        path, layer=layer, force_2d=True, max_features=left + 1, datetime_as_string=True
    )
    keys = [str(key)[:100] for key in meta["fields"]][:MOST_COLUMNS]
    write(output, {"file": file_name, "layer": layer, "crs": meta["crs"]})
    for number, shape in enumerate(shapes):
        if shape is not None:
            row = {key: plain(column[number]) for key, column in zip(keys, columns, strict=False)}
            write(output, [shape.hex(), row])
    return len(shapes)


def write(output: TextIO, line: Any) -> None:
    """Any: JSON."""
    output.write(json.dumps(line, ensure_ascii=False, allow_nan=False))
    output.write("\n")


def plain(cell: Any) -> Any:
    """A cell as JSON can hold it; what is missing or no number is null. Any: as the file has it."""
    if hasattr(cell, "item"):
        cell = cell.item()
    if cell is None or (isinstance(cell, float) and not -1e308 < cell < 1e308):
        return None
    if isinstance(cell, bool | int | float):
        return cell
    return str(cell).encode("utf-8", "replace").decode("utf-8")[:LONGEST_TEXT]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
