"""Profiles of the ten municipalities: plausible, rounded, and marked as the estimates they are."""

from collections.abc import Mapping
from datetime import date, timedelta
from math import dist
from random import Random
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from catalogue import municipalities
from catalogue.changes import Changes, Entry, read_changes
from catalogue.database import Actor, act_as
from catalogue.fields import PROFILE
from catalogue.provenance import Provenance
from catalogue.rules import Rules
from catalogue.tables import account
from geo.reference_systems import SWEREF99TM, WGS84, transformer
from seed.base import read
from seed.demo_grounds import plain
from seed.demo_people import contact, email, staff
from seed.demo_profile_facts import FACTS, ProfileFacts
from seed.demo_texts import genitive

ESTIMATE = "Avrundat arbetsvärde, inte avstämt"
FIRST_KEYS = frozenset(
    {"description_sv", "description_en", "website", "contact_name", "contact_role",
     "contact_phone", "contact_email", "working_age_pct", "unemployment_pct", "tax_rate_pct",
     "workforce_by_sector", "plan_lead_months"}
)  # fmt: skip
"""What the first version of a profile said; the rest came with the second."""
SLOW_KEYS = (
    "vocational_programmes", "university_distance_km", "water_investments", "schools",
    "municipal_land_reserve_ha", "building_permit_lead_weeks", "decision_path", "hotel_beds",
    "housing_pipeline", "commuting_by_train", "land_price_policy", "fibre_description",
    "waste_heat", "swot_opportunities", "swot_threats",
)  # fmt: skip
"""What a profile may still lack."""
ASKED_DAYS = 40
VERSION_DATE = """
update municipality_version set recorded_at = least(recorded_at, :at)
where code = :code and version <= :version
"""


def add_profiles(session: Session, rules: Rules) -> int:
    """Two versions of each profile that nobody has written yet; how many profiles."""
    written = 0
    session.execute(text("alter table municipality_version disable trigger keep"))
    for facts in read("municipalities.json")["municipalities"]:
        code = facts["code"]
        before = municipalities.find(session, code)
        if "description_sv" in before.values:
            continue
        actor = editor(session, code, facts["name"])
        changes = unfinished(code, profile(facts, FACTS[code], rules.today), rules.today)
        first = {key: entry for key, entry in changes.items() if key in FIRST_KEYS}
        rest = {key: entry for key, entry in changes.items() if key not in FIRST_KEYS}
        for reason, entries, share in (("Profilen påbörjad", first, 0.3), ("Profilen kompletterad", rest, 0.85)):  # fmt: skip
            act_as(session, actor, reason)
            after = municipalities.change_profile(
                session, actor, code, Changes(entries), rules, expected_version=before.version
            )
            date_version(session, after, share, rules)
            before = after
        written += 1
    session.execute(text("alter table municipality_version enable trigger keep"))
    return written


def unfinished(code: str, said: Mapping[str, Entry | None], today: date) -> dict[str, Entry | None]:
    """Without some of what takes longest to find out; one thing has been asked about instead."""
    random = Random(f"unfinished {code}")
    missing = random.sample(SLOW_KEYS, int(len(SLOW_KEYS) * 0.8 * random.random()))
    found = {key: entry for key, entry in said.items() if key not in missing}
    if "waste_heat" in missing:
        day = today - timedelta(days=ASKED_DAYS)
        who = Provenance(state="unknown", asked="Fjärrvärmebolaget", asked_on=day)
        found["waste_heat"] = Entry(None, who)
    return found


def editor(session: Session, code: str, name: str) -> Actor:
    address = email("editor", name)
    found = session.scalars(select(account.c.id).where(account.c.email == address)).first()
    return Actor(found or 0, staff(code).editor.name, address, "editor", code)


def date_version(
    session: Session, profile: municipalities.Municipality, share: float, rules: Rules
) -> None:
    """The version moved back to when it would have been written."""
    first_day = date(2023, 10, 9)
    back = (rules.today - first_day) * (1 - share)
    random = Random(f"profile {profile.code}")
    at = rules.now() - back - timedelta(days=int(40 * random.random()))
    said = {"at": at, "code": profile.code, "version": profile.version}
    # Text SQL: one statement each, and no other code may write a version's date.
    session.execute(text(VERSION_DATE), said)
    session.execute(text("update municipality set updated_at = :at where code = :code"), said)


def profile(facts: Mapping[str, Any], more: ProfileFacts, today: date) -> dict[str, Entry | None]:
    """All fields of a profile; Any: JSON."""
    random = Random(f"profile of {facts['code']}")
    raw: dict[str, Any] = {
        **words(facts, more),
        "swot_date": swot_day(facts["code"], today),
        **figures(facts, more, random),
        **supply(facts, random, today),
        **planning(facts, more, random),
    }
    dated = {
        key: value if not PROFILE[key].factual else stated(key, value, today, random)
        for key, value in raw.items()
    }
    changes = read_changes(dated, PROFILE, today=today, kept=frozenset())
    return dict(changes.entries)


def stated(key: str, value: Any, today: date, random: Random) -> dict[str, Any]:
    """A value object: figures are estimates, texts the municipality's own; Any: JSON."""
    is_text = PROFILE[key].kind in ("long_text", "list", "flag")
    age = timedelta(days=20 + int(430 * random.random() ** 2))
    return {
        "value": value,
        "basis": "municipality" if is_text else "estimate",
        "as_of": (today - age).isoformat(),
        "source": "Kommunens näringslivsenhet" if is_text else ESTIMATE,
    }


