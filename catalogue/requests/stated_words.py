"""The words for needs that are said without a unit: redundancy, plan, owner, siding, soil.

What stands first wins where two match the same words.
"""

import re
from dataclasses import dataclass
from typing import Literal

from catalogue.requests.vocabulary import words


@dataclass(frozen=True)
class Stated:
    """A field that is asked for in words alone."""

    key: str
    op: Literal["min", "max", "any_of", "is"]
    value: str | int | bool | tuple[str, ...]
    pattern: re.Pattern[str]


ASKED = r"(?:[\w-]+ ){0,3}?"
PLAN = (
    r"(?:detaljplan\w*|planen|plan\w*arbete\w*|(?:detailed|zoning|local|development) (?:development )?plan\w*|"
    r"plan|zoning)"
)
TOWN = r"(?:the |our )?(?:municipality|council|city|town|local authority|kommun\w*)"
MUNICIPAL = r"(?:municipal(?:ly|ity)?|council|city|town)"
PLACE = r"(?:the |to the )?(?:site|plot|tomt\w*|områd\w+|plats\w*|mark\w*|fastighet\w*|industriområd\w+)"
CONNECTED = r"(?:connected|connection|connections|hooked up|anslut\w+|inkoppl\w+)"
STATED: tuple[Stated, ...] = tuple(
    Stated(key, op, value, words(pattern))  # type: ignore[arg-type]  # as in the table
    for key, op, value, pattern in (
        ("redundancy", "min", "n2", r"N ?[-–+] ?2(?:[- ]\w+)?"),
        ("redundancy", "min", "two_feeds",
         (r"(?:redundant )?(?:fed|feeds?|supply|supplies|power|matning\w*|matad) (?:from|från) (?:two|två) "
         r"(?:separate |different |independent |skilda |olika )?(?:sub-?stations|stationer|ställverk)|"
         r"(?:feed(?:er)?s?|matning(?:ar)?|suppl(?:y|ies))[ :|]+(?:two|2|två)(?: (?:independent|separate|oberoende|skilda))?(?! ?\w*[kKmM])|"
         r"(?:two|dual|double|2|två|dubbla|dubbel|duplicate)[- ](?:(?:fully|mutually|av varandra) )?"
         r"(?:(?:independent|separate|diverse|redundant|skilda|oberoende|separata|åtskilda) )?(?:power |grid |utility |electricity |incoming |el)*"
         r"(?:(?:in)?feed(?:s|ers?)?|fed|suppl(?:y|ies)|incomers?|grid connections|matning(?:ar|slinjer)?|inmatning(?:ar)?)|"
         r"(?:two|2|två) (?:independent|separate|diverse|skilda|oberoende)"
         r"(?=(?: ?\d{2,3} ?kV| or| eller| \d{2,3}|/)+ (?:feeds?|suppl(?:y|ies)|matningar))|"
         r"(?:matning|mata[sdt]|in|strömmen kommer(?: in)?|el) från två håll|tvåsidig matning|dubbelmatning|dubbelmatad")),
        ("redundancy", "min", "n1",
         (r"N ?[-–+] ?1(?:-?\w+)?(?: matning| supply| redundancy)?|redundan\w+ (?:power |grid |el)?(?:suppl(?:y|ies)|feeds?|"
         r"connections?|power|matning\w*|anslutning\w*|elmatning\w*)|redundant power|"
         r"(?:power|electricity|grid) (?:supply|connection|feed)(?: and (?:the )?fib\w+(?: \w+)?)?(?: must| should| shall| to)? (?:be|is|are) redundant|"
         r"(?:anslutning\w*|\w*försörjning\w*|matning\w*)(?: och fiber\w*)?(?: ska| skall| bör| måste)? (?:vara|är) redundant")),
        ("fossil_free_pct", "min", 100,
         (r"(?:all|all the) (?:el\w*|electricity|power|energy)(?: \w+){0,3} (?:fossilfri\w*|fossil[- ]free|carbon[- ]free)|"
          r"(?:enbart|endast|only) (?:fossilfri el\w*|fossil[- ]free (?:power|electricity))")),
        ("dark_fibre", "is", True, r"dark[- ]fib(?:re|er)|svart[- ]?fiber|mörk ?fiber"),
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
         r"divisible|(?:can|may) be (?:sub)?divided|split into|sub-?divid\w+|möjlig\w* att (?:dela|stycka)|(?:kan|kunna) (?:delas|styckas)|(?:går|gå|gick) att (?:dela|stycka)(?: upp)?|delbar\w*"),
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
         (r"(?:public|municipal|town|city) (?:sewer\w*|sewage|water)(?: mains?)? (?:and|&|/) (?:sewer\w*|sewage|water)(?: mains?)? "
         r"(?:connect\w+|available|on site|in place)|"
         rf"{CONNECTED} to (?:the )?(?:municipal|city|town|public) (?:water|utilities)(?: (?:and|&) (?:sewer\w*|sewage|drainage))?|"
         r"(?:city|town|public|mains?) water (?:and|&) (?:sewer\w*|sewage|drainage)(?: (?:at|to) the (?:property|site|plot)(?: line| boundary)?)?|"
         r"(?:inside|within) the (?:water )?(?:utility|service) area|"
         r"municipal water (?:and|&) (?:sewer\w*|sewage|waste ?water)(?: (?:network|system|service)s?)?|"
         r"(?:kommunalt VA|kommunalt vatten och avlopp|anslut\w+ till kommunalt (?:vatten|VA))(?!\w)|"
         r"(?:inom|i) (?:kommunalt )?verksamhetsområde\w*(?: för VA)?|"
         r"verksamhetsområde för VA[:;|, ]+inom")),
        ("comprehensive_plan", "any_of", ("industry",),
         (r"(?:comprehensive|master) plan [\w ]{0,40}industr\w+|"
         r"(?:översiktsplan\w*|ÖP) [\w ]{0,40}industr\w+|"
         r"(?:industr\w+)[\w ]{0,30} (?:in |i )(?:the |kommunens )?(?:comprehensive plan|master plan|översiktsplan\w*|ÖP)")),
        ("comprehensive_plan", "any_of", ("business_area",),
         (r"(?:comprehensive|master) plan [\w ]{0,40}(?:business|commercial)\w*(?: area| use)?|"
         r"(?:översiktsplan\w*|ÖP) [\w ]{0,40}verksamhet\w*|"
         r"verksamhet\w*[\w ]{0,30} i (?:kommunens )?(?:översiktsplan\w*|ÖP)")),
        ("detaljplan_status", "min", "granskning",
         rf"{PLAN}[\w :,|(]{{1,31}}(?:review(?: stage)?|granskning\w*)"),
        ("detaljplan_status", "min", "samrad", rf"{PLAN}[\w :,|(]{{1,31}}(?:consultation|samråd\w*)"),
        ("detaljplan_status", "min", "antagen", rf"{PLAN} [\w ]{{0,20}}(?:adopted|antagen)"),
        ("detaljplan_status", "min", "uppdrag",
         rf"{PLAN} [\w ]{{0,20}}(?:started|begun|ongoing|under ?way|påbörja\w+|pågå\w*|igång)"),
        ("detaljplan_status", "min", "planbesked", r"(?:positivt )?planbesked\w*|planning notice"),
        ("detaljplan_status", "min", "laga_kraft",
         (rf"{PLAN}[\w(),:| ]{{1,41}}(?:in (?:legal )?force|legally binding|in place|approved)|"
         rf"gällande (?:detalj)?plan\w*|zoned(?: for)?(?: (?:industr|heavy|manufact|logist|data)\w*)*(?: land)?|"
         rf"(?:{PLAN} [\w ]{{0,40}})?(?:vunnit |vinna |i |med )?laga ?kraft\w*|lagakraftvun\w+|(?:detaljplane?|plan)lagd\w*|"
         rf"färdigplanera\w+|(?:industri)?plan(?:lagd|lagt)\w*|detaljplanelagt")),
        ("tenure_offer", "any_of", ("sale",),
         (r"(?:municipality|council|owner)(?: that| who| which)?(?: is)?(?: willing to|['’]ll| will) sell|"
         r"(?<!power )purchase[sd]?(?! price)|freehold|for sale|(?:to )?buy(?: the)?(?: land| plot| site)?|köp(?!eskilling)\w*|friköp\w*|"
         r"förvärva?|äganderätt|(?:vill|önskar)(?: \w+){0,2} äga (?:marken|tomten)|äga (?:marken|tomten) själva|own the (?:land|plot|site)(?: ourselves)?")),
        ("tenure_offer", "any_of", ("lease",),
         r"leases?|leasehold|(?:to )?rent(?:al|ing)?(?! level)|(?:ground|land) (?:rent|lease)|arrende\w*|tomträtt\w*"),
        ("ownership", "any_of", ("municipal",),
         (rf"{TOWN} (?:owns?|owning|can sell|äger|som äger)|{TOWN} as (?:land)?owner|mark\w* är kommunal\w*|{MUNICIPAL}[- ]owned(?: land)?|"
         rf"owned by {TOWN}|municipal land|kommunäg\w+|(?:äg(?:s|as|d|t)|ägas) av kommun\w*|"
         r"kommunen (?:som )?(?:äger|mark)?ägare(?: marken)?|kommunen äger(?: marken)?|kommunal\w* (?:ägd )?mark\w*|kommunens mark|som kommunen äger")),
        ("ownership", "any_of", ("company",),
         (r"(?:owned )?by (?:an? )?(?:industrial |private )?company|(?<=municipal or )(?:a )?company|"
         r"(?<=municipality or )(?:a )?company|(?<=kommun eller )(?:bolag|företag)|company-owned|bolagsägd\w*")),
        ("ownership", "any_of", ("municipal",),
         (r"(?:owner(?:ship)?|ägande|ägare|markägare)[:|, ]+(?:the |av )?(?:municipal\w*|kommun\w*)|"
         r"municipally or state[- ]owned")),
        ("ownership", "any_of", ("state",),
         r"state[- ]owned|statligt? ägd\w*|(?<=or )the state|(?:av )?staten"),
        ("control", "any_of", ("owned", "option"),
         (r"(?:own\w*|controlled)(?: by the municipality)? or (?:has |have |held )?(?:with |under |on )?an option|"
         r"äg\w+ (?:marken )?eller (?:ha |har )?option\w*|(?:kommun\w* )(?:ska |har |måste )?(?:råda|råder|ha rådighet|rådighet)(?: över)?(?: marken)?|"
         r"municipal control|under the municipality's control")),
        ("contamination", "any_of", ("investigated", "remediated"),
         (r"(?:contamination|förorening\w*)[:| ]+(?:investigated|undersökt\w*)(?: (?:or|eller) (?:remediated|sanera\w+))?|"
         r"investigated (?:for|as to|regarding) (?:soil )?(?:contamination|pollution)|"
         r"(?:environmental|contamination) (?:ground )?(?:survey|investigation)|miljöteknisk\w* (?:mark)?undersökning\w*|"
         r"undersökt\w* (?:avseende|för|med avseende på) förorening\w*")),
        ("contamination", "any_of", ("remediated",), r"remediated|sanera[dt]\w*|decontaminated|cleaned up"),
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
         r"from (?:the )?district heat\w* grid|(?<!to the )(?<!to the local )(?<!to a )(?<!to )district heat\w*(?! ?grid)(?! (?:company|utility|operator|provider))(?! (?:network|system)s? (?:\w+ ){1,3}?(?:take|receive|absorb))(?: network| system)?|fjärrvärme(?!nät|bolag|leverant)\w*"),
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
SAME_FIELD = ("tenure_offer", "ownership", "site_type", "gas")
"""Fields whose codes in one sentence are alternatives: sale or lease."""

