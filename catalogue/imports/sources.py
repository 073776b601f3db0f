"""What a row of the sheet of sources says, in words, to the provenance it stands for and back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from catalogue.changes import LONGEST_SOURCE
from catalogue.fields import Visibility
from catalogue.imports.cells import clears, read_day
from catalogue.imports.headings import SOURCE_PARTS
from catalogue.imports.rows import Part
from catalogue.provenance import BASIS_LABELS, STATE_LABELS, Provenance
from catalogue.values import BadValue
from geo.texts import Language, Text

VISIBILITY_LABELS: dict[Visibility, Text] = {
    "public": Text("alla", "everybody"),
    "registered": Text("registrerade läsare", "registered readers"),
    "internal": Text("kommunen och projektet", "the municipality and the project"),
}
VOCABULARIES: dict[str, Mapping[Any, Text]] = {
    "state": STATE_LABELS,
    "basis": BASIS_LABELS,
    "visibility": VISIBILITY_LABELS,
}
"""Any: each is keyed by its own literals."""
DAYS = ("as_of", "asked_on")


def source_cells(behind: Provenance, language: Language) -> list[str | date | None]:
    """The cells of one value's row, in the order of `SOURCE_PARTS`."""
    said = {part: getattr(behind, part) or None for part in SOURCE_PARTS}
    return [
        VOCABULARIES[part][value].in_language(language) if value and part in VOCABULARIES else value
        for part, value in said.items()
    ]


def says_same(part: Part, behind: Provenance | None, language: Language) -> bool:
    """Whether the row is as the template wrote it, word for word: most rows are."""
    if behind is None:
        return False
    given = [part.given(name) for name in SOURCE_PARTS]
    return given == source_cells(behind, language)


def read_source(part: Part, language: Language) -> dict[str, Any]:
    """The parts of a value object but for the value, dates as days; a cleared part is left out.

    Raises `BadPart`, which says in which column. Any: for `changes.read_changes`.
    """
    found: dict[str, Any] = {}
    for name in SOURCE_PARTS:
        raw = part.given(name)
        if raw is None or clears(raw):
            continue
        try:
            found[name] = read_part(name, raw, language)
        except BadValue as refusal:
            raise BadPart(name, refusal.text) from None
    return found


class BadPart(BadValue):
    """A cell of the row that cannot be read."""

    def __init__(self, name: str, text: Text) -> None:
        super().__init__(text)
        self.name = name


def read_part(name: str, raw: object, language: Language) -> Any:
    """Any: a code, a day or a text."""
    if name in DAYS:
        return read_day(raw)
    text = " ".join(str(raw).split())
    if name in VOCABULARIES:
        for code, words in VOCABULARIES[name].items():
            if text.casefold() in (code, *(word.casefold() for word in words)):
                return code
        raise BadValue(
            Text("”{raw}” finns inte. Välj bland: {words}.", "“{raw}” is unknown. Choose among: {words}.")
            .format(
                raw=text[:40],
                words=Text(
                    "; ".join(words.sv for words in VOCABULARIES[name].values()),
                    "; ".join(words.en for words in VOCABULARIES[name].values()),
                ),
            )
        )  # fmt: skip
    if len(text) > LONGEST_SOURCE:
        raise BadValue(
            Text("Högst {most} tecken.", "At most {most} characters.").format(most=LONGEST_SOURCE)
        )
    return text
