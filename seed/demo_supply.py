"""Made-up but plausible values about power, water, transport and fibre."""

from datetime import date
from random import Random

from catalogue.fields.field import Record
from seed.demo_grounds import Ground
from seed.demo_land import Values

MOST_MW = {400: (120, 360), 220: (60, 210), 130: (20, 110), 0: (2, 16)}
"""From and to which full power, by the highest voltage of the station; 0: the local grid only."""
MOST_MW_HA = 1.6
"""About what a data centre draws on its land; nothing draws more."""
CONDITIONS = (
    "Efter ny transformator i stationen",
    "När den nya ledningen är tagen i drift",
    "Uttaget kan begränsas vid topplast vintertid",
    "Kräver ombyggnad av regionnätet",
    "Förutsätter anslutningsavtal senast året före",
)
FIBRE = ("Telia", "GlobalConnect", "Telenor", "Zayo")
DIMENSIONS_MM = (110, 160, 200, 225, 315, 400)
SOURCES = ("lake", "river", "groundwater")
PIPES = (
    "Ny huvudledning fram till området",
    "Ny tryckstegring",
    "När vattenverket är utbyggt",
)


def power(ground: Ground, level: int, random: Random, today: date) -> Values:
    draw = random.random
    station = ground.station
    least, most = MOST_MW[station.kv if station else 0]
    full = steps_of(min(least + (most - least) * draw(), MOST_MW_HA * ground.area_ha + 8))
    now = 0.0 if draw() < 0.2 else steps_of(full * (0.05 + 0.35 * draw()))
    kind = random.choice(("firm", "firm", "mixed", "flexible"))
    timeline = timeline_to(full, now, kind, random, today.year)
    wait_months = 12 * (int(str(timeline[-1]["year"])) - today.year)
    soonest = max(6, wait_months - 12 + 3 * int(4 * draw()))
    if level >= 5:
        application = random.choice(("reserved", "contract"))
    elif level >= 3:
        application = random.choice(("enquiry", "applied"))
    else:
        application = random.choice(("none", "enquiry"))
    return {
        "bidding_area": ground.suppliers.bidding_area,
        "grid_owner_local": random.choice(ground.suppliers.grid_owners),
        "grid_owner_regional": ground.suppliers.regional_grid_owner,
        "power_now_mw": now,
        "power_timeline": timeline,
        "power_type": kind,
        "connection_voltage_kv": voltages(full, station.kv if station else 0, random),
        "substation": station.code if station else None,
        "redundancy": random.choice(("n1", "n1", "two_feeds")) if full > 20 else "n0",
        "connection_lead_months": [soonest, soonest + 6 + 3 * int(5 * draw())],
        "connection_cost_msek": float(round(full * (0.3 + 0.6 * draw()), 0)) or 1.0,
        "capacity_application": application,
        "competing_requests_mw": float(10 * int(30 * draw())) if station else None,
        "outage_min_year": float(20 + int(90 * draw())),
        "fossil_free_pct": 99.0 if ground.suppliers.bidding_area in ("SE1", "SE2") else 98.0,
    }


def steps_of(mw: float) -> float:
    """MW as a grid owner would state it: whole below 20, then in fives."""
    return float(round(mw)) if mw < 20 else float(5 * round(mw / 5))


def timeline_to(full: float, now: float, kind: str, random: Random, year: int) -> list[Record]:
    """From the power now, by way of about half, to the full power."""
    half_year = year + 1 + int(2 * random.random())
    full_year = half_year + 1 + int(4 * random.random())
    half = max(now, steps_of(full * (0.4 + 0.25 * random.random())))
    points: list[Record] = [{"year": year, "mw": now, "firm": kind != "flexible"}]
    if half > now:
        points.append({"year": half_year, "mw": half, "firm": kind != "flexible"})
    if full > half:
        points.append({"year": full_year, "mw": full, "firm": kind == "firm"})
    for point in points:
        point["condition"] = None
    if kind != "firm" or random.random() < 0.4:
        points[-1]["condition"] = random.choice(CONDITIONS)
    return points


def voltages(full_mw: float, station_kv: int, random: Random) -> list[int]:
    if full_mw > 150:
        return [station_kv] if random.random() < 0.5 else [130, station_kv]
    if full_mw > 20:
        return [130] if full_mw > 60 or random.random() < 0.6 else [40, 130]
    return list(random.choice(([10], [20], [20, 40]) if full_mw > 8 else ([10], [20])))


def water(ground: Ground, level: int, random: Random, today: date) -> Values:
    draw = random.random
    drinking = float(10 * int(3 + 80 * draw() ** 2))
    later = drinking + float(50 * int(1 + 12 * draw()))
    source = random.choice(SOURCES)
    cooling = random.choice(("lake", "river", "none"))
    grows: list[Record] = [
        {"year": today.year, "m3_day": drinking, "condition": None},
        {
            "year": today.year + 2 + int(4 * draw()),
            "m3_day": later,
            "condition": random.choice(PIPES),
        },
    ]
    sewage = float(10 * int(drinking * (0.7 + 0.3 * draw()) / 10))
    has_process_water = draw() < 0.7
    return {
        "water_utility": ground.suppliers.water_utility,
        "utility_area": "inside" if level >= 4 else random.choice(("inside", "planned", "outside")),
        "drinking_water_m3_day": drinking,
        "drinking_water_timeline": grows,
        "process_water_m3_day": float(100 * int(5 + 150 * draw() ** 2))
        if has_process_water
        else None,
        "process_water_source": source if has_process_water else None,
        "water_permit": random.choice(("none", "investigated", "applied", "granted")),
        "cooling_water_source": cooling,
        "cooling_water_distance_km": None if cooling == "none" else round(0.2 + 6 * draw() ** 2, 1),
        "summer_temp_c": None if cooling == "none" else round(14 + 5 * draw(), 1),
        "sewage_m3_day": sewage,
        "sewage_pe": 4 * int(sewage),
        "main_distance_m": float(50 * int(30 * draw() ** 2)),
        "main_dimension_mm": random.choice(DIMENSIONS_MM),
        "fire_water_l_s": float(random.choice((20, 20, 30, 40))),
    }


def transport(ground: Ground, random: Random) -> Values:
    draw = random.random
    siding = "none"
    if ground.rail_km < 2.5:
        siding = random.choice(("feasible", "feasible", "disused", "active", "none"))
    heating = random.choice(("none", "planned", "available"))
    routes = 1 + int(3 * draw())
    return {
        "road_class": "BK4" if draw() < 0.75 else "BK1",
        "rail_siding": siding,
        "fibre_providers": random.sample(FIBRE, routes),
        "dark_fibre": draw() < 0.6,
        "independent_routes": routes,
        "latency_ms_stockholm": round(2.2 + 4.5 * draw(), 1),
        "district_heating": heating,
        "excess_heat_offtake_mw": float(2 + int(18 * draw())) if heating == "available" else None,
        "gas": random.choice(("none", "lng_truck", "lng_truck", "hydrogen_planned")),
    }
