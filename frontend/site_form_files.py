"""The part of a form where photos and documents are added, described and put in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogue.files.file_forms import control, form_texts, given
from catalogue.files.file_types import ACCEPTED, TYPES
from catalogue.files.files import SiteFile
from catalogue.files.site_files import LONGEST, FileVersion
from frontend.formats import size_text
from frontend.rendering import Page, address, render
from frontend.site_form import NOTHING, Outcome, surroundings
from frontend.site_form_fields import VISIBILITIES
from frontend.site_form_parts import FILES, OpenSite, moment_text
from geo.texts import Language, Text

CHANGES: tuple[tuple[str, Text], ...] = (
    ("added", Text("Lade till", "Added")),
    ("removed_at", Text("Tog tillbaka", "Brought back")),
    ("visibility", Text("Ändrade vem som ser", "Changed who sees")),
    ("position", Text("Flyttade", "Moved")),
)
"""What happened to a file, by the column that tells; the first that fits."""
NO_FILES = Text(
    "Här visas platsens bilder och dokument när du har laddat upp några. Flygbilder gör störst nytta.",
    "The site's photos and documents are shown here once you have uploaded some. Aerial pictures "
    "help most.",
)
REMOVED = Text("Tog bort", "Removed")
DESCRIBED = Text("Beskrev", "Described")


@dataclass(frozen=True, kw_only=True)
class FilesStep:
    """What the section shows beside the files themselves, and what just happened."""

    limit_mb: int
    removed: Sequence[SiteFile]
    trail: Sequence[FileVersion]
    kept: int = 0
    """How many files have just been added."""
    is_saved: bool = False
    just_removed: int | None = None


@dataclass(frozen=True, kw_only=True)
class FileCard:
    """One file in the form."""

    file: SiteFile
    texts: Mapping[str, str]
    errors: Mapping[str, str]
    facts: str
    is_first: bool
    is_last: bool

    def name(self, key: str) -> str:
        return control(self.file.id, key)

    @property
    def is_photo(self) -> bool:
        return self.file.kind == "photo"

    @property
    def lacks_words(self) -> bool:
        """Whether the photo waits for words before it can be shown."""
        return self.is_photo and not self.file.alt_sv

    @property
    def thumbnail(self) -> str:
        return next(iter(self.file.thumbnails.values()), "")


def files_page(page: Page, opened: OpenSite, step: FilesStep, outcome: Outcome = NOTHING) -> str:
    return render(
        "workspace/files.html",
        page,
        **surroundings(page, opened, FILES, outcome),
        **files_parts(opened.site.files, step, outcome, page.language),
        no_files=NO_FILES,
        upload_api=f"/api/v1/sites/{opened.site.reference}/files",
        upload_href=address(page.language, f"{opened.path}/files"),
        changes_href=address(page.language, f"{opened.path}/files/changes"),
        onward_href=address(page.language, opened.path, theme=FILES),
    )


def files_parts(
    found: Sequence[SiteFile], step: FilesStep, outcome: Outcome, language: Language
) -> dict[str, object]:
    """What the section shows of a site's files, or of a municipality's."""
    return {
        "uploads": step,
        "accept": ACCEPTED,
        "visibilities": [(code, text.in_language(language)) for code, text in VISIBILITIES],
        "upload_errors": [
            fault.text.in_language(language) for fault in outcome.faults if fault.where == "file"
        ],
        "longest": LONGEST,
        "groups": [
            (Text("Bilder", "Photos"), cards("photo", found, outcome, language)),
            (Text("Dokument", "Documents"), cards("document", found, outcome, language)),
        ],
        "has_files": bool(found),
        "removed_names": [(one, facts(one, language)) for one in step.removed],
        "file_history": [
            (moment_text(one.recorded_at, language), one.actor, happened(one), one.name)
            for one in step.trail
        ],
    }


def cards(
    kind: str, found: Sequence[SiteFile], outcome: Outcome, language: Language
) -> list[FileCard]:
    own = [one for one in found if one.kind == kind]
    errors = {fault.where: fault.text.in_language(language) for fault in outcome.faults}
    return [
        FileCard(
            file=file,
            texts={**form_texts(file), **given(file, outcome.texts)},
            errors={
                key: errors[control(file.id, key)]
                for key in (*LONGEST, "date", "visibility")
                if control(file.id, key) in errors
            },
            facts=facts(file, language),
            is_first=number == 0,
            is_last=number == len(own) - 1,
        )
        for number, file in enumerate(own)
    ]


def facts(file: SiteFile, language: Language) -> str:
    """`JPEG, 2,4 MB, 4 096 × 2 731`."""
    parts = [TYPES[file.media_type].label.in_language(language)]
    parts.append(size_text(file.size_bytes, language))
    if file.width and file.height:
        parts.append(f"{file.width} × {file.height}")
    if file.pages:
        word = Text("sida", "page") if file.pages == 1 else Text("sidor", "pages")
        parts.append(f"{file.pages} {word.in_language(language)}")
    return ", ".join(parts)


def happened(version: FileVersion) -> Text:
    """What a change did, in a word or two before the file's name."""
    if "removed_at" in version.changed and version.is_removed:
        return REMOVED
    return next((word for column, word in CHANGES if column in version.changed), DESCRIBED)
