"""Why words of a client were not read as a requirement, and which field they may be about."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from catalogue.requests.units import Dimension
from catalogue.requests.vocabulary import words
from geo.texts import Text


@dataclass(frozen=True)
class Unread:
    """Words of the client that may be a requirement but were not read as one."""

    fragment: str
    reason: Text
    key: str = ""
    """The field it is likely to be about, where that can be told."""
    question: str = ""


@dataclass(frozen=True)
class Mention:
    """Words that tell of a need without saying enough, or of one that the catalogue has not."""

    pattern: re.Pattern[str]
    reason: Text
    key: str = ""


NOT_SURE = Text(
    "Inte säkert tolkat. Lägg till det som villkor om det är ett krav.",
    "Not read with certainty. Add it as a condition if it is required.",
)
NO_FIELD = Text("Katalogen har ingen sådan uppgift.", "The catalogue has no such field.")
CONDITIONAL = Text(
    "Ett villkor i kundens text som beror på ett annat. Välj det som gäller.",
    "A condition that depends on another. Choose the one that holds.",
)
CHOICE = Text(
    "Antingen det ena eller det andra. Välj vad som ska krävas.",
    "Either of two things. Choose which to require.",
)
NO_NEED = Text("Kunden säger att det inte behövs.", "The client says that it is not needed.")
ABOUT_CLIENT = Text("Ser ut att handla om kunden själv.", "It seems to be about the client itself.")
YEAR_OF_POWER_ONLY = Text(
    "Katalogen har år bara för effekten.", "The catalogue has years for power only."
)
OUT_OF_RANGE = Text(
    "Talet är för stort för uppgiften. Kontrollera enheten.",
    "The number is too large for the field. Check its unit.",
)
EQUIPMENT = Text(
    "Gäller kundens anläggning, inte platsens effekt.",
    "It is about the client's plant, not the power at the site.",
)
BUILDING = Text(
    "Gäller en byggnads yta, inte tomtens.", "It is the area of a building, not of the land."
)
OF_DIMENSION: dict[Dimension, tuple[Text, str]] = {
    "apparent_power": (
        Text(
            "MVA är skenbar effekt. Fråga efter effekten i MW, eller räkna om med kundens cos φ.",
            "MVA is apparent power. Ask for MW, or convert it with the client's power factor.",
        ),
        "power_mw",
    ),
    "energy": (
        Text(
            "Energi över tid säger inte hur stor effekt som behövs. Fråga efter MW.",
            "Energy over time does not tell how much power is needed. Ask for MW.",
        ),
        "power_mw",
    ),
    "duration": (
        Text(
            "Katalogen har inget fält för den tiden.", "The catalogue has no field for that time."
        ),
        "",
    ),
    "flow": (
        Text("Det framgår inte vilket vatten som avses.", "It does not say which water is meant."),
        "",
    ),
    "volume": (
        Text("En volym utan tid, som m³ per dygn.", "A volume without a time, such as m³ a day."),
        "",
    ),
}
"""Why a quantity of that kind was left, and the field that may be meant."""

FLAT = Mention(
    words(r"flat|level(?:led)? (?:ground|land|site)|plant? (?:mark|tomt|yta|område)|jämn mark"),
    Text("Ange hur stor lutning som får vara, i procent.", "Say how steep it may be, in per cent."),
    "slope_pct",
)
SHAPE = Mention(
    words(r"rect?angular|rektangul\w+|square(?:-shaped)? (?:plot|site|land)|kvadratisk\w*"),
    NO_FIELD,
)
COAST = Mention(
    words(r"(?:near|close to|on|by|nära|vid|längs) (?:the )?(?:coast\w*|kusten|havet)"), NO_FIELD
)
OF_LAND_READ = (FLAT, SHAPE, COAST)
"""Told wherever they stand: they are said of hectares that are read all the same."""
MENTIONS: tuple[Mention, ...] = tuple(
    Mention(words(pattern), Text(sv, en), key)
    for pattern, sv, en, key in (
        (r"fib(?:re|er)\w*|bredband\w*|broadband|carriers?",
         "Katalogen vet vilka leverantörer som finns och hur många oberoende vägar.",
         "The catalogue knows which providers there are and how many independent routes.",
         "independent_routes"),
        (r"fossil[- ]?free|fossilfri\w*|renewabl\w+|förnybar\w*|green (?:power|electricity)|grön el",
         "Ange andelen fossilfri el i procent. Förnybar el redovisas inte för sig.",
         "Say the fossil-free share in per cent. Renewable power is not told apart.",
         "fossil_free_pct"),
        ((r"interruptible|flexib\w+ (?:connection|power|capacity|effekt)|avbrottsbar\w*|villkorad\w*|"
          r"(?:power|capacity|load|effekt\w*)\b[^.;]{0,30}\bflexib\w+"),
         "Ange om effekten måste vara fast.", "Say whether the power must be firm.", "power_type"),
        (r"(?:power|electricity|energy) (?:costs?|prices?)|elpris\w*|elkostnad\w*",
         "Katalogen har ingen sådan uppgift.", "The catalogue has no such field.", ""),
        (r"steam|ånga|ång\w+|compressed air|tryckluft|nitrogen|kväve|oxygen|syrgas",
         "Katalogen har ingen sådan uppgift.", "The catalogue has no such field.", ""),
        (r"drive[- ]?time|driving|drive|commut\w+|restid\w*|körtid\w*|pendling\w*|bilresa",
         "Katalogen har avstånd fågelvägen, inga restider.",
         "The catalogue has distances by the straight line, no travel times.", ""),
        ((r"housing|homes|bostäder|schools?|skol\w+|universit\w+|högskol\w*|work ?force|labour|labor|"
         r"arbetskraft\w*|inhabitants|invånare|hotels?|hotell\w*"),
         "Står i kommunens profil och kan inte krävas av en plats.",
         "It stands in the municipality's profile and cannot be required of a site.", ""),
        (r"deep[- ]?(?:sea|water)|djuphamn\w*", "Ange djupgåendet i meter.",
         "Say the draught in metres.", "port_max_draught_m"),
        (r"ports?|harbou?rs?|hamn(?:en|ar)?", "Ange avståndet i kilometer.",
         "Say the distance in kilometres.", "distance_port_km"),
        (r"rail(?:way|road)?s?|järnväg\w*|spår\w*", "Ange avståndet i kilometer.",
         "Say the distance in kilometres.", "distance_rail_km"),
        (r"airports?|flygplats\w*|arlanda", "Ange avståndet i kilometer.",
         "Say the distance in kilometres.", "distance_airport_km"),
        (r"motorways?|highways?|europaväg\w*|E ?4|E ?16", "Ange avståndet i kilometer.",
         "Say the distance in kilometres.", "distance_e_road_km"),
        (r"intermodal\w*|kombiterminal\w*", "Ange avståndet i kilometer.",
         "Say the distance in kilometres.", "distance_terminal_km"),
        (r"sub-?stations?|transformatorstation\w*|ställverk\w*", "Ange avståndet i kilometer.",
         "Say the distance in kilometres.", "distance_substation_km"),
        (r"waste ?water\w*|sewage|effluents?|avlopp\w*|spillvatten\w*", "Ange mängden i m³ per dygn.",
         "Say how much, in m³ a day.", "sewage_m3_day"),
        (r"process ?water|processvatten\w*", "Ange mängden i m³ per dygn.",
         "Say how much, in m³ a day.", "process_water_m3_day"),
        (r"(?:drinking|potable|municipal) water|dricksvatten\w*", "Ange mängden i m³ per dygn.",
         "Say how much, in m³ a day.", "drinking_water_m3_day"),
        (r"cooling|kylning|kylvatten\w*", "Ange källan eller avståndet till den.",
         "Say the source, or how far it may be.", "cooling_water_source"),
        (r"redundan\w+", "Ange N-1, två matningar eller N-2.", "Say N-1, two feeds or N-2.",
         "redundancy"),
        (r"zoning|detailed plan|detaljplan\w*", "Ange hur långt planen ska ha kommit.",
         "Say how far the plan must have come.", "detaljplan_status"),
        (r"environmental permit\w*|miljötillstånd\w*", "Ange hur långt prövningen ska ha kommit.",
         "Say how far the permit must have come.", "env_permit"),
        ((r"soil|ler(?:a|jord)\w*|jordart\w*|bearing capacity|bärighet\w*|ground conditions|"
         r"markförhållanden"), "Ange vilka jordarter som passar.", "Say which soils will do.", "soil"),
        (r"geotech\w*|geotekn\w*", "Ange vilken undersökning som ska finnas.",
         "Say which study there must be.", "geotech"),
        (r"flood\w*|översvämning\w*", "Ange vilken risk som godtas.",
         "Say which risk is accepted.", "flood_risk"),
        (r"contaminat\w+|remediat\w+|förorening\w*|saner\w+", "Ange vad som godtas.", "Say what is accepted.",
         "contamination"),
        (r"natura ?2000|nature reserves?|naturreservat\w*|strandskydd\w*|riksintresse\w*",
         "Ange vilket skydd som inte får finnas.", "Say which protection there may not be.",
         "protected_overlap"),
        (r"contiguous|sammanhängande|in one piece|i ett stycke", "Ange den största sammanhängande ytan.",
         "Say the largest contiguous area.", "largest_contiguous_ha"),
        (r"gas|biogas", "Ange vilket slag av gas som ska finnas.", "Say which gas there must be.", "gas"),
        (r"district heat\w*|fjärrvärme\w*", "Ange om fjärrvärme ska finnas.",
         "Say whether district heating must be there.", "district_heating"),
    )
)  # fmt: skip

REASONS: Mapping[str, Text] = {
    reason.sv: reason
    for reason in (
        NOT_SURE, NO_FIELD, CONDITIONAL, CHOICE, NO_NEED, ABOUT_CLIENT, YEAR_OF_POWER_ONLY,
        OUT_OF_RANGE, EQUIPMENT, BUILDING,
        *(one for one, _ in OF_DIMENSION.values()),
        *(one.reason for one in (*OF_LAND_READ, *MENTIONS)),
    )
}  # fmt: skip
"""Every reason there is, by its Swedish words."""


def mentioned(text: str, start: int, end: int) -> Mention | None:
    """The first of the table that stands between two places of a sentence."""
    return next((one for one in MENTIONS if one.pattern.search(text, start, end)), None)
