"""The words for needs that are a number with a unit, in Swedish and English.

What stands first wins where two match the same words.
"""

import re
from dataclasses import dataclass
from typing import Literal

from catalogue.requests.needs import POWER_KEY
from catalogue.requests.vocabulary import words

Bent = Literal["capacity", "more", "less"]
"""How a number is meant where nothing is said: `capacity` is what the client will use, so that even
“at most 50 MW” asks for 50; `more` and `less` are the least and the most that will do."""


@dataclass(frozen=True)
class Measured:
    """A field that is asked for by a number and a unit."""

    key: str
    bent: Bent
    pattern: re.Pattern[str]


MEASURED: tuple[Measured, ...] = tuple(
    Measured(key, bent, words(pattern))  # type: ignore[arg-type]  # as in the table
    for key, bent, pattern in (
        ("largest_contiguous_ha", "more",
         r"contiguous|in one piece|single (?:parcel|piece)|sammanhängande|i ett stycke"),
        ("expansion_ha", "more",
         (r"expan\w+(?: land| area| space| room)?|exten(?:ded|sion\w*)|utök\w+|utbyggnad\w*|utvidg\w+|bygga(?:s)? ut|build out|additional|further|another|ytterligare|"
         r"framtida tillväxt|(?:possib\w+|option|room|ability) (?:to|of|for) (?:add|adding|acquir\w+|growth)|möjlig\w* att (?:lägga till|köpa till|förvärva)|(?<=ha )till(?=[ .,;]*$|[.,;])|(?<=hektar )till(?=[ .,;]*$|[.,;])|(?:room|space) to (?:grow|expand)|(?:möjlighet att |kunna )växa|(?:i|in) reserv\w*|extra")),
        ("min_plot_ha", "more", r"smallest plot|minsta tomt"),
        ("area_gross_ha", "more",
         (r"gross(?: area)?|total (?:site |land |plot )?area|total site|brutto\w*|total\w*(?:yta|areal)|"
         r"total (?:\w*yta|\w*areal|markyta)|hela området")),
        ("area_net_ha", "more",
         (r"net(?:to\w*)?(?: area)?|developable|build ?able|usable(?: land)?|byggbar\w*|"
         r"(?:kan |ska kunna |kunna )?bebyggas|tomt\w*|plots?|parcels?|sites?|site area|land area|land|area|mark|markyta|"
         r"markareal|markområde|yta|areal|fastighet")),
        ("excess_heat_offtake_mw", "capacity",
         (r"(?:excess|waste|surplus|residual) heat|heat offtake|offtake|heat (?:reuse|recovery|export|sales?)|värme(?:återvinning|export|leverans)\w*|(?:rest|spill)värme\w*|"
         r"överskottsvärme\w*|fjärrvärmenät\w*|värmeavsättning|"
         r"district heat\w* (?:network|grid|system)s? (?:\w+ ){1,3}?(?:take|receive|absorb)")),
        (POWER_KEY, "capacity",
         (r"(?:grid |utility |electrical |electric )?power\w*|electricity|electrical|load|"
         r"eleffekt\w*|effekt\w*|el|elbehov\w*|elanslutning\w*")),
        ("fire_water_l_s", "capacity",
         (r"fire[- ]?water|fire[- ]?fighting(?: water)?|sprinklers?|brandvatten|släckvatten|"
         r"sprinkler\w*")),
        ("sewage_m3_day", "capacity",
         (r"waste[- ]?water\w*|effluents?|sewage|sewer\w*|WWTP|drain(?:age)?|discharged?|\w*avlopp\w*|spillvatten\w*|släpp(?:a|er|s) ut|"
         r"processavlopp|utsläpp\w*|reningsverk\w*")),
        ("drinking_water_m3_day", "capacity",
         (r"drinking[- ]?water|potable(?: water)?|(?:municipal|town|city|mains?|tap|fresh|sanitary|"
         r"domestic) water|water \((?:municipal|potable|drinking|domestic|town|city|sanitary)\)|vatten \((?:kommunalt|dricks\w*)\)|vatten[:,|]? kommunalt|water[:,|] (?:municipal|town|city|mains|public)|dricksvatten\w*|kommunalt (?:dricks)?vatten|kommunvatten|renvatten|"
         r"färskvatten|sanitärt vatten|tappvatten")),
        ("process_water_m3_day", "capacity",
         (r"process(?:[- ]| and cooling )?water|cooling[- ]?water|(?:industrial|raw|technical|"
         r"make-?up|service|technological|production) water|(?:cooling )?make-?up|cooling demand|(?:process|rå|industri|kyl|produktions)vatten\w*|vattenuttag\w*|water|"
         r"water (?:supply|demand|need)|vatten|vattenbehov\w*|vattenförsörjning\w*")),
        ("sewage_pe", "capacity",
         r"sewage|waste[- ]?water|treatment|avlopp\w*|reningsverk\w*"),
        ("slope_pct", "less", r"slop(?:es?|ing)|gradients?|grade|inclination|steep\w*|\w*lutning\w*|lutar|\w*sluttning\w*|brant\w*"),
        ("fossil_free_pct", "more", r"fossil[- ]?free|fossilfri\w*|carbon[- ]free"),
        ("elevation_m", "more", r"above (?:mean )?sea level|elevation|över havet|höjd över havet"),
        ("max_building_height_m", "capacity",
         (r"(?:building |ridge |total )?heights?|tall|silos?|stacks?|chimneys?|skorsten\w*|buildings? up to|high|"
         r"(?:byggnads|nock|total|bygg)?höjd\w*|hög|höga")),
        ("depth_to_rock_m", "less",
         r"depth to (?:bed)?rock|(?:bed)?rock(?: at)?|djup till berg|till berg|berggrund\w*"),
        ("port_max_draught_m", "capacity",
         r"draughts?|drafts?|water depth|berth depth|djupgående\w*|(?:vatten|kaj|hamn)djup\w*"),
        ("distance_port_km", "less",
         (r"(?:deep[- ]?(?:sea|water) )?(?:sea)?ports?|harbou?rs?|quays?|hamn(?:en|ar)?|"
         r"(?:djup|container|industri)hamn\w*|kaj")),
        ("distance_terminal_km", "less",
         (r"inter-?modal\w*(?: terminals?| hubs?)?|(?:container|combi|freight|rail freight)? ?"
         r"terminals?|(?:kombi|container|gods|omlastnings)terminal\w*")),
        ("distance_rail_km", "less",
         (r"rail(?:way|road)?s?(?: lines?| network| connection| access)?|main ?line|järnväg\w*|"
         r"stambana\w*|tågspår")),
        ("distance_e_road_km", "less",
         (r"E-?[ -]?roads?|E ?\d{1,2}|european (?:road|route|highway)s?|motorways?(?: junction)?|"
         r"highways?|freeways?|trunk roads?|junctions?|trafikplats\w*|europaväg\w*|E-?väg\w*|motorväg\w*")),
        ("distance_airport_km", "less", r"(?:international )?airports?|flygplats\w*|Arlanda"),
        ("distance_substation_km", "less",
         (r"(?:primary |transformer |grid )?sub-?stations?|(?:grid )?connection point|point of connection|anslutningspunkt\w*|station(?= i (?:region|stam|el)nätet)|transformatorstation\w*|ställverk\w*|"
         r"(?:fördelnings|mottagnings|nät|transformator|stam)stations?\w*|stationen")),
        ("main_distance_m", "less",
         r"(?:water |sewer )?mains?|(?:huvud)?vattenledning\w*|huvudledning\w*|VA-ledning\w*|ledningsnät\w*"),
        ("main_dimension_mm", "more", r"dimension\w*|diameter\w*"),
        ("cooling_water_distance_km", "less",
         (r"cooling (?:source|water)|kylvatten\w*|kylkälla|lakes?|rivers?|sea|sjö\w*|hav\w*|"
         r"vattendrag\w*|älv\w*")),
        ("connection_lead_months", "less",
         (r"(?:grid )?connections?(?: lead[- ]time| time)?|(?<!rail )(?<!rail-)connected|energi[sz]ed|energi[sz]ation|"
         r"ledtid för anslutning\w*|anslutning\w*|anslutas|ansluten|ledtid\w*")),
        ("land_access_months", "less",
         r"hand-?over|(?:site |land )hand-?over|takeover|take possession|land available|available within|possession|access to (?:the )?(?:land|site)|closing|tillträd\w+"),
        ("env_lead_days", "less",
         (r"(?:environmental )?permits?(?: decision)?|permitting|(?:miljö)?tillstånd\w*|"
         r"miljöprövning\w*|prövning\w*")),
        ("connection_cost_msek", "less",
         r"(?:grid )?connection (?:costs?|fees?|charges?)|anslutningskostnad\w*|anslutningsavgift\w*"),
        ("price_sek_m2", "less", r"prices?|land price|asking price|\w*pris(?:et|er)?|köpeskilling\w*"),
        ("outage_min_year", "less", r"outages?(?: time)?|SAIDI|(?:supply |power )?interruptions?|downtime|\w*avbrott\w*"),
        ("latency_ms_stockholm", "less", r"latency|round[- ]trip(?: time| latency)?|RTT|\w*fördröjning\w*|latens\w*"),
        ("summer_temp_c", "less", r"(?:summer |(?:cooling )?water )*temperatures?|\w*temperatur\w*|(?:process|kyl|cooling )?(?:vatten|water)(?= (?:at most|max|högst|under|below) \d+ ?(?:°|grader|degrees))"),
    )
)  # fmt: skip

