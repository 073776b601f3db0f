"""What is known of the ten municipalities beside their outlines; working values to be corrected.

`python -m seed.sources.municipality_facts`
"""

import json
from typing import Any, NamedTuple

from seed.sources.feature_files import DATA

AS_OF = "2023-12-31"
APPROXIMATE = {
    "sv": "Ungefärlig uppgift för 31 december 2023, inte avstämd mot SCB",
    "en": "Approximate figure for 31 December 2023, not compared with Statistics Sweden",
}
GENERAL_KNOWLEDGE = {
    "sv": "Arbetsvärde från allmän kännedom, ska bekräftas av kommunen",
    "en": "Working value from general knowledge, to be confirmed by the municipality",
}
VATTENFALL = "Vattenfall Eldistribution"
ELLEVIO = "Ellevio"


class Municipality(NamedTuple):
    """One row of the table below; the seat's position is in degrees."""

    code: str
    name: str
    seat: str
    latitude: float
    longitude: float
    population: int
    land_km2: int
    bidding_area: str
    grid_owners: tuple[str, ...]
    regional_grid_owner: str
    water_utility: str


MUNICIPALITIES = [
    Municipality("2101", "Ockelbo", "Ockelbo", 60.889, 16.720, 5_800, 1_062, "SE3",
                 (ELLEVIO,), VATTENFALL, "Gästrike Vatten"),
    Municipality("2104", "Hofors", "Hofors", 60.547, 16.286, 9_400, 409, "SE3",
                 ("Hofors Elverk",), VATTENFALL, "Gästrike Vatten"),
    Municipality("2121", "Ovanåker", "Edsbyn", 61.376, 15.817, 11_500, 1_873, "SE2",
                 ("Helsinge Net", ELLEVIO), ELLEVIO, "Helsinge Vatten"),
    Municipality("2132", "Nordanstig", "Bergsjö", 61.983, 17.067, 9_300, 1_370, "SE2",
                 (ELLEVIO,), ELLEVIO, "MittSverige Vatten & Avfall"),
    Municipality("2161", "Ljusdal", "Ljusdal", 61.829, 16.091, 18_538, 5_250, "SE2",
                 ("Ljusdal Elnät", ELLEVIO), ELLEVIO, "Ljusdal Vatten"),
    Municipality("2180", "Gävle", "Gävle", 60.675, 17.141, 103_600, 1_606, "SE3",
                 ("Gävle Energi",), VATTENFALL, "Gästrike Vatten"),
    Municipality("2181", "Sandviken", "Sandviken", 60.617, 16.776, 38_900, 1_165, "SE3",
                 ("Sandviken Energi",), VATTENFALL, "Sandviken Energi Vatten"),
    Municipality("2182", "Söderhamn", "Söderhamn", 61.304, 17.059, 24_545, 1_058, "SE2",
                 ("Söderhamn Elnät", ELLEVIO), ELLEVIO, "Söderhamn Nära"),
    Municipality("2183", "Bollnäs", "Bollnäs", 61.348, 16.395, 26_243, 1_814, "SE2",
                 ("Bollnäs Energi", ELLEVIO), ELLEVIO, "Helsinge Vatten"),
    Municipality("2184", "Hudiksvall", "Hudiksvall", 61.728, 17.104, 37_645, 2_491, "SE2",
                 (ELLEVIO,), ELLEVIO, "Hudiksvalls kommun"),
]  # fmt: skip

GASTRIKLAND = {"2101", "2104", "2180", "2181"}
# The border between the bidding areas follows grid areas and may cut through this municipality.
BIDDING_AREA_TO_VERIFY = {"2101"}
# The regional grid is known for Gävle–Sandviken and Hälsingland, assumed for these two.
REGIONAL_OWNER_TO_VERIFY = {"2101", "2104"}

Fact = dict[str, Any]  # Any: a value is a number, a text or a list of texts


def facts(row: Municipality) -> Fact:
    return {
        "code": row.code,
        "name": row.name,
        "county": row.code[:2],
        "province": "Gästrikland" if row.code in GASTRIKLAND else "Hälsingland",
        "seat": row.seat,
        "seat_position": [row.longitude, row.latitude],
        "population": fact(row.population, APPROXIMATE, verify=False),
        "land_km2": fact(row.land_km2, APPROXIMATE, verify=False),
        "bidding_area": fact(
            row.bidding_area, GENERAL_KNOWLEDGE, verify=row.code in BIDDING_AREA_TO_VERIFY
        ),
        "grid_owners": fact(row.grid_owners, GENERAL_KNOWLEDGE, verify=True),
        "regional_grid_owner": fact(
            row.regional_grid_owner,
            GENERAL_KNOWLEDGE,
            verify=row.code in REGIONAL_OWNER_TO_VERIFY,
        ),
        "water_utility": fact(row.water_utility, GENERAL_KNOWLEDGE, verify=True),
    }


def fact(value: object, source: dict[str, str], *, verify: bool) -> Fact:
    return {"value": value, "as_of": AS_OF, "source": source, "verify": verify}


if __name__ == "__main__":
    lines = [json.dumps(facts(row), ensure_ascii=False) for row in MUNICIPALITIES]
    head = {
        "source": "Working values from general knowledge, none of them checked at its source",
        "licence": "CC0 1.0",
        "made_by": "seed/sources/municipality_facts.py",
    }
    start = json.dumps(head, ensure_ascii=False)[:-1] + ', "municipalities": [\n'
    (DATA / "municipalities.json").write_text(
        start + ",\n".join(lines) + "\n]}\n", encoding="utf-8"
    )
