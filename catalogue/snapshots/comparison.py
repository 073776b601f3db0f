"""Two snapshots beside each other, by what each of them says: nothing is counted anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy.orm import Session

from catalogue.snapshots import snapshots
from catalogue.snapshots.snapshots import FIGURES_FILE, Snapshot
from geo.texts import Text

Value = float | None


@dataclass(frozen=True, kw_only=True)
class Line:
    """A figure of a municipality, or of all, in both."""

    municipality: str
    """Its code; empty for all of them together."""
    key: str
    name: Text
    unit: Text
    before: Value
    after: Value

    @property
    def change(self) -> Value:
        """None where one of the two does not say the figure."""
        if self.before is None or self.after is None:
            return None
        return round(self.after - self.before, 2)


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """From the snapshot that shows the earlier day to the other."""

    before: Snapshot
    after: Snapshot
    names: dict[str, str]
    """By municipality code; the whole stands under the empty text."""
    lines: Sequence[Line]

    @property
    def is_defined_alike(self) -> bool:
        """Whether all figures mean the same in both."""
        return self.before.definitions_version == self.after.definitions_version

    def of(self, municipality: str) -> list[Line]:
        return [line for line in self.lines if line.municipality == municipality]


def compare(session: Session, first: int, second: int) -> Comparison:
    """Raises `NoSuchSnapshot`."""
    before, after = sorted(
        (snapshots.find(session, number) for number in (first, second)),
        key=lambda one: (one.as_of, one.number),
    )
    then, now = figures_of(session, before.number), figures_of(session, after.number)
    told = {
        one["key"]: (
            Text(one["name_sv"], one["name_en"]),
            Text(one["unit_sv"], one["unit_en"]),
        )
        for figures in (then, now)
        for one in figures["figures"]
    }
    earlier, later = by_place(then), by_place(now)
    places = {one["code"]: one["name"] for one in (*then["municipalities"], *now["municipalities"])}
    return Comparison(
        before=before,
        after=after,
        names={"": "", **places},
        lines=[
            Line(
                municipality=code,
                key=key,
                name=name,
                unit=unit,
                before=earlier.get((code, key)),
                after=later.get((code, key)),
            )
            for code in ("", *places)
            for key, (name, unit) in told.items()
            if (code, key) in earlier or (code, key) in later
        ],
    )


def figures_of(session: Session, number: int) -> dict[str, Any]:
    """What a snapshot says, as its JSON has it. Any: JSON."""
    content: dict[str, Any] = orjson.loads(snapshots.file(session, number, FIGURES_FILE))
    return content


def by_place(figures: dict[str, Any]) -> dict[tuple[str, str], Value]:
    """Values by municipality code and key; the empty code is all of them. Any: JSON."""
    places = [("", figures["total"]), *((one["code"], one) for one in figures["municipalities"])]
    return {
        (code, key): said["value"]
        for code, place in places
        if place
        for key, said in place["figures"].items()
    }
