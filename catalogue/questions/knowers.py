"""Who can answer what is asked about a field: by name where the site says it, else by their part."""

from collections.abc import Mapping
from typing import Literal

from catalogue.fields import Field, Theme, Value
from geo.texts import Text

Party = Literal["grid", "water", "planning", "outside", "own"]
PARTIES: dict[Party, Text] = {
    "grid": Text("Nätägaren", "The grid owner"),
    "water": Text("VA-huvudmannen", "The water utility"),
    "planning": Text("Plan, mark och miljö", "Planning, land and environment"),
    "outside": Text("Andra utanför kommunen", "Others outside the municipality"),
    "own": Text("Ni själva", "You yourselves"),
}
"""Those whom one call settles many fields with."""

WHO_BY_THEME: dict[Theme, Text] = {
    "identity": Text("Ni själva", "You yourselves"),
    "land": Text("Mark- och exploateringsavdelningen", "The land department"),
    "plan": Text("Planavdelningen", "The planning department"),
    "power": Text("Den lokala nätägaren", "The local grid owner"),
    "water": Text("VA-huvudmannen", "The water utility"),
    "transport": Text("Stadsnätet eller energibolaget", "The city network or the energy company"),
    "permits": Text("Miljökontoret", "The environment office"),
    "profile": Text("Ni själva", "You yourselves"),
}
PLANNERS = WHO_BY_THEME["plan"]
ENVIRONMENT_OFFICE = WHO_BY_THEME["permits"]
CITY_NETWORK = Text("Stadsnätet", "The city network")
ENERGY_COMPANY = Text("Energibolaget", "The energy company")
TRAFIKVERKET = Text("Trafikverket", "Trafikverket")
SURVEYORS = Text("Kart- och mätavdelningen", "The survey department")
WHO_BY_KEY: dict[str, Text] = {
    "outline": PLANNERS,
    "property_designations": WHO_BY_THEME["land"],
    "area_gross_ha": PLANNERS,
    "area_net_ha": PLANNERS,
    "largest_contiguous_ha": PLANNERS,
    "elevation_m": SURVEYORS,
    "slope_pct": SURVEYORS,
    "flood_risk": PLANNERS,
    "protected_overlap": PLANNERS,
    "contamination": ENVIRONMENT_OFFICE,
    "water_permit": ENVIRONMENT_OFFICE,
    "road_class": TRAFIKVERKET,
    "rail_siding": TRAFIKVERKET,
    "fibre_providers": CITY_NETWORK,
    "dark_fibre": CITY_NETWORK,
    "independent_routes": CITY_NETWORK,
    "latency_ms_stockholm": CITY_NETWORK,
    "district_heating": ENERGY_COMPANY,
    "excess_heat_offtake_mw": ENERGY_COMPANY,
    "gas": ENERGY_COMPANY,
}
NAMED_BY: dict[Theme, str] = {"power": "grid_owner_local", "water": "water_utility"}
"""The field in which a site itself says who knows about a theme."""
PARTY_BY_THEME: dict[Theme, Party] = {
    "identity": "own",
    "land": "planning",
    "plan": "planning",
    "power": "grid",
    "water": "water",
    "transport": "outside",
    "permits": "planning",
    "profile": "own",
}
PARTY_OF: dict[Text, Party] = {
    PLANNERS: "planning",
    ENVIRONMENT_OFFICE: "planning",
    SURVEYORS: "planning",
    WHO_BY_THEME["land"]: "planning",
    CITY_NETWORK: "outside",
    ENERGY_COMPANY: "outside",
    TRAFIKVERKET: "outside",
}
OF_GRID_AND_WATER: dict[str, Party] = {
    "grid_situation": "grid",
    "grid_investments": "grid",
    "water_situation": "water",
    "water_investments": "water",
}
"""Fields of a municipality's profile that others know better."""


def who_knows(field: Field, values: Mapping[str, Value | None]) -> Text:
    """Who can answer: by name where the site says it, else by their part."""
    named_by = NAMED_BY.get(field.theme)
    name = values.get(named_by) if named_by and field.key not in WHO_BY_KEY else None
    if name and field.key != named_by:
        return Text(str(name), str(name))
    return WHO_BY_KEY.get(field.key, WHO_BY_THEME[field.theme])


def who_knows_of_profile(field: Field) -> Text:
    """Who can answer what a municipality says of itself."""
    party = OF_GRID_AND_WATER.get(field.key)
    if party == "grid":
        return WHO_BY_THEME["power"]
    return WHO_BY_THEME["water"] if party == "water" else WHO_BY_THEME["profile"]


def party_of(field: Field) -> Party:
    """Whose telephone number it takes."""
    if field.theme == "profile":
        return OF_GRID_AND_WATER.get(field.key, "own")
    who = WHO_BY_KEY.get(field.key)
    return PARTY_BY_THEME[field.theme] if who is None else PARTY_OF[who]
