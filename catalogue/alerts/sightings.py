"""What a search finds, kept small enough to be compared with what it finds another day.

Always as everybody may see it, whoever is told: a letter carries no registered value.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

import orjson
from sqlalchemy.orm import Session

from catalogue import power
from catalogue.errors import NoSuchSite
from catalogue.fields import SITE, Field
from catalogue.listing import LISTINGS
from catalogue.search import conditions, queries
from catalogue.search.filters import SiteFilter
from catalogue.values import from_json
from geo.texts import Text, written

MOST_SITES = 1_000
"""So many sites of a search are followed; the first by reference."""
STATUS = "status"
POWER = "power"
TABLE = LISTINGS["public"]
Fit = Literal["meets", "may_fit"]
State = Mapping[str, Any]
"""By reference, as JSON: `name`, `fit`, `unknown` and `values` by key. Any: JSON."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is new about one site."""

    reference: str
    name: Text
    kind: Literal["meets", "may_fit", "changed", "stopped", "gone"]
    """Of those that no longer fit, `gone` are no longer shown at all."""
    lines: Sequence[Text]


def look(session: Session, wanted: SiteFilter) -> State:
    """What the search finds now, from the public read side."""
    part = queries.Page(limit=MOST_SITES, sort=("reference",))
    features = (orjson.loads(text) for text in queries.features(session, wanted, TABLE, part))
    keys = watched(wanted)
    return {said["reference"]: seen(said, wanted, keys) for said in properties(features)}


def look_again(session: Session, wanted: SiteFilter, before: State, now: State) -> State:
    """The sites that have stopped fitting, as they are now; those no longer shown are left out."""
    keys = watched(wanted)
    found = {}
    for reference in sorted(before.keys() - now.keys()):
        with suppress(NoSuchSite):
            text = queries.feature(session, wanted, TABLE, reference)
            [said] = properties([orjson.loads(text)])
            found[reference] = seen(said, wanted, keys)
    return found


def properties(features: Any) -> list[dict[str, Any]]:
    """Any: GeoJSON."""
    return [feature["properties"] for feature in features]


def watched(wanted: SiteFilter) -> list[str]:
    """The fields that the search's conditions are about; power stands for itself."""
    keys = [term.key for term in conditions.terms(wanted, TABLE) if term.key]
    powers = {conditions.POWER_NOW_KEY, conditions.POWER_BY_YEAR_KEY}
    return list(dict.fromkeys(key for key in keys if not (wanted.power and key in powers)))


def seen(said: Mapping[str, Any], wanted: SiteFilter, keys: Sequence[str]) -> dict[str, Any]:
    """One site's entry. Any: JSON."""
    values = {key: said[key] for key in keys if said.get(key) is not None}
    values[STATUS] = said[STATUS]
    if wanted.power:
        values[POWER] = megawatts(said, wanted)
    sv = said.get("name_sv") or said["reference"]
    return {
        "name": [sv, said.get("name_en") or sv],
        "fit": said["fit"],
        "unknown": said["unknown"],
        "values": values,
    }


def megawatts(said: Mapping[str, Any], wanted: SiteFilter) -> float | None:
    """By the year that is asked about, or now. Any: JSON."""
    asked = wanted.power
    if asked is None or asked.year is None:
        now: float | None = said.get(conditions.POWER_NOW_KEY)
        return now
    return power.available(said, asked.year, firm_only=asked.firm)


def changes(before: State, now: State, wanted: SiteFilter, stopped: State) -> list[Change]:
    """What is new: sites that meet the search first, then those that may fit, change and stop.

    `stopped` is what `look_again` says.
    """
    before, now = comparable(before, now)
    found = [
        one
        for reference, said in now.items()
        if (one := change(reference, before.get(reference), said, wanted))
    ]
    found += [
        no_longer(reference, said, stopped.get(reference), wanted)
        for reference, said in before.items()
        if reference not in now
    ]
    order = ("meets", "may_fit", "changed", "stopped", "gone")
    return sorted(found, key=lambda one: (order.index(one.kind), one.reference))


