"""Documents set in type: a Typst template and what it is to say in, a PDF or a picture out.

The templates lie in `templates/typst`; `look.typ` holds what they share. They are told everything
as JSON, so that nothing a person wrote is ever read as markup. Only our own typeface is used.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
import segno
import typst

from frontend.assets import packages_folder

log = logging.getLogger("sitefinder")

TEMPLATES = Path(__file__).parent / "templates" / "typst"
ACCESSIBLE = "ua-1"
"""PDF/UA-1: Typst refuses what somebody who listens to a document could not follow."""
WEIGHTS = ("400Regular", "500Medium", "600SemiBold", "700Bold")


@dataclass(frozen=True, kw_only=True)
class Document:
    """A template by its file name, and what it says: words, numbers and lists.

    `look.typ` asks for `language`, `title`, `subject` and `day` in every document. Any: JSON.
    """

    template: str
    said: Mapping[str, Any]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """PNG, JPEG, WebP or SVG, by the names that `said` gives them: `map.svg`."""


def pdf(document: Document, made: date) -> bytes:
    """A tagged PDF, the same bytes each time it is made on that day."""
    at = datetime.combine(made, time(), UTC)
    try:
        return compiled(document, format="pdf", timestamp=at, pdf_standards=[ACCESSIBLE])
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        # A sign that our typeface lacks, as in a name in Chinese, is no reason to refuse: the
        # document is as well tagged, but may not call itself PDF/UA.
        log.warning("A document cannot be PDF/UA: %s", error.message)
        return compiled(document, format="pdf", timestamp=at)


def png(document: Document, pixels_per_inch: float = 72) -> bytes:
    """The first page as a picture: with 72, as many pixels as it has points."""
    return compiled(document, format="png", ppi=pixels_per_inch)


def compiled(document: Document, **wanted: Any) -> bytes:
    """In a folder of its own, since Typst takes only text from memory. Any: options of
    `typst.compile`."""
    with TemporaryDirectory(prefix="sitefinder-") as folder:
        root = Path(folder)
        for template in TEMPLATES.glob("*.typ"):
            (root / template.name).write_bytes(template.read_bytes())
        (root / "said.json").write_bytes(orjson.dumps(document.said))
        for name, picture in document.pictures.items():
            (root / name).write_bytes(picture)
        return bytes(
            typst.compile(str(root / document.template), root=folder, font_paths=fonts(), **wanted)
        )


@cache
def fonts() -> typst.Fonts:
    """Read once. Typst's own typefaces stand in for what Inter has no letter for."""
    folder = packages_folder() / "@expo-google-fonts" / "inter"
    return typst.Fonts(
        include_system_fonts=False, font_paths=[str(folder / weight) for weight in WEIGHTS]
    )


def qr_code(address: str) -> bytes:
    """An SVG of the code that leads to an address."""
    written = BytesIO()
    segno.make(address, error="m", micro=False).save(
        written, kind="svg", border=0, dark="#1a1e1b", xmldecl=False
    )
    return written.getvalue()
