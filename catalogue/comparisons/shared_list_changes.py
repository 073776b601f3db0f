"""What of a site has changed since it was shared: kept as fingerprints, not as values.

So the list holds no value that has been withdrawn since, and still knows what is not the same.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import orjson

from catalogue.comparisons.comparison import NOT_COMPARED
from catalogue.comparisons.shared_lists import Item
from catalogue.database import Audience
from catalogue.fields import SITE, Field
from catalogue.listing import SEEN

LENGTH = 12
"""Hexadecimal figures kept of each: enough to tell a value from another."""
UNTOLD = frozenset({"reference", "municipality", "outline", "completeness_pct", *NOT_COMPARED})


def item(feature: Mapping[str, Any], note: str) -> Item:
    """A site as it is shared. Any: GeoJSON."""
    said = feature["properties"]
    return Item(
        reference=said["reference"], note=note, version=said["version"], prints=prints(said)
    )


def prints(said: Mapping[str, Any]) -> dict[str, str]:
    """A fingerprint of what is said under each key: value, state and basis. Any: JSON."""
    return {
        key: fingerprint(said.get(key), said["provenance"].get(key, {}))
        for key in SITE
        if key not in UNTOLD and (said.get(key) is not None or key in said["provenance"])
    }


def fingerprint(value: Any, behind: Mapping[str, str]) -> str:
    """Any: JSON."""
    told = orjson.dumps([value, behind.get("state"), behind.get("basis")])
    return sha256(told).hexdigest()[:LENGTH]


def changed(shared: Item, said: Mapping[str, Any], audience: Audience) -> list[Field]:
    """The fields that say something else than when the site was shared, in the registry's order.

    Nothing is told of a key that the audience no longer sees. Any: JSON.
    """
    if said["version"] == shared.version:
        return []
    now = prints(said)
    return [
        field
        for key, field in SITE.items()
        if shared.prints.get(key) != now.get(key)
        and (key in now or field.visibility in SEEN[audience])
    ]