def words(facts: Mapping[str, Any], more: ProfileFacts) -> dict[str, Any]:
    """Description, priorities, contact and SWOT; Any: JSON."""
    name, seat = facts["name"], facts["seat"]
    whose = f"{genitive(name)} kommun"
    person = staff(facts["code"]).publisher
    return {
        "description_sv": f"{more.character.sv}. Centralort är {seat}. {whose} äger en stor del av "
        "den mark som är lämplig för industri och har en person som håller ihop en etablering från "
        "första samtalet till bygglov.",
        "description_en": f"{more.character.en}. The main town is {seat}. The municipality owns "
        "much of the land that suits industry and has one person who sees an establishment "
        "through, from the first call to the building permit.",
        "priorities_sv": f"Kommunen söker i första hand {more.wanted.sv}.",
        "priorities_en": f"The municipality looks first of all for {more.wanted.en}.",
        "website": f"https://{plain(name)}.example/etablera",
        **contact(person, f"{plain(name)}.example"),
        "swot_strengths": ["Kommunägd mark i bra lägen", "Korta beslutsvägar", more.character.sv],
        "swot_weaknesses": ["Få sökande med teknisk utbildning", "Elnätet är fullt vid topplast"],
        "swot_opportunities": [f"Stort intresse för {more.wanted.sv}", "Nya stamnät efter 2030"],
        "swot_threats": ["Nätägarens ledtider", "Överklagade detaljplaner"],
    }


def swot_day(code: str, today: date) -> str:
    """Some have gone through theirs within the year, others not."""
    return (today - timedelta(days=210 + int(300 * Random(f"swot {code}").random()))).isoformat()


def figures(facts: Mapping[str, Any], more: ProfileFacts, random: Random) -> dict[str, Any]:
    """People, homes and taxes; Any: JSON."""
    return {
        "working_age_pct": more.working_age_pct,
        "population_45_km": people_within(facts, 45),
        "population_60_km": people_within(facts, 60),
        "workforce_by_sector": [
            {"sector": sector, "persons": persons} for sector, persons in more.industries
        ],
        "unemployment_pct": more.unemployment_pct,
        "upper_secondary_pct": round(84 - more.tertiary_pct - 6 * random.random(), 0),
        "tertiary_pct": more.tertiary_pct,
        "vocational_programmes": list(more.programmes),
        "university_distance_km": round(kilometres(facts["seat_position"], [17.118, 60.669]), 0),
        "housing_pipeline": more.homes,
        "schools": "Förskola och grundskola med lediga platser. Undervisning på engelska ordnas "
        "efter behov tillsammans med grannkommunerna.",
        "hotel_beds": more.beds,
        "commuting_by_train": more.train,
        "tax_rate_pct": more.tax_rate_pct,
        "district_heating_description": more.heat,
        "fibre_description": "Stadsnät i alla verksamhetsområden. Två skilda stamnät passerar "
        "centralorten.",
        "waste_heat": "Fjärrvärmebolaget köper restvärme över 70 grader, annars efter värmepump.",
    }


def supply(facts: Mapping[str, Any], random: Random, today: date) -> dict[str, Any]:
    """The grid and the water; Any: JSON."""
    owner, region = facts["grid_owners"]["value"][0], facts["regional_grid_owner"]["value"]
    utility = facts["water_utility"]["value"]
    year = today.year + 2 + int(4 * random.random())
    return {
        "grid_situation": f"{owner} har ledig effekt för mindre anslutningar. Över 20 MW krävs "
        f"förstärkning av regionnätet, som {region} äger.",
        "grid_investments": [
            {"year": year, "what": f"Ny transformator, {region}", "mw": 40 + 10 * int(9 * random.random())},
            {"year": year + 3, "what": "Förnyad regionnätsledning", "mw": None},
        ],
        "water_situation": f"{utility} har god tillgång till grundvatten. Reningsverket begränsar "
        "större utsläpp.",
        "water_investments": [
            {"year": year - 1, "what": "Ny reservvattentäkt", "m3_day": 500 + 100 * int(20 * random.random())}
        ],
    }  # fmt: skip


def planning(facts: Mapping[str, Any], more: ProfileFacts, random: Random) -> dict[str, Any]:
    """Land, lead times and decisions; Any: JSON."""
    fast = random.random() < 0.4
    found: dict[str, Any] = {
        "planned_industrial_land_in_force_ha": float(more.in_force_ha),
        "planned_industrial_land_in_progress_ha": float(more.in_progress_ha),
        "municipal_land_reserve_ha": float(more.reserve_ha),
        "plan_lead_months": 15 + int(14 * random.random()),
        "building_permit_lead_weeks": 6 + int(6 * random.random()),
        "decision_path": "Näringslivschefen bereder, kommunstyrelsen beslutar om markanvisning och "
        "kommunfullmäktige antar detaljplanen.",
        "fast_track": fast,
        "land_price_policy": "Priset följer kommunens beslutade taxa för industrimark; stora "
        "etableringar förhandlas.",
    }
    if fast:
        found["fast_track_description"] = (
            "En grupp med plan, mark och miljö möts varje vecka och ger besked inom tio dagar."
        )
    return found


def people_within(facts: Mapping[str, Any], radius_km: float) -> int:
    """The people of the places known within a straight line of the seat, to the nearest thousand.

    Those who live outside the places are added as a tenth.
    """
    total = sum(
        place["properties"]["population"]
        for place in read("places.geojson")["features"]
        if kilometres(facts["seat_position"], place["geometry"]["coordinates"]) <= radius_km
    )
    return int(1_000 * round(total * 1.1 / 1_000))


def kilometres(one: list[float], other: list[float]) -> float:
    to_metres = transformer(WGS84, SWEREF99TM)
    return (
        dist(to_metres.transform(one[0], one[1]), to_metres.transform(other[0], other[1])) / 1_000
    )