def comparable(before: State, now: State) -> tuple[State, State]:
    """Both as far as both reach: what lies past a full state was not looked at."""
    lasts = [max(state) for state in (before, now) if len(state) >= MOST_SITES]
    if not lasts:
        return before, now
    end = min(lasts)
    first, second = (
        {reference: said for reference, said in state.items() if reference <= end}
        for state in (before, now)
    )
    return first, second


def change(reference: str, before: State | None, now: State, wanted: SiteFilter) -> Change | None:
    """None where nothing that matters is new."""
    name = Text(*now["name"])
    differing = different(before, now, wanted)
    if before is not None and before["fit"] == now["fit"]:
        if not differing:
            return None
        return Change(reference=reference, name=name, kind="changed", lines=differing)
    if now["fit"] == "meets":
        text = Text("Uppfyller nu alla villkor", "Now meets every condition")
        return Change(reference=reference, name=name, kind="meets", lines=[text, *differing])
    return Change(
        reference=reference, name=name, kind="may_fit", lines=[doubt(now["unknown"]), *differing]
    )


def no_longer(reference: str, before: State, now: State | None, wanted: SiteFilter) -> Change:
    name = Text(*before["name"])
    if now is None:
        text = Text("Visas inte längre i katalogen", "No longer shown in the catalogue")
        return Change(reference=reference, name=name, kind="gone", lines=[text])
    text = Text("Passar inte längre", "No longer fits")
    differing = different(before, now, wanted)
    return Change(reference=reference, name=name, kind="stopped", lines=[text, *differing])


def fit_words(fit: Fit, unknown: Sequence[str]) -> Text:
    return Text("Passar", "Meets the search") if fit == "meets" else doubt(unknown)


def doubt(unknown: Sequence[str]) -> Text:
    labels = [SITE[key].label for key in unknown if key in SITE]
    return Text("Kan passa. Okänt: {fields}", "May fit. Not known: {fields}").format(
        fields=Text(
            ", ".join(label.sv for label in labels), ", ".join(label.en for label in labels)
        )
    )


def different(before: State | None, now: State, wanted: SiteFilter) -> list[Text]:
    """Each watched value that is another than before, as a line."""
    if before is None:
        return []
    old, new = before["values"], now["values"]
    keys = [key for key in new | old if old.get(key) != new.get(key)]
    return [
        Text("{field}: {old} → {new}", "{field}: {old} → {new}").format(
            field=label(key, wanted), old=worded(key, old.get(key)), new=worded(key, new.get(key))
        )
        for key in keys
        if key == POWER or key in SITE
    ]


def label(key: str, wanted: SiteFilter) -> Text:
    if key != POWER:
        return SITE[key].label
    year = wanted.power.year if wanted.power else None
    if year is None:
        return Text("Effekt nu", "Power now")
    return Text("Effekt {year}", "Power in {year}").format(year=str(year))


def worded(key: str, value: Any) -> Text:
    """A value as a letter has it, with its unit. Any: JSON."""
    if value is None:
        return Text("okänt", "not known")
    if key == POWER:
        return Text("{mw}\u00a0MW", "{mw}\u00a0MW").format(mw=float(value))
    return value_words(SITE[key], from_json(SITE[key], value))


def value_words(field: Field, value: Any) -> Text:
    """Any: the value of a field that can be filtered by, of its own type."""
    if field.codes:
        codes = value if isinstance(value, list | tuple) else [value]
        labels = [field.code_label(str(code)) for code in codes]
        return Text(", ".join(one.sv for one in labels), ", ".join(one.en for one in labels))
    if isinstance(value, bool):
        return Text("ja", "yes") if value else Text("nej", "no")
    parts = value if isinstance(value, list | tuple) else [value]
    gap = "\u00a0" if field.unit.sv else ""
    joint = "–" if field.kind == "span" else ", "
    return Text(
        joint.join(written(part, "sv") for part in parts) + gap + field.unit.sv,
        joint.join(written(part, "en") for part in parts) + gap + field.unit.en,
    )
