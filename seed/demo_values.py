"""All that an example site says, drawn at random for a readiness level; dates come later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from catalogue.fields import Value
from seed import demo_land, demo_supply
from seed.demo_grounds import Ground, Suppliers
from seed.demo_land import Values
from seed.demo_standing import INAPPLICABLE, OFFICES, Standing, asked, gap, name_of, told


@dataclass(frozen=True)
class Account:
    """Values with what stands behind them, undated."""

    values: dict[str, Value]
    standings: dict[str, Standing]


def account(ground: Ground, level: int, random: Random, today: date, haste: float = 1.0) -> Account:
    """What a site that reaches just this readiness level says, but for name and contact."""
    drawn: Values = {
        **demo_land.land(ground, level, random),
        **demo_land.plan(ground, level, random, today),
        **demo_supply.power(ground, level, random, today),
        **demo_supply.water(ground, level, random, today),
        **demo_supply.transport(ground, random),
        **demo_land.permits(ground, level, random),
        "site_type": ground.site_type,
        "suitable_for": list(ground.suitable_for),
        "property_designations": designations(ground.municipality, ground.locality, random),
    }
    return settle(drawn, level, ground, random, haste)


def settle(drawn: Values, level: int, ground: Ground, random: Random, haste: float) -> Account:
    """Each value told on some basis, asked about, or left out."""
    grid_owner = str(drawn["grid_owner_local"])
    names = office_names(ground.suppliers, grid_owner)
    values: dict[str, Value] = {}
    standings: dict[str, Standing] = {}
    for key, value in drawn.items():
        chosen = gap(key, level, random.random(), haste)
        if chosen == "empty":
            continue
        if value is None:
            standings[key] = INAPPLICABLE
        elif chosen == "told":
            values[key] = value
            standings[key] = told(key, level, names, random)
        else:
            standings[key] = asked(key, ground.suppliers, grid_owner)
    if values.get("price_on_request") is not True and "price_sek_m2" not in values:
        standings.pop("price_sek_m2", None)
    return Account(values, standings)


@cache
def office_names(suppliers: Suppliers, grid_owner: str) -> Mapping[str, str]:
    return {office: name_of(office, suppliers, grid_owner) for office in OFFICES}


def designations(municipality: str, locality: str, random: Random) -> list[str]:
    """One to three properties of the locality; `GÄVLE ANDERSBERG 14:32`."""
    block = 1 + int(14 * random.random())
    unit = 1 + int(60 * random.random())
    place = f"{municipality} {locality}".upper()
    return [f"{place} {block}:{unit + n}" for n in range(1 + int(3 * random.random()))]
