"""The parts of a municipality's profile, and how much of each is said."""

from collections.abc import Mapping

from catalogue.completeness import Count, applies
from catalogue.fields import PROFILE_FIELDS, Field, Value
from catalogue.fields.profile_living import LIVING_FIELDS
from catalogue.fields.profile_people import PEOPLE_FIELDS
from catalogue.fields.profile_planning import PLANNING_FIELDS
from catalogue.fields.profile_supply import SUPPLY_FIELDS
from catalogue.fields.profile_swot import SWOT_FIELDS
from catalogue.provenance import Provenance
from geo.texts import Text

GROUPED = {
    "people": (Text("Människor och arbete", "People and work"), PEOPLE_FIELDS),
    "supply": (Text("El och vatten", "Power and water"), SUPPLY_FIELDS),
    "planning": (Text("Plan och beslut", "Planning and decisions"), PLANNING_FIELDS),
    "living": (Text("Boende och vardag", "Living"), LIVING_FIELDS),
    "swot": (Text("SWOT", "SWOT"), SWOT_FIELDS),
}
ELSEWHERE = {one.key for _, fields in GROUPED.values() for one in fields}
SECTIONS: dict[str, tuple[Text, tuple[Field, ...]]] = {
    "presentation": (
        Text("Presentation och kontakt", "Presentation and contact"),
        tuple(one for one in PROFILE_FIELDS if one.key not in ELSEWHERE),
    ),
    **GROUPED,
}


def section_of(key: str) -> str:
    """Where a field stands; the first section for what has no field."""
    return next(
        (name for name, (_, fields) in SECTIONS.items() if any(one.key == key for one in fields)),
        next(iter(SECTIONS)),
    )


def profile_counts(
    values: Mapping[str, Value | None], provenance: Mapping[str, Provenance]
) -> dict[str, Count]:
    """Per section, counted as a site's themes are; texts and the SWOT, which carry no source,
    count as filled in where they say anything."""
    counts = {}
    for section, (_, fields) in SECTIONS.items():
        count = counts[section] = Count()
        for field in fields:
            if not applies(field, values):
                continue
            behind = provenance.get(field.key)
            count.applicable += 1
            if behind is not None and behind.state == "unknown":
                count.asked += 1
            elif behind is not None or values.get(field.key) is not None:
                count.filled += 1
    return counts
