"""What a version changed among the photos and documents of a site or a profile."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from catalogue.files import files
from catalogue.files.files import SiteFile


@dataclass(frozen=True)
class FileChange:
    """One file before and after; None where it was not there."""

    file: SiteFile
    """As it was described last."""
    old: SiteFile | None
    new: SiteFile | None


def file_changes(old: Iterable[SiteFile], new: Iterable[SiteFile]) -> tuple[FileChange, ...]:
    """The files that were added, described anew, moved or removed, in the order they stand."""
    before = {file.id: file for file in old}
    after = {file.id: file for file in new}
    stayed = {number for number, file in before.items() if is_same(file, after.get(number))}
    # Those that are there now lead, in their order and as they are described now.
    every = after | before | after
    return tuple(
        FileChange(file, before.get(number), after.get(number))
        for number, file in every.items()
        if number not in stayed
    )


def is_same(old: SiteFile, new: SiteFile | None) -> bool:
    return new is not None and new.version == old.version


def of_rows(session: Session, newest_first: Sequence[RowMapping]) -> list[tuple[FileChange, ...]]:
    """What each version's row changed from the one after it; the last one, all that it has."""
    kept = files.as_uploaded(session, [row["state"].get("uploads", {}) for row in newest_first])
    return [file_changes(old, new) for new, old in zip(kept, [*kept[1:], ()], strict=False)]
