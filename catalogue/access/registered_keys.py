"""Which values and files of a site registered readers see and the public does not."""

from collections.abc import Mapping, Sequence
from typing import Any

from catalogue.comparisons.chosen_sites import details
from catalogue.database import Audience, Databases
from catalogue.listing import LISTINGS

RegisteredKeys = Mapping[str, frozenset[str]]
"""By reference, the keys of the fields and the addresses of the files."""


def registered_keys(
    databases: Databases, features: Sequence[Mapping[str, Any]], audience: Audience
) -> RegisteredKeys:
    """Of sites as the audience sees them; what a site says of its own values counts, and not only
    what the registry says. Nothing for the public. Any: GeoJSON.
    """
    if audience == "public":
        return {}
    references = [str(feature["id"]) for feature in features]
    with databases.reading("public") as session:
        public = details(session, references, LISTINGS["public"])
    return {
        reference: told(feature) - told(public.get(reference, {}))
        for reference, feature in zip(references, features, strict=True)
    }


def told(feature: Mapping[str, Any]) -> frozenset[str]:
    """The keys that a feature says something of, and its files. Any: GeoJSON."""
    said = feature.get("properties", {})
    files = [*said.get("photos", ()), *said.get("documents", ())]
    return frozenset(said.get("provenance", ())) | {file["url"] for file in files}
