"""Any number of example sites, the same for the same number, seed and catalogue."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from random import Random
from typing import Any

import numpy as np
from shapely import MultiPolygon
from sqlalchemy import Table, text, update
from sqlalchemy.orm import Session

from catalogue import listing, municipalities, tables
from catalogue.copying import copy_packed, packed
from catalogue.database import Audience
from catalogue.fields import Value
from catalogue.maps.reference_layers import current_layers
from catalogue.rules import Rules
from catalogue.site import Alike, Site, Status, all_with_computed
from seed import bulk_shapes
from seed.bulk_numbers import reserved_ids, reserved_numbers
from seed.bulk_places import Place, places
from seed.bulk_versions import first_versions
from seed.demo_grounds import Ground
from seed.demo_loading import past_writable, site_rows
from seed.demo_people import contact
from seed.demo_texts import described
from seed.demo_values import designations

BATCH = 500
ACTOR = "exempel@example.se"
REASON = "Exempelplatser i mängd"
STATUSES: tuple[tuple[float, Status], ...] = (
    (0.86, "published"), (0.89, "reserved"), (0.90, "established"), (0.93, "in_review"),
    (0.98, "draft"), (1.0, "withdrawn"),
)  # fmt: skip
"""The share of sites at or below each status."""
PRECISIONS = ("exact", "exact", "exact", "generalised", "point_only")
SENTENCES = 2
DESCRIBED_SHARE = 0.4


def add_sites(
    session: Session, count: int, seed: int, rules: Rules, tell: Callable[[int], None]
) -> None:
    """Example sites in the session's transaction, as owner; `tell` hears how many are in."""
    # Faster than the default, for what the write side keeps out of line.
    session.execute(text("set local default_toast_compression = lz4"))
    with past_writable(session):
        scatter = Scatter(session, count, seed, rules)
        for batch in scatter.batches() if count <= BATCH else made_beside(scatter):
            write(session, batch)
            tell(batch.last)
    state = tables.catalogue_state
    session.execute(update(state).values(version=state.c.version + 1, has_examples=True))


@dataclass(frozen=True)
class Batch:
    """Rows ready to be copied: sites, their versions and each audience's listing."""

    rows: dict[str, bytes]
    """By the table's name, in the order in which they are to be copied."""
    last: int


def made_beside(scatter: "Scatter") -> Iterator[Batch]:
    """The batches, each made while the database takes in the one before.

    In a process of its own: a thread that computes leaves none of its time to one that writes.
    """
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    maker = context.Process(target=send, args=(scatter, theirs), daemon=True)
    maker.start()
    theirs.close()
    try:
        while batch := ours.recv():
            yield batch
    finally:
        maker.terminate()
        maker.join()
        ours.close()


def send(scatter: "Scatter", to: "Connection[Batch | None, None]") -> None:
    """Every batch, then None."""
    for batch in scatter.batches():
        to.send(batch)
    to.send(None)


def write(session: Session, batch: Batch) -> None:
    for name, rows in batch.rows.items():
        copy_packed(session, tables.metadata.tables[name], rows)


class Scatter:
    """The sites to be made, and all that they share."""

    def __init__(self, session: Session, count: int, seed: int, rules: Rules) -> None:
        self.rules = rules
        self.random = Random(f"{count} {seed}")
        self.strewing = np.random.default_rng([count, seed])
        self.layers = current_layers(session)
        self.names = municipalities.names(session)
        self.now = rules.now()
        self.alike = Alike()
        self.shared: dict[Audience, listing.Shared] = {one: {} for one in listing.LISTINGS}
        self.places = places(session, self.random)
        sizes = np.sqrt([place.outline.area for place in self.places])
        self.shares = self.strewing.multinomial(count, sizes / sizes.sum()).tolist()
        self.ids = reserved_ids(session, count)
        self.first_numbers = [
            reserved_numbers(session, place.code, share)
            for place, share in zip(self.places, self.shares, strict=True)
        ]

    def batches(self) -> Iterator[Batch]:
        done = 0
        for place, share, first in zip(self.places, self.shares, self.first_numbers, strict=True):
            for start in range(0, share, BATCH):
                size = min(BATCH, share - start)
                yield self.batch(place, first + start, self.ids[done : done + size], done + size)
                done += size

    def batch(self, place: Place, first_number: int, ids: list[int], last: int) -> Batch:
        made = self.sites(place, first_number, ids)
        told = list(site_rows(made))
        # Any: columns differ in type.
        rows: dict[Table, Iterable[Mapping[str, Any]]] = {
            tables.site: told,
            tables.site_version: first_versions(told, REASON),
        }
        for audience, table in listing.LISTINGS.items():
            rows[table] = listing.rows(
                made, audience, self.names, self.rules, self.shared[audience]
            )
        return Batch({table.name: packed(table, some) for table, some in rows.items()}, last)

    def sites(self, place: Place, first_number: int, ids: list[int]) -> list[Site]:
        areas = bulk_shapes.areas_ha(len(ids), self.strewing)
        outlines = bulk_shapes.outlines(place.outline, areas, self.strewing)
        nearest = self.layers.nearest_of_each_kind(outlines)
        grounds = [
            place.ground(area, rail, station, self.random)
            for area, rail, station in zip(
                areas.tolist(), nearest["rail"], nearest["substation"], strict=True
            )
        ]
        numbers = range(first_number, first_number + len(ids))
        drawn = [
            self.site(place, ground, outline, id, number)
            for ground, outline, id, number in zip(grounds, outlines, ids, numbers, strict=True)
        ]
        return all_with_computed(
            drawn,
            self.layers,
            self.rules.today,
            self.rules.weights,
            nearest=nearest,
            alike=self.alike,
        )

    def site(
        self, place: Place, ground: Ground, outline: MultiPolygon, id: int, number: int
    ) -> Site:
        random = self.random
        draw = random.random()
        status = next(status for share, status in STATUSES if draw < share)
        telling = place.telling(ground, self.rules.today, random)
        net = round(ground.area_ha * (0.62 + 0.28 * random.random()), 1)
        age = timedelta(days=int(700 * random.random()), hours=7 + int(10 * random.random()))
        is_listed = status not in ("draft", "in_review")
        return Site(
            id=id,
            reference=f"{self.rules.reference_prefix}-{place.code}-{number:03d}",
            municipality=place.code,
            status=status,
            version=1,
            is_example=True,
            created_at=self.now - age,
            updated_at=self.now - age * 0.3,
            updated_by=ACTOR,
            published_at=self.now - age * 0.8 if is_listed else None,
            outline=outline,
            values={
                **telling.values,
                **contact(random.choice(place.people), ground.domain),
                "name_sv": ground.name.sv,
                "name_en": ground.name.en,
                **self.description(ground, telling.values),
                "outline_precision": random.choice(PRECISIONS),
                "property_designations": designations(ground, random),
                "site_type": ground.site_type,
                "suitable_for": list(ground.suitable_for),
                "area_gross_ha": ground.area_ha,
                "area_net_ha": net,
                "largest_contiguous_ha": round(net * (0.55 + 0.45 * random.random()), 1),
            },
            provenance=telling.provenance,
        )

    def description(self, ground: Ground, said: Mapping[str, Value]) -> dict[str, Value]:
        if self.random.random() > DESCRIBED_SHARE:
            return {}
        sv, en = described(ground, said, self.random, SENTENCES)
        return {"description_sv": sv, "description_en": en}
