"""The words in which clients ask for what the catalogue knows, in Swedish and English.

Patterns match inside one sentence, without regard to case. What stands first wins where two match
the same words.
"""

import re
from dataclasses import dataclass
from typing import Literal

from catalogue.requests.needs import POWER_KEY

Bent = Literal["capacity", "more", "less"]
"""How a number is meant where nothing is said: `capacity` is what the client will use, so that even
“at most 50 MW” asks for 50; `more` and `less` are the least and the most that will do."""


def words(pattern: str) -> re.Pattern[str]:
    """As whole words; Swedish endings and compounds are written out in the pattern."""
    return re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)", re.IGNORECASE)


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
         (r"expan\w+(?: land| area| space| room)?|exten(?:ded|sion\w*)|utök\w+|utbyggnad\w*|utvidg\w+|additional|further|another|ytterligare|"
         r"framtida tillväxt")),
        ("min_plot_ha", "more", r"smallest plot|minsta tomt"),
        ("area_gross_ha", "more",
         (r"gross(?: area)?|total (?:site |land )?area|total site|brutto(?:yta|areal)?|totalyta|"
         r"total yta|hela området")),
        ("area_net_ha", "more",
         (r"net(?: area)?|developable|build ?able|usable(?: land)?|nettoyta|byggbar\w*|"
         r"kan bebyggas|tomt\w*|plots?|parcels?|sites?|site area|land area|land|area|mark|markyta|"
         r"markareal|markområde|yta|areal|fastighet")),
        ("excess_heat_offtake_mw", "capacity",
         (r"(?:excess|waste|surplus|residual) heat|heat offtake|offtake|restvärme\w*|spillvärme\w*|"
         r"överskottsvärme\w*|fjärrvärmenät\w*|värmeavsättning|"
         r"district heat\w* (?:network|grid|system)s? (?:\w+ ){1,3}?(?:take|receive|absorb)")),
        (POWER_KEY, "capacity",
         (r"(?:grid |utility |electrical |electric )?power\w*|electricity|electrical|load|"
         r"eleffekt\w*|effekt\w*|el|elbehov\w*|elanslutning\w*")),
        ("fire_water_l_s", "capacity",
         (r"fire[- ]?water|fire[- ]?fighting(?: water)?|sprinklers?|brandvatten|släckvatten|"
         r"sprinkler\w*")),
        ("sewage_m3_day", "capacity",
         (r"waste[- ]?water\w*|effluents?|sewage|sewer\w*|discharged?|avlopp\w*|spillvatten\w*|"
         r"processavlopp|utsläpp\w*|reningsverk\w*")),
        ("drinking_water_m3_day", "capacity",
         (r"drinking[- ]?water|potable(?: water)?|(?:municipal|town|city|mains?|tap|fresh|sanitary|"
         r"domestic) water|dricksvatten\w*|kommunalt (?:dricks)?vatten|kommunvatten|renvatten|"
         r"färskvatten|sanitärt vatten|tappvatten")),
        ("process_water_m3_day", "capacity",
         (r"process(?:[- ]| and cooling )?water|cooling[- ]?water|(?:industrial|raw|technical|"
         r"make-?up) water|processvatten\w*|råvatten\w*|industrivatten|kylvatten\w*|water|"
         r"water (?:supply|demand|need)|vatten|vattenbehov\w*|vattenförsörjning\w*")),
        ("sewage_pe", "capacity",
         r"sewage|waste[- ]?water|treatment|avlopp\w*|reningsverk\w*"),
        ("slope_pct", "less", r"slopes?|gradients?|inclination|lutning\w*|sluttning\w*"),
        ("fossil_free_pct", "more", r"fossil[- ]?free|fossilfri\w*|carbon[- ]free"),
        ("elevation_m", "more", r"above (?:mean )?sea level|elevation|över havet|höjd över havet"),
        ("max_building_height_m", "capacity",
         (r"(?:building |ridge |total )?heights?|tall|buildings? up to|high|"
         r"(?:byggnads|nock|total)?höjd\w*|hög|höga")),
        ("depth_to_rock_m", "less",
         r"depth to (?:bed)?rock|(?:bed)?rock(?: at)?|djup till berg|till berg|berggrund\w*"),
        ("port_max_draught_m", "capacity",
         r"draughts?|drafts?|water depth|berth depth|djupgående|vattendjup\w*|kajdjup\w*"),
        ("distance_port_km", "less",
         (r"(?:deep[- ]?(?:sea|water) )?(?:sea)?ports?|harbou?rs?|quays?|hamn(?:en|ar)?|"
         r"(?:djup|container|industri)hamn\w*|kaj")),
        ("distance_terminal_km", "less",
         (r"inter-?modal\w*(?: terminals?| hubs?)?|(?:container|combi|freight|rail freight) ?"
         r"terminals?|(?:kombi|container|gods|omlastnings)terminal\w*")),
        ("distance_rail_km", "less",
         (r"rail(?:way|road)?s?(?: lines?| network| connection| access)?|main ?line|järnväg\w*|"
         r"stambana\w*|tågspår")),
        ("distance_e_road_km", "less",
         (r"E-?[ -]?roads?|E ?\d{1,2}|european (?:road|route|highway)s?|motorways?(?: junction)?|"
         r"highways?|freeways?|trunk roads?|europaväg\w*|E-?väg\w*|motorväg\w*")),
        ("distance_airport_km", "less", r"(?:international )?airports?|flygplats\w*|Arlanda"),
        ("distance_substation_km", "less",
         (r"(?:primary |transformer |grid )?sub-?stations?|transformatorstation\w*|ställverk\w*|"
         r"(?:fördelnings|mottagnings|nät|transformator)stations?\w*|stationen")),
        ("main_distance_m", "less",
         r"water mains?|(?:huvud)?vattenledning\w*|VA-ledning\w*|ledningsnät\w*"),
        ("main_dimension_mm", "more", r"dimension\w*|diameter\w*"),
        ("cooling_water_distance_km", "less",
         (r"cooling (?:source|water)|kylvatten\w*|kylkälla|lakes?|rivers?|sea|sjö\w*|hav\w*|"
         r"vattendrag\w*|älv\w*")),
        ("connection_lead_months", "less",
         (r"(?:grid )?connections?(?: lead[- ]time| time)?|(?<!rail )(?<!rail-)connected|energi[sz]ed|energi[sz]ation|"
         r"ledtid för anslutning\w*|anslutning\w*|anslutas|ansluten|ledtid\w*")),
        ("land_access_months", "less",
         r"hand-?over|land handover|land available|available within|possession|access to (?:the )?(?:land|site)|closing|tillträd\w+"),
        ("env_lead_days", "less",
         (r"(?:environmental )?permits?(?: decision)?|permitting|(?:miljö)?tillstånd\w*|"
         r"miljöprövning\w*|prövning\w*")),
        ("connection_cost_msek", "less",
         r"(?:grid )?connection (?:cost|fee|charge)s?|anslutningskostnad\w*|anslutningsavgift\w*"),
        ("price_sek_m2", "less", r"prices?|land price|pris\w*|markpris\w*"),
        ("outage_min_year", "less", r"outages?(?: time)?|SAIDI|avbrott\w*"),
        ("latency_ms_stockholm", "less", r"latency|round[- ]trip(?: time)?|fördröjning\w*|latens\w*"),
        ("summer_temp_c", "less", r"(?:summer |water )*temperatures?|(?:sommar)?temperatur\w*"),
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


