"""Two snapshots beside each other, by what each of them says: nothing is counted anew."""

from collections.abc import Iterator, Sequence
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
    settings: Sequence[tuple[str, Any, Any]]
    """The project's settings that differ: name, before and after. Any: JSON."""

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
        for one in [*figures["figures"], *indicator_figures(figures)]
    }
    earlier, later = by_place(then), by_place(now)
    places = {one["code"]: one["name"] for one in (*then["municipalities"], *now["municipalities"])}
    return Comparison(
        before=before,
        after=after,
        names={"": "", **places},
        settings=settings_that_differ(then, now),
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


def indicator_figures(figures: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The value and the target of each indicator, as figures are told; none in older snapshots.

    Any: JSON.
    """
    for one in figures.get("indicators", ()):
        for key, value, ending in (
            (f"indicator_{one['id']}", one["value"], Text("", "")),
            (f"indicator_{one['id']}_target", one["target"], Text(", målet", ", target")),
        ):
            yield {
                **one,
                "key": key,
                "value": value,
                "name_sv": f"{one['name_sv']}{ending.sv}",
                "name_en": f"{one['name_en']}{ending.en}",
            }


def settings_that_differ(then: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Name, before and after; none of a snapshot that does not tell its settings. Any: JSON."""
    before, after = then.get("settings", {}), now.get("settings", {})
    return [
        (name, before[name], after[name])
        for name in before
        if name in after and before[name] != after[name]
    ]


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
    } | {("", one["key"]): one["value"] for one in indicator_figures(figures)}