SIDING = words(
    r"(?:(?:rail(?:way)?|private|industrial) )?(?:sidings?|rail spurs?)|rail[- ](?:connected|served)|"
    r"(?:spår|järnvägs)anslut\w+|järnvägsspår\w*(?! i närheten)|industrispår\w*|stickspår\w*|"
    rf"(?:järnvägs)?spår (?:fram |in |ända )*(?:på|till|vid|intill) {PLACE}|järnväg (?:fram|in|ända in|ända fram) (?:på|till) {PLACE}|on-?site rail|rail (?:connection|access) (?:to|into|on|at) (?:the )?(?:site|plot)|rail (?:on|into|onto) (?:the )?(?:site|plot)|"
    r"anslutningsspår\w*"
)
SIDING_IN_USE = words(
    r"existing|in use|active|operational|in operation|i drift|i bruk|befintligt?|aktivt|fungerande"
)
SIDING_TO_BUILD = words(
    r"possib\w+|feasib\w+|capable of|potential\w*|(?:can|could|may) be built|close to|near(?:by)?|access to|"
    r"möjlig\w*|kunna? (?:anläggas|byggas)|kan (?:anläggas|byggas)|nära|närhet\w*"
)


COUNTED = r"\d|two|three|four|dual|två|tre|fyra|dubbla"
APART = r"(?:independent|diverse|separate|redundant|diversely routed|oberoende|skilda|separata|åtskilda)"
WAYS = (
    r"(?:routes?|paths?|entr(?:y|ies)|connections?|vägar|fibervägar|(?:fiber)?förbindelser|"
    r"(?:fiber)?anslutningar|fib(?:re|er)s?)"
)
ROUTES = re.compile(
    rf"(?P<count>{COUNTED})(?: (?:fully|physically|geographically|mutually|helt|fysiskt|av varandra))*"
    rf"[ -](?:{APART} )+(?:fib(?:re|er) ?)?{WAYS}\b"
    r"|fib(?:re|er)\w* (?:från|from) (?P<count3>two|three|två|tre|2|3) (?:håll|sides|directions)\b"
    rf"|(?P<count2>\d|två|tre|fyra) (?:{APART} )?(?:fibervägar|fiberförbindelser)\b"
    rf"|fib(?:re|er)\w*[:,]? (?:(?:ja|yes|minst|at least),? )?(?P<count5>{COUNTED}) (?:routes|paths|entries|vägar)\b"
    rf"|(?:(?:fib(?:re|er) ?)?{WAYS} \({APART}\)|{APART},? (?:fib(?:re|er) ?)?{WAYS}|fib(?:re|er) ?{WAYS})(?: (?:into|to|till) (?:the )?[\w]+)?[ :|]+"
    rf"(?:at least |minst |min\.? |≥ ?|>= ?)?(?P<count4>{COUNTED})\b(?! ?(?:km|m|ms)\b)",
    re.IGNORECASE,
)
BIDDING_AREA = re.compile(
    r"\b(?:SE ?-?|elområde |bidding (?:area|zone) |price (?:area|zone) )([1-4])\b(?! ?[.,]\d)",
    re.IGNORECASE,
)
READINESS = re.compile(
    r"(?:readiness(?: level)?|mognad(?:snivå|sgrad)?)(?: at least| minst| of| på|:)* (?P<level>[0-5])\b",
    re.IGNORECASE,
)
SOILS: dict[str, re.Pattern[str]] = {
    "till": words(r"morän\w*|moraine|glacial till|till(?=[*.,;)]|$| or\b| and\b)"),
    "rock": words(r"berg|(?:bed)?rock"),
    "clay_silt": words(r"(?:soft )?clays?|silt|ler(?:a|jord)\w*|siltjord\w*"),
    "peat": words(r"peat|bog|torv\w*|myr(?:mark)?"),
    "fill": words(r"fyllnadsmassor|fyllning|made ground|fill material"),
    "sand_gravel": words(r"sand(?: och grus| and gravel)?|grus|gravel"),
}
SOIL_CONTEXT = words(
    r"soils?|sub-?soil|ground|jord\w*|fast mark|mark(?:en)? av|undergrund\w*|bärighet\w*|bearing capacity|grundförhållanden|markförhållanden|"
    r"peat|torv\w*"
)
SOURCES: dict[str, re.Pattern[str]] = {
    "lake": words(r"lakes?|insjö\w*|sjö(?:n|ar|vatten|-)?"),
    "river": words(r"rivers?|vattendrag\w*|älv(?:en|ar|vatten)?|å"),
    "sea": words(r"sea|seawater|hav(?:et|svatten)?"),
    "groundwater": words(r"ground ?water|grundvatten\w*"),
    "reclaimed": words(r"reclaimed(?: water)?|renat avloppsvatten(?! (?:ska |kan )?släpp)"),
}
SOURCE_OF_PROCESS = words(
    r"(?:m3|m³|l|water)(?: ?/ ?\w+| per \w+)? from (?:a |the )?(?=lake|river|sea)|(?:m3|m³|l)(?: ?/ ?\w+| per \w+) från (?=sjö|älv|hav|en )|"
    r"process[- ]?(?:water)?|raw water|processvatten\w*|råvatten\w*|som (?:vatten)?källa|as (?:the |a )?(?:water )?source"
)
