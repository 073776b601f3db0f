"""Where bulk sites come from: drawn by chance a batch at a time, and cast in moulds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from random import Random
from typing import Any, NamedTuple

import numpy as np
from shapely import MultiPolygon
from sqlalchemy.orm import Session

from catalogue import listing, municipalities
from catalogue.maps.reference_layers import current_layers
from catalogue.rules import Rules
from catalogue.site import DISTANCE_KEYS, Site, all_with_computed
from geo.layers import NearestOfKind
from seed import bulk_names, bulk_shapes
from seed.bulk_moulds import Mould, moulds
from seed.bulk_numbers import reserved_ids, reserved_numbers
from seed.bulk_own import Columns, fillings
from seed.bulk_places import Pattern, Place, Situation, places, situation
from seed.demo_texts import described
from seed.demo_values import designations

BATCH = 500
ACTOR = "exempel@example.se"
SENTENCES = 2
FAR_KM = 99.0
TOLD_KEYS = ("name_sv", "name_en", "description_sv", "description_en", "property_designations")


class Batch(NamedTuple):
    """Sites of one place that are made together, whoever makes them."""

    number: int
    place: Place
    first_number: int
    ids: Sequence[int]


@dataclass(frozen=True)
class Drawn:
    """The sites of a batch before they are written, each with what no other shares."""

    patterns: list[Pattern]
    own: Columns
    outlines: list[MultiPolygon]
    nearest: NearestOfKind


class Rows(NamedTuple):
    """What a batch adds, in COPY's binary format but for what is of few sites."""

    patterns: Sequence[Mapping[str, Any]]
    """Sites that new moulds were made from; Any: columns differ in type."""
    cast: bytes
    listings: Mapping[str, bytes]
    """By table."""