ALONE: dict[str, str] = {
    "area": "area_net_ha",
    "power": POWER_KEY,
    "land_price": "price_sek_m2",
    "outage": "outage_min_year",
    "delay": "latency_ms_stockholm",
    "heads": "sewage_pe",
}
"""What a unit asks for by itself, where no word near it says something else."""
RIVERS_AND_LAKES = ("cooling_water_distance_km",)
COOLING = words(r"cool\w*|free-?cooling|kyl\w*")
HARD_SURFACE = re.compile(
    r" (?:\w+ )?(?:hårdgjord\w*|asfalterad\w*|hardstanding|hard[- ]?surfaced|paved|asphalted)",
    re.IGNORECASE,
)
"""The catalogue knows no such area."""
OTHER_CITY = re.compile(r" (?:to|till) (?!Stockholm)[A-ZÅÄÖ]\w+")
"""Delays are known to Stockholm only."""
OTHER_GROUND = re.compile(
    r"\b(?:yards?|storage|lay-?down(?: area)?|parking(?: lot)?|car park|stockyard|truck court|ponds?|upplag\w*|parkering\w*|"
    r"virkesgård\w*|dagvattendamm\w*|uppställning\w*)(?: areas?)?(?: of|:| på| om)?(?: (?:about|some|ca|cirka|c\.))? $",
    re.IGNORECASE,
)
"""Parts of the plant itself: `a scrap yard of 3 ha`."""
BUILDING = words(
    r"buildings?|warehouses?|halls?|footprint|floor(?: ?space| area)?|GFA|BTA|facility|facilities|"
    r"production (?:area|space)|offices?|byggnad\w*|\w*lager|lagret|lokal\w*|hall\w*|fabrik\w*|"
    r"kontor\w*|anläggning\w*|golvyta"
)
