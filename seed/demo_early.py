"""What an example site said at first, before better answers came in."""

from datetime import date
from random import Random

from catalogue.fields import SITE, Theme, Value
from catalogue.fields.field import Record
from seed.demo_grounds import Ground
from seed.demo_land import MONTHS_LEFT, months_ahead
from seed.demo_standing import INAPPLICABLE, asked, rung
from seed.demo_supply import steps_of
from seed.demo_values import Account, office_names

PLAN_ORDER = SITE["detaljplan_status"].code_order
PLAN_MAP_KEYS = ("detaljplan_id", "detaljplan_url", "permitted_use", "max_building_height_m")
FIRST_ASKED: dict[Theme, frozenset[str]] = {
    "power": frozenset({"power_now_mw", "power_timeline", "connection_lead_months"}),
    "water": frozenset({"drinking_water_m3_day", "sewage_m3_day", "process_water_m3_day"}),
}
"""Asked about, or estimated, at the first visit; what else the theme says came with the answer."""
KNOWN_AT_ONCE = frozenset(
    {"bidding_area", "grid_owner_local", "grid_owner_regional", "water_utility", "utility_area"}
)


def early(now: Account, ground: Ground, improved: set[Theme], day: date, random: Random) -> Account:
    """The account as it was first given, where a theme has been improved since."""
    first = Account(dict(now.values), dict(now.standings))
    for theme in ("power", "water"):
        if theme in improved:
            supply_at_first(first, theme, ground, random)
    if "plan" in improved:
        plan_at_first(first, day, random)
    if "land" in improved:
        land_at_first(first, ground, now)
    return first


def supply_at_first(first: Account, theme: Theme, ground: Ground, random: Random) -> None:
    """Either everything was asked about, or there was an estimate below what came later."""
    grid_owner = str(first.values["grid_owner_local"])
    names = office_names(ground.suppliers, grid_owner)
    office = "grid" if theme == "power" else "water"
    only_asked = random.random() < 0.45
    step = int(2 * random.random())
    for key in [key for key in first.standings if SITE[key].theme == theme]:
        if key in KNOWN_AT_ONCE:
            continue
        value = first.values.pop(key, None)
        first.standings.pop(key)
        if key not in FIRST_ASKED[theme]:
            continue
        if only_asked or value is None:
            first.standings[key] = asked(key, ground.suppliers, grid_owner)
        else:
            first.values[key] = smaller(key, value)
            first.standings[key] = rung(office, step, names[office])


def smaller(key: str, value: Value) -> Value:
    """A first, cautious figure: six tenths."""
    if key == "power_timeline" and isinstance(value, list):
        points = [point for point in value if isinstance(point, dict)]
        return [lower(point) for point in points]
    if isinstance(value, float):
        return steps_of(0.6 * value) if key == "power_now_mw" else float(10 * round(value * 0.06))
    return value


def lower(point: Record) -> Record:
    return {**point, "mw": steps_of(0.6 * float(str(point["mw"])))}


def plan_at_first(first: Account, day: date, random: Random) -> None:
    """The plan one to three steps back, and when it was expected to be in force then."""
    place = PLAN_ORDER.index(str(first.values["detaljplan_status"]))
    if place == 0:
        return
    back = PLAN_ORDER[max(1, place - 1 - int(3 * random.random()))]
    if back == "overklagad":
        back = "samrad"
    first.values["detaljplan_status"] = back
    first.values["detaljplan_in_force_expected"] = months_ahead(day, MONTHS_LEFT.get(back, 12))
    first.standings["detaljplan_in_force_expected"] = first.standings["detaljplan_status"]
    for key in PLAN_MAP_KEYS:
        first.values.pop(key, None)
        first.standings[key] = INAPPLICABLE


def land_at_first(first: Account, ground: Ground, now: Account) -> None:
    """Read off a map, with the studies still to be made."""
    names = office_names(ground.suppliers, str(now.values["grid_owner_local"]))
    for key in ("protected_overlap", "contamination", "flood_risk"):
        if key in first.values:
            first.standings[key] = rung("county", 0, names["county"])
    if "geotech" in first.values:
        first.values["geotech"] = "none"
    for key in ("depth_to_rock_m", "soil"):
        first.values.pop(key, None)
        first.standings.pop(key, None)
