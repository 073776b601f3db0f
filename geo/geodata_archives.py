"""Zip files taken apart with care: nothing in one is trusted, its sizes and names least of all."""

import stat
import zlib
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from geo.errors import InvalidGeodata
from geo.geodata import Limits
from geo.geodata_kinds import HEAD, KINDS, SHAPEFILE, ZIPPED, Kind, kind_of, refused
from geo.texts import Text

BESIDE_SHAPES = (".shx", ".dbf", ".prj", ".cpg")
"""What is read beside a .shp of the same name."""
STEEPEST = 400
"""Times that an entry may grow; geodata packs to a tenth, a bomb to a thousandth."""
SMALL = 1_000_000
"""Bytes below which a steep entry harms nobody."""
CHUNK = 1 << 20


def zipped_shapefile(file: Path) -> bytes:
    """A .shp and what lies beside it, as one zip."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for path in sorted(file.parent.glob(f"{file.stem}.*")):
            if path.suffix.lower() in (file.suffix.lower(), *BESIDE_SHAPES):
                archive.write(path, path.name)
    return packed.getvalue()


def unpacked(
    content: bytes, name: str, folder: Path, limits: Limits
) -> list[tuple[Path, Kind, str]]:
    """The geodata files of a zip, in the folder under names of our own: path, kind, their name.

    Raises `InvalidGeodata`.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = accepted(archive, name, limits)
            found = list(geodata_of(archive, entries, folder, name, limits))
    except (BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError) as error:
        raise refused(
            name,
            Text("är skadad eller låst. Packa den på nytt", "is damaged or locked. Zip it again"),
        ) from error
    if not found:
        raise refused(
            name,
            Text(
                "innehåller ingen fil med geodata. Packa .shp, .shx, .dbf och .prj tillsammans",
                "holds no file of geodata. Zip .shp, .shx, .dbf and .prj together",
            ),
        )
    return found


def accepted(archive: ZipFile, name: str, limits: Limits) -> list[ZipInfo]:
    """The entries, once none of them is a danger by what the zip says of itself."""
    entries = [one for one in archive.infolist() if not one.is_dir()]
    if len(entries) > limits.entries:
        raise refused(
            name,
            Text("innehåller fler än {n} filer", "holds more than {n} files").format(
                n=limits.entries
            ),
        )
    if sum(one.file_size for one in entries) > limits.unpacked_size:
        raise too_large(name, limits)
    for one in entries:
        path = PurePosixPath(one.filename)
        if stat.S_ISLNK(one.external_attr >> 16):
            raise refused(name, Text("innehåller en länk", "holds a link"))
        if path.is_absolute() or ".." in path.parts or "\\" in one.filename or ":" in one.filename:
            raise refused(
                name,
                Text(
                    "innehåller en fil som pekar utanför sin mapp",
                    "holds a file that points out of its folder",
                ),
            )
        if one.file_size > max(SMALL, STEEPEST * one.compress_size):
            raise too_large(name, limits)
    return [one for one in entries if "__MACOSX" not in one.filename]


def too_large(name: str, limits: Limits) -> InvalidGeodata:
    return refused(
        name,
        Text(
            "blir orimligt stor när den packas upp, högst {n} MB tas emot",
            "becomes unreasonably large when unpacked, at most {n} MB are accepted",
        ).format(n=limits.unpacked_size // 1_000_000),
    )


def geodata_of(
    archive: ZipFile, entries: list[ZipInfo], folder: Path, name: str, limits: Limits
) -> list[tuple[Path, Kind, str]]:
    kinds = {ending: kind for kind in KINDS for ending in kind.endings}
    by_name = {one.filename.lower(): one for one in entries}
    found, left = [], limits.unpacked_size
    for number, entry in enumerate(entries):
        path = PurePosixPath(entry.filename)
        kind = kinds.get(path.suffix.lower())
        if kind is None:
            continue
        if kind is ZIPPED:
            raise refused(
                name,
                Text(
                    "innehåller en zip i zippen. Packa upp den först",
                    "holds a zip within the zip. Unpack it first",
                ),
            )
        target = folder / f"{number}{path.suffix.lower()}"
        left = extract(archive, entry, target, left, name, limits)
        if kind.endings[0] == ".gml" and path.suffix.lower() == ".xml" and not looks(target, kind):
            continue  # the description that lies beside many a Shapefile
        with target.open("rb") as file:
            kind_of(file.read(HEAD), path.name)
        if kind is SHAPEFILE:
            for ending in BESIDE_SHAPES:
                beside = by_name.get(str(path.with_suffix(ending)).lower())
                if beside:
                    left = extract(archive, beside, target.with_suffix(ending), left, name, limits)
            if not target.with_suffix(".shx").exists():
                raise refused(
                    name,
                    Text(
                        "saknar .shx till {shp}. Packa .shp, .shx, .dbf och .prj tillsammans",
                        "lacks the .shx of {shp}. Zip .shp, .shx, .dbf and .prj together",
                    ).format(shp=path.name),
                )
            say_encoding(target)
        found.append((target, kind, path.stem))
    return found


def say_encoding(shapes: Path) -> None:
    """Marks attributes in UTF-8 where nothing does; GDAL would take them for Latin 1.

    Swedish text in Latin 1 is practically never valid UTF-8.
    """
    table, mark = shapes.with_suffix(".dbf"), shapes.with_suffix(".cpg")
    if mark.exists() or not table.exists():
        return
    content = table.read_bytes()
    rows = content[int.from_bytes(content[8:10], "little") :]
    try:
        is_utf8 = not rows.isascii() and bool(rows.decode("utf-8"))
    except UnicodeDecodeError:
        is_utf8 = False
    if is_utf8:
        mark.write_text("UTF-8")


def looks(file: Path, kind: Kind) -> bool:
    with file.open("rb") as opened:
        return kind.looks_like(opened.read(HEAD))


def extract(
    archive: ZipFile, entry: ZipInfo, target: Path, left: int, name: str, limits: Limits
) -> int:
    """One entry written out, counted as it comes; the bytes that others may still take."""
    with archive.open(entry) as source, target.open("wb") as file:
        while chunk := source.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise too_large(name, limits)
            file.write(chunk)
    return left
