"""Changes among photos and documents in words: which file, and what of it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from catalogue.files.file_types import TYPES, FileKind
from catalogue.files.files import SiteFile
from catalogue.history.file_changes import FileChange
from catalogue.imports.sources import VISIBILITY_LABELS
from frontend.difference_lines import DifferenceLine, Said
from frontend.formats import date_text, size_text
from geo.texts import Language, Text

Happening = Literal["added", "changed", "removed"]

KINDS: dict[FileKind, Text] = {
    "photo": Text("Bild", "Photo"),
    "document": Text("Dokument", "Document"),
}
HAPPENED: dict[tuple[FileKind, Happening], tuple[Text, Text]] = {
    ("photo", "added"): (
        Text("Bild tillagd: {names}", "Photo added: {names}"),
        Text("Bilder tillagda: {names}", "Photos added: {names}"),
    ),
    ("photo", "changed"): (
        Text("Bild beskriven på nytt: {names}", "Photo described anew: {names}"),
        Text("Bilder beskrivna på nytt: {names}", "Photos described anew: {names}"),
    ),
    ("photo", "removed"): (
        Text("Bild borttagen: {names}", "Photo removed: {names}"),
        Text("Bilder borttagna: {names}", "Photos removed: {names}"),
    ),
    ("document", "added"): (
        Text("Dokument tillagt: {names}", "Document added: {names}"),
        Text("Dokument tillagda: {names}", "Documents added: {names}"),
    ),
    ("document", "changed"): (
        Text("Dokument beskrivet på nytt: {names}", "Document described anew: {names}"),
        Text("Dokument beskrivna på nytt: {names}", "Documents described anew: {names}"),
    ),
    ("document", "removed"): (
        Text("Dokument borttaget: {names}", "Document removed: {names}"),
        Text("Dokument borttagna: {names}", "Documents removed: {names}"),
    ),
}
"""For one file, and for several."""
NOT_THERE = Text("Fanns inte", "Was not there")
TAKEN_AWAY = Text("Borttagen", "Removed")
NO_WORDS = Text("Utan beskrivning", "Without words")
FACETS: tuple[tuple[str, Text], ...] = (
    ("alt_sv", Text("Vad bilden visar", "What the picture shows")),
    ("caption_sv", Text("Text", "Words")),
    ("day", Text("Datum", "Date")),
    ("visibility", Text("Ses av", "Seen by")),
    ("alt_en", Text("Vad bilden visar, på engelska", "What the picture shows, in English")),
    ("caption_en", Text("Text på engelska", "Words in English")),
    ("position", Text("Plats i ordningen", "Place in the order")),
)
"""What people say about a file, and the names it goes by."""


def called(file: SiteFile, language: Language) -> str:
    """What a reader knows the file by: its words, and where it has none, its name."""
    words = {"sv": file.caption_sv, "en": file.caption_en}
    return words[language] or file.caption_sv or file.caption_en or file.name


def happening(change: FileChange) -> Happening:
    if change.old is None:
        return "added"
    return "removed" if change.new is None else "changed"


def happened(changes: Sequence[FileChange], language: Language) -> list[str]:
    """`Bild tillagd: Från söder.jpg`: one phrase for all files that the same thing happened to."""
    alike: dict[tuple[FileKind, Happening], list[str]] = {}
    for one in changes:
        names = alike.setdefault((one.file.kind, happening(one)), [])
        names.append(called(one.file, language))
    return [
        HAPPENED[what][len(names) > 1].format(names=", ".join(names)).in_language(language)
        for what, names in alike.items()
    ]


def file_lines(changes: Iterable[FileChange], language: Language) -> list[DifferenceLine]:
    """Each file that changed, with what differs before and after."""
    return [
        DifferenceLine(
            key="",
            label=f"{KINDS[one.file.kind].in_language(language)}: {called(one.file, language)}",
            old=said(one.old, one.new, NOT_THERE, language),
            new=said(one.new, one.old, TAKEN_AWAY, language),
        )
        for one in changes
    ]


def said(file: SiteFile | None, other: SiteFile | None, gone: Text, language: Language) -> Said:
    """One side of a change; `gone` says that the file is not there."""
    if file is None:
        return Said(text=gone.in_language(language), source="", mark=None)
    if other is None:
        return Said(text=file.name, source=facts(file, language), mark=None)
    words = "; ".join(facets(file, other, language))
    return Said(text=words or NO_WORDS.in_language(language), source="", mark=None)


def facets(file: SiteFile, other: SiteFile, language: Language) -> Iterator[str]:
    """What is said of the file where the other says something else."""
    for name, label in FACETS:
        value = getattr(file, name)
        if value != getattr(other, name) and value not in ("", None):
            yield f"{label.in_language(language)}: {facet(file, name, language)}"


def facet(file: SiteFile, name: str, language: Language) -> str:
    if name == "visibility":
        return VISIBILITY_LABELS[file.visibility].in_language(language)
    if name == "day" and file.day is not None:
        return date_text(file.day, language)
    return str(getattr(file, name))


def facts(file: SiteFile, language: Language) -> str:
    """`JPEG, 2,4 MB, ses av kommunen och projektet`."""
    return (
        Text("{kind}, {size}, ses av {whom}", "{kind}, {size}, seen by {whom}")
        .format(
            kind=TYPES[file.media_type].label,
            size=size_text(file.size_bytes, language),
            whom=VISIBILITY_LABELS[file.visibility],
        )
        .in_language(language)
    )
