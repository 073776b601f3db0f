"""What a file is by its content, whatever it is called, and which kinds are taken at all."""

import re
import unicodedata
from dataclasses import dataclass
from typing import IO, Literal
from zipfile import BadZipFile, ZipFile

from catalogue.errors import FileNotAccepted
from geo.texts import Text

FileKind = Literal["photo", "document"]
HEAD_BYTES = 64
LONGEST_PART = 1_000_000
"""Bytes read of a part of an office file; those that tell its type are far smaller."""
LONGEST_NAME = 80
OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"


@dataclass(frozen=True)
class FileType:
    kind: FileKind
    media_type: str
    ending: str
    label: Text


JPEG = FileType("photo", "image/jpeg", "jpg", Text("JPEG", "JPEG"))
PNG = FileType("photo", "image/png", "png", Text("PNG", "PNG"))
WEBP = FileType("photo", "image/webp", "webp", Text("WebP", "WebP"))
HEIC = FileType("photo", "image/heic", "heic", Text("HEIC", "HEIC"))
"""What phones make and few browsers show: taken, and kept as JPEG."""
PDF = FileType("document", "application/pdf", "pdf", Text("PDF", "PDF"))
OFFICE = {
    f"{OOXML}.wordprocessingml.document": FileType(
        "document", f"{OOXML}.wordprocessingml.document", "docx", Text("Word", "Word")
    ),
    f"{OOXML}.spreadsheetml.sheet": FileType(
        "document", f"{OOXML}.spreadsheetml.sheet", "xlsx", Text("Excel", "Excel")
    ),
    f"{OOXML}.presentationml.presentation": FileType(
        "document", f"{OOXML}.presentationml.presentation", "pptx", Text("PowerPoint", "PowerPoint")
    ),
    f"{ODF}.text": FileType(
        "document", f"{ODF}.text", "odt", Text("OpenDocument-text", "OpenDocument text")
    ),
    f"{ODF}.spreadsheet": FileType(
        "document", f"{ODF}.spreadsheet", "ods", Text("OpenDocument-kalkyl", "OpenDocument sheet")
    ),
}
TYPES: dict[str, FileType] = {
    **{one.media_type: one for one in (JPEG, PNG, WEBP, PDF)},
    **OFFICE,
}
SHOWN_INLINE = frozenset({JPEG.media_type, PNG.media_type, WEBP.media_type, PDF.media_type})
"""What a browser shows by itself; the rest is handed over as a file."""
ACCEPTED = ", ".join([*(f".{one.ending}" for one in TYPES.values()), ".jpeg", ".heic", ".heif"])
"""The endings that a browser offers to choose from."""
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1")
OTHER_BRANDS = (b"hevc", b"hevx", b"msf1", b"avif", b"avis")
"""Films, and pictures that are not opened here."""


def file_type(content: IO[bytes], name: str) -> FileType:
    """What the content is; raises `FileNotAccepted`, which says what to do about it."""
    content.seek(0)
    head = content.read(HEAD_BYTES)
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return office_type(content, name)
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        return HEIC
    if head[4:8] == b"ftyp" and head[8:12] in OTHER_BRANDS:
        raise FileNotAccepted(
            Text(
                "{name} är en rörlig bild eller en bild i formatet AVIF. Spara den som JPEG och "
                "försök igen.",
                "{name} is a moving picture, or one in AVIF. Save it as JPEG and try again.",
            ).format(name=name)
        )
    raise not_accepted(name)


def not_accepted(name: str) -> FileNotAccepted:
    return FileNotAccepted(
        Text(
            "{name} är inte av en typ som tas emot. Välj en bild (JPEG, HEIC, PNG, WebP) eller ett "
            "dokument (PDF, Word, Excel, PowerPoint, OpenDocument).",
            "{name} is not of a type that is accepted. Choose a picture (JPEG, HEIC, PNG, WebP) or a "
            "document (PDF, Word, Excel, PowerPoint, OpenDocument).",
        ).format(name=name)
    )


def office_type(content: IO[bytes], name: str) -> FileType:
    """Office files are ZIP archives that say in one part what they are."""
    try:
        with ZipFile(content) as archive:
            parts = set(archive.namelist())
            if "mimetype" in parts:
                said = part(archive, "mimetype").decode("ascii", "replace").strip()
            elif "[Content_Types].xml" in parts:
                said = main_part_type(part(archive, "[Content_Types].xml"))
            else:
                said = ""
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise not_accepted(name) from error
    if said not in OFFICE or any(one.endswith(("vbaProject.bin", "Basic/")) for one in parts):
        raise FileNotAccepted(
            Text(
                "{name} är ett arkiv eller en fil med makron, och sådana tas inte emot. Spara "
                "innehållet som PDF eller utan makron.",
                "{name} is an archive or a file with macros, which are not accepted. Save the "
                "content as PDF or without macros.",
            ).format(name=name)
        )
    return OFFICE[said]


def part(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as opened:
        return opened.read(LONGEST_PART)


MAIN_PART = re.compile(
    rb'"(application/vnd\.openxmlformats-officedocument\.[a-z.]+)\.main\+xml"', re.IGNORECASE
)


def main_part_type(content_types: bytes) -> str:
    """The type of the part that the others belong to; empty where none is known."""
    found = MAIN_PART.search(content_types)
    return found.group(1).decode() if found else ""


UNSAFE = re.compile(r"[^\w .()+,&-]+")


def safe_name(given: str, type: FileType) -> str:
    """A file's name for an address and a download: no folders, no odd characters, its own ending.

    A name that is a number alone is the address of a preview.
    """
    last = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    stem = last.rpartition(".")[0] or last
    stem = " ".join(UNSAFE.sub(" ", stem).split())[:LONGEST_NAME].strip(" .")
    if not stem or stem.isdecimal():
        stem = f"fil {stem}".strip()
    return f"{stem}.{type.ending}"
