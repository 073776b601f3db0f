"""The list behind a figure: its lines, what each adds on two days, and the steps between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from catalogue.history.differences import Side
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.figure_definitions import Definition
from catalogue.progress.figures import Figure
from catalogue.progress.progress import Span
from catalogue.provenance import ShelfLife
from geo.texts import Text


@dataclass(frozen=True)
class Part:
    """What one thing, or all of them, come to under a figure on one day."""

    value: float | None = None
    """In the figure's unit; None where there is nothing to work it out from."""
    share: tuple[float, float] | None = None
    """Of a share: how many count, and of how many; fields, each by its level's weight."""

    @property
    def is_nothing(self) -> bool:
        return not self.share[1] if self.share else not self.value


NOTHING = Part()
UNSAID = Side()
Difference = float | tuple[float, float]


def difference(before: Part, now: Part) -> Difference:
    """How much larger; for a share how many more count, and of how many more."""
    if before.share or now.share:
        (counts, of), (counted, out_of) = now.share or (0, 0), before.share or (0, 0)
        return round(counts - counted, 2), round(of - out_of, 2)
    return round((now.value or 0) - (before.value or 0), 2)


def size(changed: Difference) -> float:
    """How large a difference is, for the order of the list."""
    return sum(map(abs, changed)) if isinstance(changed, tuple) else abs(changed)


LineKind = Literal["site", "profile", "other"]
StepKind = Literal["new", "field", "status", "outline", "worked_out", "time"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One cause of a line's change."""

    kind: StepKind
    key: str = ""
    """Of the field."""
    old: Side = UNSAID
    new: Side = UNSAID
    before: Part = NOTHING
    now: Part = NOTHING
    """What the line came to before the step and after it."""
    aged: tuple[str, ...] = ()
    """The fields that went stale as time passed."""
    version: int | None = None
    """The version that the step was saved as."""
    recorded_at: datetime | None = None
    role: str = ""
    """Of who saved it; empty for the catalogue's own jobs and for accounts that are gone."""

    @property
    def change(self) -> Difference:
        return difference(self.before, self.now)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that the figure counts, on the day compared with and on the day shown."""

    key: str
    """A site's reference, a municipality's code, or the number of what is counted."""
    name: Text
    municipality: str
    before: Part
    now: Part
    kind: LineKind = "other"
    status: str = ""
    """A site's on the day shown."""
    is_new: bool = False
    is_withdrawn: bool = False
    """Since the day compared with."""
    node: str = ""
    """The substation that the site shares with others, as it is written."""
    is_example: bool = False
    about: Text | None = None
    """What else tells it apart."""
    path: str = ""
    """Of its own page; empty where it has none."""
    steps: Sequence[Step] = ()
    """In the order they were taken; together they make up the change."""
    also: Sequence[str] = ()
    """The fields that changed without touching the figure."""

    @property
    def change(self) -> Difference:
        return difference(self.before, self.now)

    @property
    def has_changed(self) -> bool:
        return self.before != self.now

    @property
    def is_nothing(self) -> bool:
        """Whether the figure counts it on neither day."""
        return self.before.is_nothing and self.now.is_nothing

    @property
    def lines(self) -> "Sequence[Line]":
        return (self,)


@dataclass(frozen=True, kw_only=True)
class Group:
    """Sites that share a substation: together they come to the largest of them."""

    name: str
    """Empty for a site that names no substation."""
    lines: Sequence[Line]
    before: Part
    now: Part
    key: str
    """Of its first line."""
    counts_before: str
    counts_now: str
    """The key of the line that counts for all; empty where none does."""

    @property
    def change(self) -> Difference:
        return difference(self.before, self.now)

    @property
    def has_changed(self) -> bool:
        return self.before != self.now


@dataclass(frozen=True)
class Spread:
    """How many of a median's values are of some age at most; the last line is all of them."""

    days: int | None
    before: int
    now: int


@dataclass(frozen=True, kw_only=True)
class Behind:
    """A figure of some municipalities, or of all, and what it is made of."""

    figure: Figure
    municipalities: Sequence[str]
    """Their codes; empty for all that the reader may see, together."""
    span: Span
    before: Part
    now: Part
    changed: Sequence[Line | Group]
    """The largest change first; groups for power with each substation once, else lines."""
    unchanged: Sequence[Line | Group]
    names: dict[str, str]
    """Of the municipalities that the reader may choose among, by code."""
    spread: Sequence[Spread] = ()
    """For a median of ages: how many values are that old at most, the youngest first."""
    is_whole: bool
    """Whether the reader may see all municipalities together."""
    plan: ProjectPlan
    """With the weights of the day shown, as the shelf life is that day's."""
    shelf_life: ShelfLife

    @property
    def definition(self) -> Definition:
        return self.figure.definition

    @property
    def is_grouped(self) -> bool:
        return any(isinstance(entry, Group) for entry in (*self.changed, *self.unchanged))

    @property
    def change(self) -> float | None:
        """How the figure has changed; a sum of nothing counts as 0."""
        is_sum = not (self.before.share or self.now.share) and (self.changed or self.unchanged)
        if not is_sum and None in (self.before.value, self.now.value):
            return None
        return round((self.now.value or 0) - (self.before.value or 0), 2)
