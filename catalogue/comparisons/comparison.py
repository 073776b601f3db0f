"""Sites side by side: one row for each field that any of them says something of, best and worst."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import orjson

from catalogue.database import Audience
from catalogue.fields import SITE, THEMES, Field
from catalogue.listing import SEEN
from catalogue.profile_sections import SECTIONS
from geo.texts import Text

Standing = Literal["best", "worst", ""]
Json = Mapping[str, Any]
"""The properties of a site, or a municipality's profile; Any: JSON."""

IN_HEADINGS = frozenset({"reference", "name_sv", "name_en", "municipality", "status", "outline"})
"""What stands above each column."""
NOT_COMPARED = frozenset(
    {"description_sv", "description_en", "photos", "documents", "outline_precision"}
)
"""What has to be read or seen on the site's own page."""
CONTACT_KEYS = ("contact_name", "contact_role", "contact_phone", "contact_email")
CONTACT = Text("Kontakt", "Contact")


@dataclass(frozen=True)
class Row:
    """One field of all the sites."""

    field: Field
    values: Sequence[Any]
    """One a site, None where there is none. Any: JSON."""
    standings: Sequence[Standing]
    differs: bool


@dataclass(frozen=True)
class Part:
    """The rows of one theme; `missing` are the fields that no site says anything of."""

    key: str
    title: Text
    rows: Sequence[Row]
    missing: Sequence[Field]
    is_profile: bool = False


@dataclass(frozen=True)
class Comparison:
    """The sites' properties and their municipalities' profiles, column by column, and the rows."""

    features: Sequence[Json]
    """Whole GeoJSON features."""
    profiles: Sequence[Json]
    parts: Sequence[Part]
    hidden: Sequence[Field]
    """What only registered readers may see of any site, where the audience is the public."""

    @property
    def sites(self) -> list[Json]:
        return [feature["properties"] for feature in self.features]

    @property
    def references(self) -> list[str]:
        return [site["reference"] for site in self.sites]


def compare(features: Sequence[Json], profiles: Sequence[Json], audience: Audience) -> Comparison:
    """The sites in the order given; `profiles` are of their municipalities, in the same order."""
    sites = [feature["properties"] for feature in features]
    seen = SEEN[audience]
    fields = [
        one
        for one in SITE.values()
        if one.key not in IN_HEADINGS | NOT_COMPARED and not is_withheld(one, sites, audience)
    ]
    parts = [
        part(theme, title, (one for one in fields if section(one) == theme), sites)
        for theme, title in (*THEMES.items(), ("contact", CONTACT))
    ]
    for name, (title, some) in SECTIONS.items():
        shown = [one for one in some if one.factual and one.visibility in seen]
        parts.append(part(f"profile-{name}", title, shown, profiles, is_profile=True))
    hidden = [
        one for one in SITE.values() if one.visibility == "registered" and "registered" not in seen
    ]
    return Comparison(
        features, profiles, [one for one in parts if sites and (one.rows or one.missing)], hidden
    )


def section(field: Field) -> str:
    """The theme of a field; whom to call comes after all of them."""
    return "contact" if field.key in CONTACT_KEYS else field.theme


def is_withheld(field: Field, sites: Sequence[Json], audience: Audience) -> bool:
    """Whether the audience may not see the field, and no site makes an exception."""
    return field.visibility not in SEEN[audience] and not is_said(field.key, sites)


def is_said(key: str, sites: Iterable[Json]) -> bool:
    return any(site.get(key) is not None or key in site["provenance"] for site in sites)


def part(
    key: str,
    title: Text,
    fields: Iterable[Field],
    sites: Sequence[Json],
    *,
    is_profile: bool = False,
) -> Part:
    some = list(fields)
    said = [one for one in some if is_said(one.key, sites)]
    return Part(
        key,
        title,
        [row(one, sites) for one in said],
        [one for one in some if one not in said],
        is_profile,
    )


def row(field: Field, sites: Sequence[Json]) -> Row:
    values = [site.get(field.key) for site in sites]
    states = [site["provenance"].get(field.key, {}).get("state") for site in sites]
    told = [
        orjson.dumps([value, "known" if value is not None else state])
        for value, state in zip(values, states, strict=True)
    ]
    return Row(field, values, standings(field, values), len(set(told)) > 1)


def standings(field: Field, values: Sequence[Any]) -> list[Standing]:
    """Best and worst of those that can be told apart; nothing where all are alike. Any: JSON."""
    ranks = [rank(field, value) for value in values]
    known = [one for one in ranks if one is not None]
    if len(set(known)) < 2:
        return ["" for _ in values]
    ends: dict[float | None, Standing] = {min(known): "worst", max(known): "best"}
    return [ends.get(one, "") if one is not None else "" for one in ranks]


def rank(field: Field, value: Any) -> float | None:
    """A number that is higher the better; None where that cannot be said. Any: JSON."""
    if not field.better or value is None:
        return None
    found = measure(field, value)
    if found is None:
        return None
    return found if field.better == "more" else -found


def measure(field: Field, value: Any) -> float | None:
    """The value as a number; of a span its far end, which is what has to be counted on."""
    match field.kind:
        case "span":
            return float(value[-1])
        case "date":
            return float(date.fromisoformat(value).toordinal())
        case "code":
            return float(field.code_order.index(value)) if value in field.code_order else None
        case _:
            return float(value)
