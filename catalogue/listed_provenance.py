"""What the read side says of the basis, date and source of values, made once for all that share it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import orjson

from catalogue.fields import SITE
from catalogue.provenance import Provenance, ShelfLife


class Standing(NamedTuple):
    """What is said of one provenance."""

    state: str
    is_given: bool
    """A known value that was not computed."""
    rank: int
    fresh_until: str | None
    """The last day on which a known value is not stale; computed ones do not age."""
    told: orjson.Fragment
    asked: orjson.Fragment | None


@dataclass(frozen=True)
class Backing:
    """What stands behind a site's values, as far as one audience may see; fragments are JSON."""

    not_applicable: list[str]
    trust: orjson.Fragment
    """The rank of the basis and the last fresh day of every value that somebody has given."""
    asked: orjson.Fragment
    told: orjson.Fragment


def backing(
    provenance: Mapping[str, Provenance], keys: Sequence[str], shelf_life: ShelfLife
) -> Backing:
    """The keys may be more than have a provenance."""
    behind = {
        key: standing(provenance[key], shelf_days(key, shelf_life))
        for key in keys
        if key in provenance
    }
    given = (key for key, one in behind.items() if one.is_given)
    # In the order that PostgreSQL keeps keys in, which spares it the sorting.
    kept = sorted(given, key=lambda key: (len(key), key))
    return Backing(
        not_applicable=[key for key, one in behind.items() if one.state == "not_applicable"],
        trust=fragment({key: (behind[key].rank, behind[key].fresh_until) for key in kept}),
        asked=fragment({key: one.asked for key, one in behind.items() if one.asked}),
        told=fragment({key: one.told for key, one in behind.items()}),
    )


def fragment(said: Mapping[str, object]) -> orjson.Fragment:
    return orjson.Fragment(orjson.dumps(said))


def shelf_days(key: str, shelf_life: ShelfLife) -> int | None:
    field = SITE[key]
    return None if field.computed else shelf_life.of(field).days


@lru_cache(maxsize=20_000)
def standing(provenance: Provenance, shelf_days: int | None) -> Standing:
    """Told without the name of the person who verified the value."""
    last_day: str | None = None
    if shelf_days is not None and provenance.state == "known" and provenance.as_of:
        last_day = date.fromordinal(provenance.as_of.toordinal() + shelf_days).isoformat()
    said = provenance.to_json()
    for name in ("visibility", "verified_by"):
        said.pop(name, None)
    asked = {"asked": provenance.asked, "asked_on": provenance.asked_on}
    return Standing(
        provenance.state,
        provenance.state == "known" and shelf_days is not None,
        provenance.rank,
        last_day,
        fragment(said | ({"fresh_until": last_day} if last_day else {})),
        fragment(asked) if provenance.state == "unknown" else None,
    )
