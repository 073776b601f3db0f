"""A site as the write side knows it, and what is worked out from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Literal

from shapely import MultiPolygon

from catalogue import power
from catalogue.completeness import (
    UPLOADED_KEYS,
    Count,
    Counts,
    Weights,
    by_theme,
    completeness,
)
from catalogue.fields import SITE_FIELDS, Theme, Value
from catalogue.files.files import Owner, SiteFile
from catalogue.provenance import MEASURED, Provenance
from catalogue.readiness import Facts, Readiness, readiness
from geo.layers import DISTANCE_KINDS, DistanceKind, Layers, Nearest

Status = Literal["draft", "in_review", "published", "reserved", "established", "withdrawn"]
LISTED_STATUSES: frozenset[Status] = frozenset({"published", "reserved", "established"})


@dataclass(frozen=True, kw_only=True)
class Site:
    """One site with every value and what stands behind it; empty fields are left out."""

    reference: str
    municipality: str
    status: Status
    version: int = 1
    id: int = 0
    is_example: bool = False
    created_at: datetime | None = None
    updated_at: datetime | None = None
    updated_by: str = ""
    published_at: datetime | None = None
    outline: MultiPolygon | None = None
    """In SWEREF 99 TM."""
    values: Mapping[str, Value]
    provenance: Mapping[str, Provenance]
    files: tuple[SiteFile, ...] = ()
    """Photos and documents that have not been removed, in their order."""
    unread: Mapping[str, str] = field(default_factory=dict)
    """By key, who alone changed it while the site was shown; see `workflow.unread_changes`."""

    @property
    def owner(self) -> Owner:
        """Whose its files are."""
        return Owner(self.municipality, self.id, self.reference)

    @property
    def shown(self) -> tuple[str, ...]:
        """The keys under which there are files, uploaded or linked to."""
        uploaded = {file.field for file in self.files}
        return tuple(key for key in UPLOADED_KEYS if key in uploaded or key in self.values)

    @property
    def stated(self) -> Mapping[str, Provenance]:
        """What stands behind each field that says something, those that files fill in with it."""
        shown = self.shown
        if not shown and not any(key in self.provenance for key in UPLOADED_KEYS):
            return self.provenance
        others = {key: said for key, said in self.provenance.items() if key not in UPLOADED_KEYS}
        return others | {key: self.provenance.get(key, FILLED_IN) for key in shown}

    @property
    def facts(self) -> Facts:
        return Facts(self.values, self.provenance, self.outline is not None)

    @cached_property
    def readiness(self) -> Readiness:
        return readiness(self.facts)

    @cached_property
    def completeness(self) -> Counts:
        return completeness(self.values, self.stated)

    @cached_property
    def completeness_by_theme(self) -> dict[Theme, Count]:
        return by_theme(self.completeness)

    def name(self, language: str) -> str:
        """The name in a language, in the other where it has only that, else the reference."""
        names = [self.values.get(f"name_{some}") for some in (language, "sv", "en")]
        return next((str(name) for name in names if name), self.reference)


FILLED_IN = Provenance()
"""What stands behind a field that carries no source: that it is filled in."""


def stored_provenance(said: Mapping[str, Mapping[str, str]]) -> dict[str, Provenance]:
    """What `Site.stated` wrote, read back without what the files themselves tell."""
    found = {key: Provenance.from_json(one) for key, one in said.items()}
    for key in UPLOADED_KEYS:
        if found.get(key) == FILLED_IN:
            del found[key]
    return found


def with_computed(site: Site, layers: Layers, today: date, weights: Weights) -> Site:
    """The site with every computed field worked out anew; one that comes out the same is kept."""
    return all_with_computed([site], layers, today, weights)[0]


def all_with_computed(
    sites: Sequence[Site], layers: Layers, today: date, weights: Weights
) -> list[Site]:
    """The same for many at once, which makes measuring some ten times as fast."""
    computed: list[Site] = []
    for site, found in zip(sites, distances(sites, layers), strict=True):
        if (start := earliest_construction_start(site)) is not None:
            found["earliest_construction_start"] = (start, "")
        if (year := power.full_from(site.values)) is not None:
            found["earliest_full_power"] = (year, "")
        level = site.readiness.level
        if level is not None:
            found["readiness"] = (level, "")
        found["completeness_pct"] = (weights.percent(site.completeness), "")
        after = with_found(site, found, today)
        # None asks about computed fields, so all hold for it as they did before.
        vars(after).update({name: getattr(site, name) for name in JUDGEMENTS})
        computed.append(after)
    return computed


JUDGEMENTS = ("readiness", "completeness", "completeness_by_theme")

Found = dict[str, tuple[Value, str]]
"""Computed values and their sources, by key."""


def distances(sites: Sequence[Site], layers: Layers) -> list[Found]:
    """What is measured to the layers, for each site that is drawn."""
    found: list[Found] = [{} for _ in sites]
    drawn = [(site, told) for site, told in zip(sites, found, strict=True) if site.outline]
    nearest = layers.nearest_of_each_kind([site.outline for site, _ in drawn if site.outline])
    for kind, some in nearest.items():
        for (site, told), one in zip(drawn, some, strict=True):
            if one is None:
                continue
            own = own_substation(site, layers) if kind == "substation" else None
            add_distance(told, kind, own or one)
    return found


def own_substation(site: Site, layers: Layers) -> Nearest | None:
    """The substation that the site itself names, where the layer has it."""
    code = site.values.get("substation")
    chosen = layers.with_code("substation", str(code)) if code else None
    if chosen is None or site.outline is None:
        return None
    return Nearest(chosen, site.outline.distance(chosen.shape) / 1_000)


def add_distance(found: Found, kind: DistanceKind, nearest: Nearest) -> None:
    feature = nearest.feature
    distance_key, name_key = DISTANCE_KEYS[kind]
    source = feature.accuracy
    found[distance_key] = (round(nearest.distance_km, 1), source)
    found[name_key] = (feature.name, source)
    if kind == "port" and (draught_m := feature.properties.get("max_draught_m")) is not None:
        found["port_max_draught_m"] = (float(draught_m), feature.name)


DISTANCE_KEYS = {kind: (f"distance_{kind}_km", f"nearest_{kind}") for kind in DISTANCE_KINDS}


def earliest_construction_start(site: Site) -> date | None:
    """The latest of plan in force, permit and land access; None while one of them is unknown."""
    values, provenance = site.values, site.provenance
    plan = values.get("detaljplan_in_force_expected")
    if values.get("detaljplan_status") == "laga_kraft":
        plan = provenance["detaljplan_status"].as_of if "detaljplan_status" in provenance else None
    access_months, permit_days = values.get("land_access_months"), values.get("env_lead_days")
    access = day_after(site, "land_access_months", float(str(access_months or 0)) * 30.44)
    permit = day_after(site, "env_lead_days", float(str(permit_days or 0)))
    if values.get("env_permit") in ("granted", "transferable"):
        permit = provenance["env_permit"].as_of if "env_permit" in provenance else None
    days = [plan, access, permit]
    known = [day for day in days if isinstance(day, date)]
    return max(known) if len(known) == len(days) else None


def day_after(site: Site, key: str, days: float) -> date | None:
    """A time span counted from the day it was stated."""
    behind = site.provenance.get(key)
    if site.values.get(key) is None or behind is None or behind.as_of is None:
        return None
    return behind.as_of + timedelta(days=round(days))


COMPUTED = tuple(field for field in SITE_FIELDS if field.computed and not field.structural)


def with_found(site: Site, found: Found, today: date) -> Site:
    values, provenance = dict(site.values), dict(site.provenance)
    for computed in COMPUTED:
        key = computed.key
        behind = site.provenance.get(key)
        if key not in found:
            values.pop(key, None)
            provenance.pop(key, None)
            continue
        value, source = found[key]
        if computed.factual and (
            behind is None or values.get(key) != value or behind.source != source
        ):
            provenance[key] = measured(source, today)
        values[key] = value
    return replace(site, values=values, provenance=provenance)


@lru_cache(maxsize=1_000)
def measured(source: str, today: date) -> Provenance:
    """What stands behind a computed value."""
    return Provenance(basis=MEASURED, as_of=today, source=source)