@dataclass(frozen=True)
class Stated:
    """A field that is asked for in words alone."""

    key: str
    op: Literal["min", "max", "any_of", "is"]
    value: str | int | bool | tuple[str, ...]
    pattern: re.Pattern[str]


ASKED = r"(?:[\w-]+ ){0,3}?"
PLAN = r"(?:detaljplan\w*|planen|plan\w*arbete\w*|(?:detailed|zoning|local|development) plan\w*|plan|zoning)"
STATED: tuple[Stated, ...] = tuple(
    Stated(key, op, value, words(pattern))  # type: ignore[arg-type]  # as in the table
    for key, op, value, pattern in (
        ("redundancy", "min", "n2", r"N ?[-–+] ?2(?:[- ]\w+)?"),
        ("redundancy", "min", "two_feeds",
         (r"(?:two|dual|double|2|två|dubbla|dubbel)[- ](?:(?:independent|separate|diverse|skilda|"
         r"oberoende) )?(?:power |grid |el)?(?:feeds?|infeeds?|fed|suppl(?:y|ies)|matning(?:ar)?)|"
         r"(?:two|2|två) (?:independent|separate|diverse|skilda|oberoende)"
         r"(?=(?: ?\d{2,3} ?kV| or| eller| \d{2,3}|/)+ (?:feeds?|suppl(?:y|ies)|matningar))|"
         r"(?:matning|matas) från två håll|tvåsidig matning|dubbelmatning|dubbelmatad")),
        ("redundancy", "min", "n1",
         (r"N ?[-–+] ?1(?:-?\w+)?(?: matning| supply| redundancy)?|redundan\w+ (?:power |grid |el)?(?:suppl(?:y|ies)|feeds?|"
         r"connections?|power|matning\w*|anslutning\w*|elmatning\w*)|redundant power")),
        ("dark_fibre", "is", True, r"dark fib(?:re|er)|svart ?fiber|mörk ?fiber"),
        ("road_class", "any_of", ("BK4",), r"BK ?(?:4|74)"),
        ("road_class", "any_of", ("BK1", "BK4"), r"BK ?1"),
        ("readiness", "min", 5, r"(?:build|shovel|construction)[- ]ready|byggklar\w*"),
        ("geotech", "min", "full",
         (r"full(?:y|ständig\w*)? geote\w+ ?(?:investigations?|stud(?:y|ies)|surveys?|utredning\w*|"
         r"undersökning\w*)?")),
        ("geotech", "min", "field",
         (r"geoteknisk\w* fältundersökning\w*|geotechnical (?:field|site) (?:surveys?|investigations?)|"
         r"boreholes?")),
        ("geotech", "min", "desk",
         (r"geotechnical (?:desk )?(?:investigations?|stud(?:y|ies)|surveys?|reports?)|"
         r"geoteknisk\w* (?:utredning\w*|undersökning\w*)")),
        ("divisible", "is", True,
         r"divisible|(?:can|may) be (?:sub)?divided|möjlig\w* att dela|kan delas|delbar\w*"),
        ("capacity_application", "min", "contract",
         r"(?:signed )?connection agreement|anslutningsavtal\w*"),
        ("capacity_application", "min", "reserved",
         (r"(?:grid )?capacity (?:is |already )?reserved|reserved capacity|"
         r"reserverad (?:nät)?(?:effekt|kapacitet)|kapacitet\w* (?:är )?reserverad")),
        ("env_permit", "min", "granted",
         (rf"(?:environmental )?permits? {ASKED}(?:granted|in place|secured|approved)"
         rf"(?: or transferable)?|miljötillstånd\w* {ASKED}(?:finn[sa]|bevilja\w+|på plats|klart)")),
        ("env_permit", "min", "transferable",
         (rf"(?:environmental )?permits? {ASKED}transferable|transferable (?:environmental )?permit|"
         rf"miljötillstånd\w* {ASKED}(?:överlåtas|överlåtbart)")),
        ("water_permit", "min", "granted",
         (rf"(?:vattenuttag\w*|uttag\w*) {ASKED}(?:tillstånd\w*|vattendom)|vattendom|"
         rf"(?:water |abstraction |withdrawal )+(?:permit|licen[cs]e)s?|permit to (?:draw|abstract) water")),
        ("utility_area", "any_of", ("inside",),
         (r"(?:inside|within) the (?:water )?(?:utility|service) area|"
         r"municipal water (?:and|&) (?:sewer\w*|sewage|waste ?water)(?: (?:network|system|service)s?)?|"
         r"(?:kommunalt VA|kommunalt vatten och avlopp|anslut\w+ till kommunalt (?:vatten|VA))(?!\w)|"
         r"(?:inom|i) (?:kommunalt )?verksamhetsområde\w*(?: för VA)?|"
         r"verksamhetsområde för VA[:;|, ]+inom")),
        ("comprehensive_plan", "any_of", ("industry",),
         (r"(?:comprehensive|master) plan [\w ]{0,40}industr\w+|"
         r"(?:översiktsplan\w*|ÖP) [\w ]{0,40}industr\w+")),
        ("detaljplan_status", "min", "granskning",
         rf"{PLAN} [\w ]{{0,30}}(?:review(?: stage)?|granskning\w*)"),
        ("detaljplan_status", "min", "samrad", rf"{PLAN} [\w ]{{0,30}}(?:consultation|samråd\w*)"),
        ("detaljplan_status", "min", "antagen", rf"{PLAN} [\w ]{{0,20}}(?:adopted|antagen)"),
        ("detaljplan_status", "min", "uppdrag",
         rf"{PLAN} [\w ]{{0,20}}(?:started|begun|ongoing|under ?way|påbörja\w+|pågå\w*|igång)"),
        ("detaljplan_status", "min", "laga_kraft",
         (rf"{PLAN} [\w(), ]{{0,40}}(?:in (?:legal )?force|legally binding|in place|approved)|"
         rf"gällande (?:detalj)?plan\w*|zoned(?: for)?(?: (?:industr|heavy|manufact|logist|data)\w*)*(?: land)?|"
         rf"(?:{PLAN} [\w ]{{0,40}})?(?:vunnit |vinna |i |med )?laga ?kraft\w*|lagakraftvun\w+|(?:detaljplane?|plan)lagd\w*|"
         rf"färdigplanera\w+")),
        ("tenure_offer", "any_of", ("sale",),
         (r"(?<!power )purchase[sd]?(?! price)|freehold|for sale|to buy(?: the)?(?: land| plot| site)?|köp\w*|friköp\w*|"
         r"förvärva?|äganderätt")),
        ("tenure_offer", "any_of", ("lease",),
         r"leases?|leasehold|ground rent|arrende\w*|tomträtt\w*"),
        ("ownership", "any_of", ("municipal",),
         (r"the municipality (?:owns|can sell)|municipal(?:ly|ity)?[- ]owned(?: land)?|owned by the municipality|municipal land|"
         r"kommunägd\w*|äg(?:s|as|d) av kommunen|kommunen äger(?: marken)?|kommunal\w* mark|kommunens mark")),
        ("ownership", "any_of", ("company",),
         r"(?:owned )?by (?:an? )?(?:industrial |private )?company"),
        ("ownership", "any_of", ("municipal",),
         (r"(?:owner(?:ship)?|ägande|ägare|markägare)[:|, ]+(?:the )?(?:municipal\w*|kommun\w*)|"
         r"municipally or state[- ]owned")),
        ("ownership", "any_of", ("state",),
         r"state[- ]owned|statligt? ägd\w*|(?<=or )the state|(?:av )?staten"),
        ("control", "any_of", ("owned", "option"),
         (r"(?:own\w*|controlled)(?: by the municipality)? or (?:has |have |held )?(?:with |under |on )?an option|"
         r"äg\w+ (?:marken )?eller (?:ha |har )?option\w*|(?:kommun\w* )(?:ska |har |måste )?(?:råda|råder|ha rådighet|rådighet)(?: över)?(?: marken)?|"
         r"municipal control|under the municipality's control")),
        ("site_type", "any_of", ("greenfield",), r"green-?field|jungfrulig mark|oexploaterad mark"),
        ("site_type", "any_of", ("brownfield",),
         r"brown-?field|(?:tidigare|gammal|före detta|f\.d\.) industrimark|former industrial (?:land|site)|previously developed"),
        ("site_type", "any_of", ("existing_building",),
         r"existing (?:industrial )?buildings?|befintlig\w* (?:industri)?(?:byggnad\w*|lokal\w*)"),
        ("gas", "any_of", ("hydrogen_planned",),
         r"hydrogen (?:pipeline|grid|network)s?|vätgas(?:ledning|nät)\w*"),
        ("gas", "any_of", ("lng_truck",), r"LNG"),
        ("gas", "any_of", ("pipeline_planned",), r"gas pipelines?|gasledning\w*"),
        ("gas", "any_of", ("lng_truck", "pipeline_planned"),
         r"natural gas|naturgas|gas (?:connection|supply)|gasanslutning"),
        ("district_heating", "any_of", ("available",),
         r"district heat\w*(?! ?grid)(?! (?:network|system)s? (?:\w+ ){1,3}?(?:take|receive|absorb))(?: network| system)?|fjärrvärme(?!nät)\w*"),
        ("power_type", "any_of", ("firm",), r"firm (?:power|capacity|supply)|fast effekt"),
        ("env_instance", "any_of", ("seveso",), r"seveso\w*(?:[- ]\w+)?"),
        ("env_instance", "any_of", ("C_notification",),
         (r"(?:ej högre än|högst|max) C-(?:anläggning|verksamhet)\w*|notification (?:only|at most)")),
        ("env_instance", "any_of", ("C_notification", "B_county"),
         (r"(?:ej högre än|högst|max) B-(?:anläggning|verksamhet)\w*|"
         r"county (?:administrative board )?(?:permit|licen[cs]e) at most")),
        ("permitted_use", "any_of", ("J",),
         r"\(J\)|användning(?:en)? J|J-mark|(?:permitted use|land use|zoning) J"),
    )
)  # fmt: skip
HARD_SURFACE = re.compile(
    r" (?:\w+ )?(?:hårdgjord\w*|asfalterad\w*|hardstanding|hard[- ]?surfaced|paved|asphalted)",
    re.IGNORECASE,
)
"""The catalogue knows no such area."""
SAME_FIELD = ("tenure_offer", "ownership", "site_type", "gas")
"""Fields whose codes in one sentence are alternatives: sale or lease."""