class Scatter:
    """The sites to be made, and all that they share."""

    def __init__(
        self, session: Session, count: int, seed: int, rules: Rules, at_a_time: int = BATCH
    ) -> None:
        self.count, self.seed, self.rules = count, seed, rules
        self.now = rules.now()
        self.layers = current_layers(session)
        self.names = municipalities.names(session)
        self.patterns: dict[tuple[str, Situation], Pattern] = {}
        self.moulds: dict[tuple[object, ...], Mould] = {}
        some = places(session, Random(f"{count} {seed}"))
        sizes = np.sqrt([place.outline.area for place in some])
        strewing = np.random.default_rng([count, seed])
        shares = strewing.multinomial(count, sizes / sizes.sum()).tolist()
        ids = iter(reserved_ids(session, count))
        self.batches: list[Batch] = []
        for place, share in zip(some, shares, strict=True):
            first = reserved_numbers(session, place.code, share)
            for start in range(0, share, at_a_time):
                some_ids = list(islice(ids, min(at_a_time, share - start)))
                self.batches.append(Batch(len(self.batches), place, first + start, some_ids))

    def rows(self, batch: Batch) -> Rows:
        drawn = self.drawn(batch)
        precisions = [pattern.shown_as for pattern in drawn.patterns]
        owns = fillings(drawn.own, drawn.outlines, precisions, self.names[batch.place.code])
        forms, patterns = self.moulds_of(batch.place, drawn)
        cast: list[bytes] = []
        listings: dict[str, list[bytes]] = {table.name: [] for table in listing.LISTINGS.values()}
        for mould, own in zip(forms, owns, strict=True):
            cast += mould.cast.cast(own)
            for name, form in mould.listings.items():
                listings[name] += form.cast(own)
        joined = {name: b"".join(pieces) for name, pieces in listings.items()}
        return Rows(patterns, b"".join(cast), joined)

    def drawn(self, batch: Batch) -> Drawn:
        """By chance, but the same for a batch of this number whoever makes it."""
        random = Random(f"{self.count} {self.seed} {batch.number}")
        strewing = np.random.default_rng([self.count, self.seed, batch.number])
        size, place = len(batch.ids), batch.place
        areas = bulk_shapes.areas_ha(size, strewing)
        nets = np.round(areas * strewing.uniform(0.62, 0.9, size), 1)
        contiguous = np.round(nets * strewing.uniform(0.55, 1, size), 1)
        outlines = bulk_shapes.outlines(place.middles, areas, strewing)
        nearest = self.layers.nearest_of_each_kind(outlines)
        patterns = [
            self.pattern(place, situation(area, rail, station, random))
            for area, rail, station in zip(
                areas.tolist(), nearest["rail"], nearest["substation"], strict=True
            )
        ]
        own: Columns = {
            "id": list(batch.ids),
            "reference": [
                f"{self.rules.reference_prefix}-{place.code}-{number:03d}"
                for number in range(batch.first_number, batch.first_number + size)
            ],
            "area_gross_ha": areas.tolist(),
            "area_net_ha": nets.tolist(),
            "largest_contiguous_ha": contiguous.tolist(),
            **measured(nearest),
            **self.times(size, random),
        }
        own |= told(patterns, own["area_gross_ha"], nearest, random)
        return Drawn(patterns, own, outlines, nearest)

    def pattern(self, place: Place, where: Situation) -> Pattern:
        found = self.patterns.get((place.code, where))
        if found is None:
            found = place.pattern(where, self.seed, self.rules.today)
            self.patterns[place.code, where] = found
        return found

    def times(self, size: int, random: Random) -> Columns:
        """When sites were begun, changed last and published, in the last two years."""
        ages = [
            timedelta(days=int(700 * random.random()), hours=7 + int(10 * random.random()))
            for _ in range(size)
        ]
        return {
            "created_at": [self.now - age for age in ages],
            "updated_at": [self.now - age * 0.3 for age in ages],
            "published_at": [self.now - age * 0.8 for age in ages],
        }

    def moulds_of(self, place: Place, drawn: Drawn) -> tuple[list[Mould], list[Mapping[str, Any]]]:
        """One for sites of the same pattern whose distances were measured to the same accuracy.

        And the sites that new ones were made from; Any: columns differ in type.
        """
        accuracies = [
            [one and one.feature.accuracy for one in some] for some in drawn.nearest.values()
        ]
        ports = [one and one.feature.name for one in drawn.nearest["port"]]
        keys = list(zip(map(id, drawn.patterns), ports, *accuracies, strict=True))
        new = {key: index for index, key in enumerate(keys) if key not in self.moulds}
        sites = all_with_computed(
            [self.site(place, drawn, index) for index in new.values()],
            self.layers,
            self.rules.today,
            self.rules.weights,
        )
        made = moulds(sites, self.names, self.rules, len(self.moulds))
        self.moulds |= zip(new, [one.mould for one in made], strict=True)
        return [self.moulds[key] for key in keys], [one.pattern for one in made]

    def site(self, place: Place, drawn: Drawn, index: int) -> Site:
        pattern = drawn.patterns[index]
        own = {key: values[index] for key, values in drawn.own.items()}
        values = {**pattern.values}
        for key in pattern.own_keys & own.keys():
            values[key] = own[key]
        return Site(
            id=own["id"],
            reference=own["reference"],
            municipality=place.code,
            status=pattern.status,
            version=1,
            is_example=True,
            created_at=own["created_at"],
            updated_at=own["updated_at"],
            updated_by=ACTOR,
            published_at=own["published_at"] if pattern.shown_as else None,
            outline=drawn.outlines[index],
            values=values,
            provenance=pattern.provenance,
        )


def measured(nearest: NearestOfKind) -> Columns:
    """The distances and what they were measured to; nothing where a layer is empty."""
    found: Columns = {}
    for kind, some in nearest.items():
        distance_key, name_key = DISTANCE_KEYS[kind]
        known = [one for one in some if one is not None]
        if known:
            found[distance_key] = [round(one.distance_km, 1) for one in known]
            found[name_key] = [one.feature.name for one in known]
    return found


def told(
    patterns: Sequence[Pattern], areas_ha: Sequence[float], nearest: NearestOfKind, random: Random
) -> Columns:
    """Names, and what is said of a site by its name."""
    found: Columns = {key: [] for key in TOLD_KEYS}
    for pattern, area_ha, rail in zip(patterns, areas_ha, nearest["rail"], strict=True):
        locality = bulk_names.locality(random)
        name = bulk_names.name(locality, pattern.ground.site_type, random)
        properties = designations(pattern.ground.municipality, locality, random)
        description: tuple[str | None, str | None] = (None, None)
        if pattern.is_described:
            ground = replace(
                pattern.ground,
                locality=locality,
                area_ha=area_ha,
                rail_km=rail.distance_km if rail else FAR_KM,
            )
            description = described(ground, pattern.values, random, SENTENCES)
        for key, value in zip(TOLD_KEYS, (name.sv, name.en, *description, properties), strict=True):
            found[key].append(value)
    return found
