"""What one version of a site adds to the figures: a pure function of the version and the rules.

Kept in `counted_version`, so that no version is read twice. Dates stay ISO texts here, which
compare as days do: there are too many values for an object each.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from catalogue import completeness, fields, power, provenance, readiness
from catalogue.completeness import CONDITIONS, LEVELS, Count, applies, by_theme, counted_fields
from catalogue.fields import SITE, Theme
from catalogue.progress import ways
from catalogue.progress.ways import PLAN_EXPECTED, ways_ahead
from catalogue.provenance import BASIS_RANK, VERIFIED_RANK, Provenance
from catalogue.readiness import POWER_KEYS, Facts, Readiness
from catalogue.site import LISTED_STATUSES
from catalogue.tables.counted_versions import AMOUNT_KEYS, PARTS, THEMES, TIMES, WATER_KEYS

Counts = dict[str, Any]
"""By column of `counted_version`; Any: columns differ in type."""
Slot = tuple[Theme, int]
"""A theme and a level of fields."""
Said = Mapping[str, str]
"""What stands behind a value, as the version keeps it: the parts of `Provenance`, dates as ISO."""

AVAILABLE_STATUSES: frozenset[str] = frozenset(LISTED_STATUSES - {"established"})
"""What an investor can still have: hectares, power and water are summed over these."""
VERIFIED_BASES = frozenset(basis for basis, rank in BASIS_RANK.items() if rank >= VERIFIED_RANK)


@cache
def rules() -> str:
    """Twelve characters that differ as soon as any of the rules does: those that decide which
    fields apply, what is verified, readiness, power by year, and the counting itself."""
    modules = (completeness, power, provenance, readiness, ways)
    files = [Path(str(module.__file__)) for module in modules]
    files += [*Path(fields.__path__[0]).glob("*.py"), Path(__file__)]
    told = b"".join(file.read_bytes() for file in sorted(files))
    return hashlib.sha256(told).hexdigest()[:12]


class Statements(Mapping[str, Provenance]):
    """What stands behind each value; made into objects only where one is asked for."""

    def __init__(self, said: Mapping[str, Said]) -> None:
        self.said = said

    def __getitem__(self, key: str) -> Provenance:
        return Provenance.from_json(self.said[key])

    def __contains__(self, key: object) -> bool:
        return key in self.said

    def __iter__(self) -> Iterator[str]:
        return iter(self.said)

    def __len__(self) -> int:
        return len(self.said)


def judged(state: Mapping[str, Any], *, has_outline: bool) -> Readiness:
    """The readiness of a version, its row as the trigger wrote it. Any: JSON."""
    return readiness.readiness(Facts(state, Statements(state["provenance"]), has_outline))


def count_version(state: Mapping[str, Any], *, has_outline: bool) -> Counts:
    """Every column that says something of the version itself. Any: JSON."""
    facts = Facts(state, Statements(state["provenance"]), has_outline)
    found = readiness.readiness(facts)
    return {
        "reference": state["reference"],
        **names(state),
        "status": state["status"],
        "is_kept": state["status"] != "withdrawn",
        "is_available": state["status"] in AVAILABLE_STATUSES,
        "is_example": state["is_example"],
        "level": found.level,
        "missing": len(found.missing),
        "ways": ways_ahead(state, found.missing, has_outline=has_outline),
        "plan_expected": state.get(PLAN_EXPECTED),
        "asked_days": {
            key: said["asked_on"]
            for key, said in state["provenance"].items()
            if said["state"] == "unknown" and said.get("asked_on")
        },
        "plan": state.get("detaljplan_status"),
        "has_control": facts.any_of("ownership", "municipal")
        or facts.any_of("control", "owned", "option"),
        "has_written_power": facts.written(*POWER_KEYS),
        "bidding_area": state.get("bidding_area") or "",
        "node": str(state.get("substation") or "").strip().casefold(),
        "water_utility": str(state.get("water_utility") or "").strip(),
        **{key: state.get(key) for key in AMOUNT_KEYS},
        **{
            f"confirmed_{key}": state.get(key) if facts.written(key) else None for key in WATER_KEYS
        },
        **power_by_time(state),
        **count_values(state),
    }


def names(state: Mapping[str, Any]) -> dict[str, str]:
    """Each language's name, the other's where it has only that, else the reference."""
    sv, en = state.get("name_sv"), state.get("name_en")
    return {
        "name_sv": sv or en or state["reference"],
        "name_en": en or sv or state["reference"],
    }


def count_values(state: Mapping[str, Any]) -> Counts:
    """One pass over what stands behind the values.

    The rules are those of `completeness` and `Provenance`, which the tests hold this to.
    """
    asked_for, sizes = applicable(tuple(state.get(key) for key in CONDITIONS))
    slots = {(theme, level): Count(sizes[theme, level]) for theme in THEMES for level in LEVELS}
    dates: dict[tuple[bool, bool], list[str]] = {
        (is_power, is_verified): [] for is_power in (True, False) for is_verified in (True, False)
    }
    known = undated = questions = 0
    asked_on: list[str] = []
    for key, said in state["provenance"].items():
        field = counted_value(key, said)
        if field.is_asked:
            questions += 1
            asked_on += [said["asked_on"]] if said.get("asked_on") else []
        if key in asked_for:
            slots[asked_for[key]].asked += field.is_asked
            slots[asked_for[key]].filled += not field.is_asked
        if field.is_known:
            known += 1
            if field.day:
                dates[COUNTED[key] == "power", field.is_sure].append(field.day)
            else:
                undated += 1
    every = Counter(day for some in dates.values() for day in some)
    return {
        **{
            f"{part}_{theme}_{level}": getattr(count, part)
            for (theme, level), count in slots.items()
            for part in PARTS
        },
        **{
            f"{part}_{theme}": getattr(count, part)
            for theme, count in by_theme(slots).items()
            for part in PARTS
        },
        "known": known,
        "undated": undated,
        "power_dates": sorted(dates[True, True] + dates[True, False]),
        "other_dates": sorted(dates[False, True] + dates[False, False]),
        "verified_power_dates": sorted(dates[True, True]),
        "verified_other_dates": sorted(dates[False, True]),
        "value_dates": sorted(every),
        "value_counts": [every[day] for day in sorted(every)],
        "questions": questions,
        "asked_on": sorted(asked_on),
    }


class CountedValue(NamedTuple):
    """What one value adds: to the questions, or to the fields that are filled in."""

    is_asked: bool
    is_known: bool
    """Known, of a field whose values have a source."""
    day: str
    """The date of a known value; empty where it has none, and counts as stale."""
    is_sure: bool
    """In writing: verified until it goes stale."""


def counted_value(key: str, said: Said) -> CountedValue:
    is_known = said["state"] == "known" and key in SOURCED
    day = (said.get("as_of") or "") if is_known else ""
    is_sure = is_known and said.get("basis") in VERIFIED_BASES
    return CountedValue(said["state"] == "unknown", is_known, day, is_sure)


COUNTED: dict[str, Theme] = {field.key: field.theme for field in counted_fields()}
SOURCED = frozenset(field.key for field in counted_fields() if field.factual)
"""Photos and documents count as filled in; they have no basis and do not age."""


@cache
def applicable(values: tuple[str | bool | None, ...]) -> tuple[dict[str, Slot], Counter[Slot]]:
    """The fields asked for under these values of `CONDITIONS`, and how many in each slot."""
    conditions = dict(zip(CONDITIONS, values, strict=True))
    asked_for = [SITE[key] for key in COUNTED if applies(SITE[key], conditions)]
    found: dict[str, Slot] = {field.key: (field.theme, field.level) for field in asked_for}
    return found, Counter(found.values())


def power_by_time(values: Mapping[str, Any]) -> dict[str, float | None]:
    """MW today and in each chosen year, all of it and what is firm. Any: JSON."""
    now = values.get("power_now_mw")
    firm_now = 0.0 if now is not None and values.get("power_type") == "flexible" else now
    found: dict[str, float | None] = {"all_mw_now": now, "firm_mw_now": firm_now}
    by_year = power.by_year(values, firm_only=False)
    firm_by_year = power.by_year(values, firm_only=True)
    for time in TIMES[1:]:
        place = int(time) - power.FIRST_YEAR
        mw, firm = (
            (by_year[place], firm_by_year[place]) if by_year and firm_by_year else (now, firm_now)
        )
        found[f"all_mw_{time}"] = mw
        # Power that is taken back later takes the firm power with it.
        found[f"firm_mw_{time}"] = firm if mw is None or firm is None else min(firm, mw)
    return found
