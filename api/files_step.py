"""The step of a form where files are added, described and put in order, of a site or a profile."""

from collections.abc import Sequence

from sqlalchemy.orm import Session
from starlette.datastructures import UploadFile

from api.context import Services
from api.uploads import FindOwner, keep
from catalogue.database import Actor
from catalogue.errors import CatalogueError, FileNotAccepted, FileTooLarge, Invalid
from catalogue.files import file_forms, files, site_files
from catalogue.files.file_forms import HasFiles
from catalogue.files.files import Owner
from catalogue.forms.form_texts import Texts, first
from frontend.site_form_files import FilesStep
from geo.texts import Text

SHOWN_VERSIONS = 10
STEPS = {"up": -1, "down": 1}


def files_step(session: Session, services: Services, owner: Owner, saved: str = "") -> FilesStep:
    """`saved` is `kept-3` after three were added, `removed-7` or `files` after a change."""
    what, _, said = saved.partition("-")
    count = number(said)
    return FilesStep(
        limit_mb=services.settings.file_limit_mb,
        removed=files.removed_of(session, owner),
        trail=site_files.trail(session, owner, SHOWN_VERSIONS),
        kept=count if what == "kept" else 0,
        is_saved=saved == "files",
        just_removed=count if what == "removed" else None,
    )


def kept_one_by_one(
    services: Services, editor: Actor, find_owner: FindOwner, sent: Sequence[UploadFile]
) -> tuple[int, list[CatalogueError]]:
    """How many were kept, and why the others were not."""
    if not sent:
        with services.databases.writing(editor) as session:
            find_owner(session)
        return 0, [Invalid((), Text("Välj minst en fil.", "Choose at least one file."))]
    count = 0
    refusals: list[CatalogueError] = []
    for one in sent:
        try:
            keep(services, editor, find_owner, [one])
            count += 1
        except (FileTooLarge, FileNotAccepted) as refusal:
            refusals.append(refusal)
    return count, refusals


def changed(session: Session, services: Services, described: HasFiles, texts: Texts) -> str:
    """Everything that was typed is saved, then the step of the button that was pressed.

    What `files_step` is told of it; raises `Invalid`.
    """
    is_changed = file_forms.save(session, described, texts, services.rules)
    pressed(session, services, described.owner, texts)
    if removed := first(texts, "remove"):
        return f"removed-{number(removed)}"
    return "files" if is_changed or first(texts, "move") or first(texts, "restore") else "nothing"


def pressed(session: Session, services: Services, owner: Owner, texts: Texts) -> None:
    """A file one step up or down among those of its kind, removed, or brought back."""
    rules = services.rules
    if move := first(texts, "move"):
        file_id, _, way = move.partition(":")
        site_files.step(session, owner, number(file_id), STEPS.get(way, 0), rules)
    if removed := first(texts, "remove"):
        site_files.remove(session, owner, number(removed), rules)
    if restored := first(texts, "restore"):
        site_files.restore(session, owner, number(restored), services.files, rules)


def at_moved(path: str, texts: Texts) -> str:
    """The address with the file that was moved in view."""
    moved, _, _ = first(texts, "move").partition(":")
    return f"{path}#file-{moved}" if moved else path


def number(text: str) -> int:
    """Of a file; 0, which no file has, for what is no number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
