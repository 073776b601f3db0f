"""Neighbouring sites that together reach the hectares that neither reaches alone.

Power adds up as well, but what hangs on one substation is there once: see `joint_power`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import CTE, Double, Table, and_, cast, func, or_, select, true
from sqlalchemy.orm import Session
from sqlalchemy.types import Text as TextType

from catalogue.requests.judging import Judged, judged
from catalogue.requests.matching import Fit, Outcome, Result, fit_of
from catalogue.requests.needs import POWER_KEY
from catalogue.requests.requirements import Requirement
from geo.reference_systems import SWEREF99TM

AREA_KEYS = frozenset({"area_net_ha", "area_gross_ha"})
NEIGHBOURS_M = 5_000
SMALLEST_PART = 0.1
"""A site with less than this share of the hectares is no part of an answer."""
CANDIDATES = 12
"""So many sites of each municipality are tried together: the largest that fail nothing else."""
MOST_COMBINATIONS = 5

Distances = Mapping[frozenset[str], float]
"""Metres between two sites that are neighbours and do not lie on top of each other."""


@dataclass(frozen=True)
class Part:
    """One site that may be part of an answer."""

    reference: str
    municipality: str
    name_sv: str | None
    name_en: str | None
    mw: float | None
    substation: str | None
    is_certain: bool
    """Whether it is known to meet all the other musts."""
    areas_ha: tuple[float, ...]
    """In the order of the requirements of area."""


@dataclass(frozen=True)
class Combination:
    """Sites that answer together."""

    parts: tuple[Part, ...]
    fit: Fit
    results: Mapping[int, Result]
    """What they reach together, by the place of the requirement among all."""
    apart_km: float
    """Between the two that lie furthest from each other; 0 where they touch."""
    shared_substations: tuple[str, ...]
    """Those that more than one of them hangs on; their power is counted once."""


@dataclass(frozen=True)
class Sums:
    """What is added up, by place among the requirements; the rest each site must meet itself."""

    areas: Mapping[int, Judged]
    power: Mapping[int, Judged]
    """One requirement at most."""
    others: Sequence[Judged]


def sums_of(asked: Sequence[Judged]) -> Sums:
    musts = {place: one for place, one in enumerate(asked) if one.requirement.must}
    rising = {place: one for place, one in musts.items() if one.requirement.op == "min"}
    areas = {place: one for place, one in rising.items() if one.requirement.key in AREA_KEYS}
    power = {place: one for place, one in rising.items() if one.requirement.key == POWER_KEY}
    power = dict(list(power.items())[:1])
    added = areas.keys() | power.keys()
    return Sums(areas, power, [one for place, one in musts.items() if place not in added])


def find_combinations(
    session: Session, requirements: Sequence[Requirement], table: Table, names: Mapping[str, str]
) -> list[Combination]:
    """The best first; none where no must asks for hectares. `names`: municipalities by code."""
    sums = sums_of([judged(one, table, names) for one in requirements])
    if not sums.areas:
        return []
    candidates = candidate_rows(table, sums)
    parts = {
        reference: Part(reference, municipality, sv, en, mw, substation, certain, tuple(areas))
        for reference, municipality, sv, en, mw, substation, certain, *areas in session.execute(
            select(*(column for column in candidates.c if column.name not in ("shape", "place")))
        )
    }
    apart = distances(session, candidates)
    found: list[Combination] = []
    for group in neighbourhoods(apart):
        if any(group > {part.reference for part in one.parts} for one in found):
            continue
        together = combined([parts[reference] for reference in sorted(group)], sums, apart)
        if together.fit != "fails":
            found.append(together)
    return sorted(found, key=rank)[:MOST_COMBINATIONS]


def rank(one: Combination) -> tuple[object, ...]:
    """What is sure before what may be, few before many, close before far."""
    references = [part.reference for part in one.parts]
    return one.fit != "meets", len(one.parts), one.apart_km, references


def candidate_rows(table: Table, sums: Sums) -> CTE:
    """Sites that fail nothing but hectares and power, the largest of each municipality."""
    first = next(iter(sums.areas.values()))
    wanted_ha = float(str(first.requirement.value))
    area = table.c[first.requirement.key]
    certain = and_(true(), *(one.holds for one in sums.others)).is_(True)
    power = next(iter(sums.power.values()), None)
    mw = cast(cast(power.value, TextType), Double) if power else table.c.power_now_mw
    place = func.row_number().over(
        partition_by=table.c.municipality,
        order_by=(certain.desc(), area.desc(), table.c.reference),
    )
    chosen = (
        select(
            table.c.reference,
            table.c.municipality,
            table.c.name_sv,
            table.c.name_en,
            mw.label("mw"),
            table.c.substation,
            certain.label("certain"),
            *(
                table.c[one.requirement.key].label(f"area_{number}")
                for number, one in sums.areas.items()
            ),
            table.c.outline,
            place.label("place"),
        )
        .where(area >= wanted_ha * SMALLEST_PART, area < wanted_ha)
        .where(*(table.c[one.requirement.key].is_not(None) for one in sums.areas.values()))
        .where(*(one.holds.is_not(False) for one in sums.others))
        .subquery("chosen")
    )
    shape = func.ST_Transform(chosen.c.outline, SWEREF99TM).label("shape")
    columns = [column for column in chosen.c if column.name not in ("outline", "place")]
    return select(*columns, shape).where(chosen.c.place <= CANDIDATES).cte("candidate")


def distances(session: Session, candidates: CTE) -> Distances:
    """Of neighbours: in one municipality, or at most `NEIGHBOURS_M` from each other."""
    one, other = candidates.alias("one"), candidates.alias("other")
    rows = session.execute(
        select(
            one.c.reference, other.c.reference, func.ST_Distance(one.c.shape, other.c.shape)
        ).where(
            one.c.reference < other.c.reference,
            or_(
                one.c.municipality == other.c.municipality,
                func.ST_DWithin(one.c.shape, other.c.shape, NEIGHBOURS_M),
            ),
            or_(
                func.ST_Disjoint(one.c.shape, other.c.shape),
                func.ST_Touches(one.c.shape, other.c.shape),
            ),
        )
    )
    return {frozenset({first, second}): metres for first, second, metres in rows}


def neighbourhoods(apart: Distances) -> Iterator[frozenset[str]]:
    """Two sites, then three, of which each is a neighbour of each."""
    yield from apart
    linked: dict[str, set[str]] = {}
    for pair in apart:
        for name in pair:
            linked.setdefault(name, set()).update(pair - {name})
    for pair in apart:
        for third in set.intersection(*(linked[name] for name in pair)):
            if third > max(pair):
                yield pair | {third}


def combined(parts: Sequence[Part], sums: Sums, apart: Distances) -> Combination:
    results: dict[int, Result] = {
        place: reached(
            sum(part.areas_ha[number] for part in parts),
            sum(part.areas_ha[number] for part in parts),
            one,
        )
        for number, (place, one) in enumerate(sums.areas.items())
    }
    for place, one in sums.power.items():
        results[place] = reached(*joint_power(parts), one)
    outcomes: list[Outcome] = [one.outcome for one in results.values()]
    if not all(part.is_certain for part in parts):
        outcomes.append("unknown")
    nodes = [part.substation for part in parts if part.substation]
    pairs = combinations([part.reference for part in parts], 2)
    return Combination(
        tuple(parts),
        fit_of(outcomes),
        results,
        round(max(apart[frozenset(pair)] for pair in pairs) / 1_000, 1),
        tuple(sorted({node for node in nodes if nodes.count(node) > 1})),
    )


def reached(least: float, most: float | None, one: Judged) -> Result:
    """What is there at the least, against what is wanted; `most` None is without an end."""
    wanted = float(str(one.requirement.value))
    if least >= wanted:
        return Result("met", round(least, 3), None)
    if most is None or most >= wanted:
        return Result("unknown", round(least, 3), None)
    return Result("not_met", round(least, 3), round(wanted - least, 3))


def joint_power(parts: Sequence[Part]) -> tuple[float, float | None]:
    """MW that the sites have together at the least and at the most; None where a value is unknown.

    Each substation counts once, with the most that any site on it states. A site whose substation
    is not known may hang on any of the others': at the least it adds nothing.
    """
    by_node: dict[str, float] = {}
    loose: list[float] = []
    for part in parts:
        if part.mw is None:
            continue
        if part.substation:
            by_node[part.substation] = max(part.mw, by_node.get(part.substation, 0.0))
        else:
            loose.append(part.mw)
    known = sum(by_node.values())
    least = max([known, *loose])
    is_whole = all(part.mw is not None for part in parts)
    return least, known + sum(loose) if is_whole else None