SIDING = words(
    r"(?:(?:rail(?:way)?|private|industrial) )?(?:sidings?|rail spurs?)|rail[- ](?:connected|served)|"
    r"(?:spår|järnvägs)anslut\w+|industrispår\w*|stickspår\w*|"
    r"anslutningsspår\w*"
)
SIDING_IN_USE = words(
    r"existing|in use|active|operational|in operation|i drift|i bruk|befintligt?|aktivt|fungerande"
)
SIDING_TO_BUILD = words(
    r"possib\w+|feasib\w+|capable of|potential\w*|(?:can|could|may) be built|close to|near(?:by)?|access to|"
    r"möjlig\w*|kunna? (?:anläggas|byggas)|kan (?:anläggas|byggas)|nära|närhet\w*"
)


ROUTES = re.compile(
    r"(?P<count>\d|two|three|four|dual|två|tre|fyra|dubbla)"
    r"(?: (?:fully|physically|helt))?[ -](?:independent |diverse |separate |diversely routed |oberoende |skilda |separata )+"
    r"(?:fib(?:re|er) ?)?(?:routes?|paths?|entr(?:y|ies)|connections?|vägar|fibervägar|(?:fiber)?förbindelser|fib(?:re|er)s?)\b"
    r"|fib(?:re|er) (?:från|from) (?P<count3>two|three|två|tre|2|3) (?:håll|sides|directions)\b"
    r"|(?P<count2>\d|två|tre|fyra) (?:oberoende |skilda )?(?:fibervägar|fiberförbindelser)\b",
    re.IGNORECASE,
)
BIDDING_AREA = re.compile(r"\bSE ?-?([1-4])\b", re.IGNORECASE)
READINESS = re.compile(
    r"(?:readiness(?: level)?|mognad(?:snivå|sgrad)?)(?: at least| minst| of| på|:)* (?P<level>[0-5])\b",
    re.IGNORECASE,
)
FIRM = words(r"firm(?:ly)?|on firm terms|fast(?: effekt| abonnemang)?(?! mark)")
OTHER_CITY = re.compile(r" (?:to|till) (?!Stockholm)[A-ZÅÄÖ]\w+")
"""Delays are known to Stockholm only."""
BUILDING = words(
    r"buildings?|warehouses?|halls?|footprint|floor(?: ?space| area)?|GFA|BTA|facility|facilities|"
    r"production (?:area|space)|offices?|byggnad\w*|\w*lager|lagret|lokal\w*|hall\w*|fabrik\w*|"
    r"kontor\w*|anläggning\w*|golvyta"
)
SOILS: dict[str, re.Pattern[str]] = {
    "till": words(r"morän\w*|moraine|glacial till"),
    "rock": words(r"berg|bedrock"),
    "sand_gravel": words(r"sand(?: och grus| and gravel)?|grus|gravel"),
}
SOIL_CONTEXT = words(r"soils?|ground|jord\w*|fast mark|mark(?:en)? av|undergrund")
SOURCES: dict[str, re.Pattern[str]] = {
    "lake": words(r"lakes?|insjö\w*|sjö(?:n|ar|vatten)?"),
    "river": words(r"rivers?|vattendrag\w*|älv(?:en|ar)?|å"),
    "sea": words(r"sea|seawater|hav(?:et|svatten)?"),
    "groundwater": words(r"ground ?water|grundvatten\w*"),
    "reclaimed": words(r"reclaimed(?: water)?|renat avloppsvatten(?! (?:ska |kan )?släpp)"),
}
SOURCE_OF_PROCESS = words(
    r"process[- ]?(?:water)?|raw water|processvatten\w*|råvatten\w*|som (?:vatten)?källa|as (?:the |a )?(?:water )?source"
)
