"""Made-up but plausible values about land, plan and permits, for a readiness aimed at."""

from datetime import date
from random import Random

from catalogue.fields import Value
from seed.demo_grounds import Ground

Values = dict[str, Value | None]
"""Values by key; None says that the field does not apply to the site."""

SOILS = ("till", "till", "till", "sand_gravel", "mixed", "clay_silt", "rock")
PROTECTION = ("shore_protection", "ancient_monument", "national_interest", "water_protection")
DESIGNATED = ("industry", "business_area", "industry", "development_area")
PLAN_STATUSES = (
    ("ingen",),
    ("op", "planbesked", "planbesked"),
    ("uppdrag", "samrad", "samrad", "granskning", "antagen", "overklagad"),
    ("laga_kraft",),
)
"""The plan's possible steps at readiness 0, 1, 2 and from 3."""
MONTHS_LEFT = {
    "ingen": 60, "op": 48, "planbesked": 40, "uppdrag": 30, "samrad": 20, "granskning": 12,
    "antagen": 4, "overklagad": 10,
}  # fmt: skip
"""Usual time until a plan at that step is in force."""
PERMITTED_USES = (["J"], ["J", "E"], ["J", "Z"], ["Z", "E"], ["J", "Z", "E"], ["J", "E", "T"])
HEAVY_USES = frozenset({"heavy_industry", "green_steel", "hydrogen", "battery", "wood_bio"})
LEAD_DAYS = {
    "C_notification": (150, 210),
    "B_county": (240, 420),
    "A_court": (400, 700),
    "seveso": (450, 820),
}


def months_ahead(day: date, months: int) -> date:
    """The first of a month, so many months after the day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def land(ground: Ground, level: int, random: Random) -> Values:
    draw = random.random
    net = max(0.5, round(ground.area_ha * (0.62 + 0.28 * draw()), 1))
    divisible = draw() < 0.65
    on_request = draw() < 0.35
    owned = draw() < (0.62 if level < 5 else 0.9)
    if owned:
        ownership, control = "municipal", "owned"
    else:
        ownership = random.choice(("company", "private", "mixed", "state"))
        control = "option" if level >= 2 else random.choice(("letter_of_intent", "none", "none"))
    return {
        "area_gross_ha": ground.area_ha,
        "area_net_ha": net,
        "largest_contiguous_ha": round(net * (0.55 + 0.45 * draw()), 1),
        "expansion_ha": float(round(ground.area_ha * draw())) if draw() < 0.6 else 0.0,
        "divisible": divisible,
        "min_plot_ha": min(net, 0.5 + 0.5 * int(9 * draw())) if divisible else None,
        "ownership": ownership,
        "control": control,
        "tenure_offer": random.choice((["sale"], ["sale"], ["sale", "lease"], ["lease"])),
        "price_sek_m2": None if on_request else float(60 + 10 * int(35 * draw())),
        "price_on_request": on_request,
        "land_access_months": int(4 * draw()) if level >= 5 else 2 + int(20 * draw()),
        **ground_conditions(ground, level, random),
    }


def ground_conditions(ground: Ground, level: int, random: Random) -> Values:
    draw = random.random
    used_before = ground.site_type in ("brownfield", "existing_building")
    if used_before:
        contamination = random.choice(("listed", "investigated", "remediated"))
        earthworks = random.choice(("cleared", "rough_graded", "pad_ready"))
    else:
        contamination = "investigated" if level >= 4 and draw() < 0.4 else "none_known"
        earthworks = "forest" if level < 4 or draw() < 0.3 else "cleared"
    if level >= 5 and earthworks == "forest":
        earthworks = "rough_graded"
    depth_m = round(1 + 14 * draw() ** 2, 1)
    return {
        "elevation_m": float(8 + int(190 * draw())),
        "slope_pct": round(0.5 + 7 * draw() ** 2, 1),
        "soil": "fill" if used_before and draw() < 0.6 else random.choice(SOILS),
        "depth_to_rock_m": depth_m,
        "geotech": random.choice(("desk", "field", "full") if level >= 3 else ("none", "desk")),
        "flood_risk": "none" if draw() < 0.85 else random.choice(("100_year", "extreme_flow")),
        "contamination": contamination,
        "protected_overlap": ["none"] if draw() < 0.72 else [random.choice(PROTECTION)],
        "earthworks": earthworks,
    }


def plan(ground: Ground, level: int, random: Random, today: date) -> Values:
    draw = random.random
    status = random.choice(PLAN_STATUSES[min(level, 3)])
    in_force = status == "laga_kraft"
    has_map = in_force or status in ("samrad", "granskning", "antagen", "overklagad")
    number = 1 + int(40 * draw())
    year = today.year - (1 + int(9 * draw()) if in_force else 0)
    found: Values = {
        "comprehensive_plan": random.choice(DESIGNATED) if level else "not_designated",
        "detaljplan_status": status,
        "detaljplan_id": f"{ground.code}-P{year}/{number}" if has_map else None,
        "detaljplan_url": f"https://{ground.domain}/detaljplaner/{year}-{number}"
        if has_map
        else None,
        "permitted_use": list(random.choice(PERMITTED_USES)) if has_map else None,
        "max_building_height_m": float(12 + 2 * int(15 * draw())) if has_map else None,
    }
    if not in_force:
        wait = MONTHS_LEFT[status]
        found["detaljplan_in_force_expected"] = months_ahead(today, wait + int(wait * draw() / 2))
    return found


def permits(ground: Ground, level: int, random: Random) -> Values:
    draw = random.random
    if HEAVY_USES & set(ground.suitable_for):
        route = random.choice(("B_county", "A_court", "A_court", "seveso"))
    else:
        route = random.choice(("C_notification", "B_county"))
    least, most = LEAD_DAYS[route]
    if level >= 5:
        permit = random.choice(("applied", "granted", "transferable"))
    elif level >= 3:
        permit = random.choice(("none", "consultation_done", "eia_ready"))
    else:
        permit = "none"
    return {
        "env_permit": permit,
        "env_instance": route,
        "env_lead_days": least + 10 * int((most - least) / 10 * draw()),
    }
