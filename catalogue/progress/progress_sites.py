"""Sites as they were known at the end of a day, read from their versions, and what counts of each."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import orjson
from sqlalchemy import Text as TextType
from sqlalchemy import cast, func, select, true
from sqlalchemy.orm import Session

from catalogue import power
from catalogue.completeness import Count, applies, counted_fields
from catalogue.fields import Theme
from catalogue.hours.hours import end_of
from catalogue.progress.figures import CHOSEN_YEARS
from catalogue.provenance import BASIS_RANK, VERIFIED_RANK, Provenance, ShelfLife
from catalogue.readiness import Facts, Readiness, readiness
from catalogue.tables import site_version as table
from geo.texts import Text

Year = int | None
"""A calendar year; None is the day itself."""
Said = dict[str, str]
"""What stands behind a value, as the version keeps it: the parts of `Provenance`, dates as ISO."""

AMOUNT_KEYS = (
    "area_gross_ha", "area_net_ha",
    "drinking_water_m3_day", "process_water_m3_day", "sewage_m3_day",
)  # fmt: skip
VERIFIED_BASES = frozenset(basis for basis, rank in BASIS_RANK.items() if rank >= VERIFIED_RANK)


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


@dataclass(frozen=True, slots=True)
class KnownSite:
    """One site as it was known on a day. Any: a version's row as the trigger wrote it, JSON."""

    state: Mapping[str, Any]
    has_outline: bool

    @property
    def reference(self) -> str:
        return str(self.state["reference"])

    @property
    def municipality(self) -> str:
        return str(self.state["municipality"])

    @property
    def status(self) -> str:
        return str(self.state["status"])

    @property
    def is_example(self) -> bool:
        return bool(self.state["is_example"])

    @property
    def said(self) -> Mapping[str, Said]:
        """By key, what stands behind each value."""
        found: Mapping[str, Said] = self.state["provenance"]
        return found

    @property
    def readiness(self) -> Readiness:
        # Dates stay ISO texts here: no requirement looks at one.
        return readiness(Facts(self.state, Statements(self.said), self.has_outline))

    @property
    def name(self) -> Text:
        """Each language's name, the other's where it has only that, else the reference."""
        sv, en = self.state.get("name_sv"), self.state.get("name_en")
        return Text(sv or en or self.reference, en or sv or self.reference)


def sites_on(session: Session, day: date, municipality: str | None = None) -> Iterator[KnownSite]:
    """Every site the actor may read, by reference: its last version before the day ended in Sweden.

    One at a time, since what is known of thousands of sites does not fit well in memory.
    """
    last = (
        select(table.c.site_id, func.max(table.c.version).label("version"))
        .where(
            table.c.recorded_at < end_of(day),
            true() if municipality is None else table.c.municipality == municipality,
        )
        .group_by(table.c.site_id)
        .subquery()
    )
    # As text: orjson reads it several times as fast as the driver would.
    statement = (
        select(cast(table.c.state, TextType), table.c.outline.is_not(None))
        .join(last, (table.c.site_id == last.c.site_id) & (table.c.version == last.c.version))
        .order_by(table.c.municipality, table.c.site_id)
    )
    for state, has_outline in session.execute(statement).yield_per(250):
        yield KnownSite(orjson.loads(state), has_outline)


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteCount:
    """What one site adds to the figures."""

    reference: str
    name: Text
    municipality: str
    status: str
    is_example: bool
    level: int | None
    themes: Mapping[Theme, Count]
    known: int
    verified: int
    stale: int
    dates: list[str]
    """The day of each known value, ISO."""
    asked_on: list[str]
    """The day of each question that waits for its answer, ISO; empty where it is not known."""
    amounts: Mapping[str, float | None]
    """Hectares and m³/day, under the keys of their fields."""
    mw: Mapping[tuple[Year, bool], float | None]
    """Power by year, and whether only firm power is meant."""
    node: str
    """The substation the site shares with others; empty where none is named."""
    bidding_area: str

    @property
    def fields(self) -> Count:
        return sum(self.themes.values(), Count())


def first_fresh_days(day: date, shelf_life: ShelfLife) -> dict[str, str]:
    """For each counted field with a source, the earliest date that is not stale on a day, ISO."""
    return {
        field.key: (day - shelf_life.of(field)).isoformat()
        for field in counted_fields()
        if field.factual
    }


def count_site(site: KnownSite, first_fresh: Mapping[str, str]) -> SiteCount:
    """One pass over what stands behind the values.

    The rules are those of `completeness` and `Provenance.is_verified`, which the tests hold this
    to; ISO dates compare as text, since thousands of sites with some seventy values each are too
    many for an object per value.
    """
    asked_for, sizes = applicable(tuple(site.state.get(key) for key in CONDITION_KEYS))
    themes = {theme: Count(size) for theme, size in sizes.items()}
    known = verified = stale = 0
    dates: list[str] = []
    asked_on: list[str] = []
    for key, said in site.said.items():
        is_unknown, is_known = said["state"] == "unknown", said["state"] == "known"
        if is_unknown:
            asked_on.append(said.get("asked_on", ""))
        if key in asked_for:
            count = themes[asked_for[key]]
            count.asked += is_unknown
            count.filled += not is_unknown
        if is_known and key in first_fresh:
            as_of = said.get("as_of", "")
            known += 1
            stale += (is_stale := as_of < first_fresh[key])
            verified += not is_stale and said.get("basis") in VERIFIED_BASES
            dates.append(as_of)
    state = site.state
    return SiteCount(
        reference=site.reference, name=site.name, municipality=site.municipality,
        status=site.status, is_example=site.is_example, level=site.readiness.level,
        themes=themes, known=known, verified=verified, stale=stale, dates=dates,
        asked_on=asked_on, amounts={key: state.get(key) for key in AMOUNT_KEYS},
        mw=power_by_time(state), node=str(state.get("substation") or "").strip().casefold(),
        bidding_area=str(state.get("bidding_area") or ""),
    )  # fmt: skip


CONDITION_KEYS: tuple[str, ...] = tuple(
    {field.applies_when[0]: None for field in counted_fields() if field.applies_when}
)
"""The fields that decide whether another is asked for at all."""


@cache
def applicable(values: tuple[str | bool | None, ...]) -> tuple[dict[str, Theme], dict[Theme, int]]:
    """The fields asked for under these values of `CONDITION_KEYS`, and how many in each theme."""
    conditions = dict(zip(CONDITION_KEYS, values, strict=True))
    found = {field.key: field.theme for field in counted_fields() if applies(field, conditions)}
    return found, Counter(found.values())


def power_by_time(values: Mapping[str, Any]) -> dict[tuple[Year, bool], float | None]:
    """MW today and in each chosen year, all of it and what is firm. Any: JSON."""
    now = values.get("power_now_mw")
    firm_now = 0.0 if now is not None and values.get("power_type") == "flexible" else now
    found: dict[tuple[Year, bool], float | None] = {(None, False): now, (None, True): firm_now}
    by_year = power.by_year(values, firm_only=False)
    firm_by_year = power.by_year(values, firm_only=True)
    for year in CHOSEN_YEARS:
        place = year - power.FIRST_YEAR
        mw, firm = (
            (by_year[place], firm_by_year[place]) if by_year and firm_by_year else (now, firm_now)
        )
        found[year, False] = mw
        # Power that is taken back later takes the firm power with it.
        found[year, True] = firm if mw is None or firm is None else min(firm, mw)
    return found
