"""One theme of progress between two days: its fields by municipality, and what they come to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalogue.fields import Field, Theme
from catalogue.progress.progress import Progress
from catalogue.progress.progress_fields import FieldCount, FieldCounts, fields_of, fields_on


@dataclass(frozen=True)
class ThemeProgress:
    """One theme on the day shown and on the day compared with."""

    theme: Theme
    fields: Sequence[Field]
    now: FieldCounts
    before: FieldCounts

    def count(self, code: str = "", key: str = "") -> FieldCount:
        """On the day shown; an empty code is every municipality, an empty key every field."""
        return summed(self.now, code, key)

    def earlier(self, code: str = "", key: str = "") -> FieldCount:
        """The same on the day compared with."""
        return summed(self.before, code, key)


def summed(counts: FieldCounts, code: str, key: str) -> FieldCount:
    wanted: Iterable[FieldCount] = (
        count
        for (place, field), count in counts.items()
        if code in ("", place) and key in ("", field)
    )
    return sum(wanted, FieldCount())


def theme_progress(session: Session, progress: Progress, theme: Theme) -> ThemeProgress:
    """Of the municipalities that the progress is of."""
    codes = [row.code for row in progress.rows]
    now, before = (
        fields_on(session, day, theme, codes, progress.shelf_life)
        for day in (progress.as_of, progress.since)
    )
    return ThemeProgress(theme, fields_of(theme), now, before)
