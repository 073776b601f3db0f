"""What the figures of progress mean, in the words that stand in every report of them."""

from dataclasses import dataclass

from catalogue.fields.field import CUBIC_METRES_A_DAY, DAYS, HECTARES, MEGAWATTS, PER_CENT
from catalogue.hours.hours import ProjectPlan
from catalogue.provenance import ShelfLife
from geo.texts import Text

NOTHING = Text("", "")
HOURS = Text("h", "h")

SUM = Text("Platserna räknas eller summeras.", "Sites are counted or summed.")
SHARE = Text(
    "Räknas på alla platsers fält tillsammans, inte som medelvärde av platser eller kommuner.",
    "Worked out from the fields of all sites together, not as a mean of sites or municipalities.",
)
MEDIAN = Text(
    "Medianen av alla värden tillsammans, inte av kommunernas medianer.",
    "The median of all values together, not of the municipalities' medians.",
)
ONCE = Text(
    "Varje station räknas en gång i varje kommun, i varje elområde och i länet. Kommunernas tal "
    "kan därför bli mer än länets.",
    "Each substation counts once in each municipality, in each bidding area and in the county. "
    "The municipalities' figures may therefore come to more than the county's.",
)
LONGEST = Text("Det största värdet.", "The largest value.")


@dataclass(frozen=True, kw_only=True)
class Definition:
    """What is counted, in words that stand in the report; `{…}` are settings."""

    key: str
    name: Text
    meaning: Text
    unit: Text = NOTHING
    added_up: Text = SUM
    decimals: int = 0


def meaning(definition: Definition, plan: ProjectPlan, shelf_life: ShelfLife) -> Text:
    """The definition in words, with the installation's own settings in it."""
    return definition.meaning.format(
        hours_per_month=plan.hours_per_month,
        start=plan.start,
        end=plan.end,
        power_days=shelf_life.power_days,
        other_days=shelf_life.other_days,
        weight_1=plan.weights.first,
        weight_2=plan.weights.second,
        weight_3=plan.weights.third,
    )


SITES = Definition(
    key="sites",
    name=Text("Platser", "Sites"),
    meaning=Text(
        "Platser i katalogen som inte är tillbakadragna: utkast, inskickade, publicerade, "
        "reserverade och etablerade.",
        "Sites in the catalogue that are not withdrawn: drafts, in review, published, reserved "
        "and established.",
    ),
)
STATUS = Definition(
    key="status",
    name=Text("Platser efter status", "Sites by status"),
    meaning=Text(
        "Platser som hade statusen den dagen. Varje plats räknas i en status.",
        "Sites that had the status on that day. Each site counts in one status.",
    ),
)
READINESS = Definition(
    key="readiness",
    name=Text("Platser efter mognad", "Sites by readiness"),
    meaning=Text(
        "Platser på varje mognadsnivå, räknad ur fälten som de såg ut den dagen, med dagens "
        "regler. Alla platser utom tillbakadragna. ”Ej bedömd” når inte ens nivå 0: område eller "
        "kontaktperson saknas.",
        "Sites at each level of readiness, worked out from the fields as they were on that day, "
        "by today's rules. All sites but withdrawn ones. “Not assessed” does not reach level 0: "
        "the outline or the contact is missing.",
    ),
)
COMPLETENESS = Definition(
    key="completeness",
    name=Text("Fullständighet", "Completeness"),
    meaning=Text(
        "Andelen av de fält som är aktuella för platsen som har ett värde eller är markerade som "
        "ej tillämpliga. Fält som räknas fram av katalogen är inte med. Fält där någon är "
        "tillfrågad räknas inte som ifyllda. Fält på nivå 1, 2 och 3 har vikterna {weight_1}, "
        "{weight_2} och {weight_3}. Alla platser utom tillbakadragna.",
        "The share of the fields that apply to the site that have a value or are marked as not "
        "applicable. Fields that the catalogue works out are left out. Fields where somebody has "
        "been asked do not count as filled in. Fields of level 1, 2 and 3 have the weights "
        "{weight_1}, {weight_2} and {weight_3}. All sites but withdrawn ones.",
    ),
    unit=PER_CENT,
    added_up=SHARE,
)
ASKED = Definition(
    key="asked",
    name=Text("Tillfrågat", "Asked"),
    meaning=Text(
        "Andelen av de aktuella fälten där svaret är okänt men någon har fått frågan: arbete som "
        "pågår. Nivåerna har samma vikter som i Fullständighet. Alla platser utom tillbakadragna.",
        "The share of the fields that apply where the answer is unknown but somebody has been "
        "asked: work in progress. Levels have the same weights as in Completeness. All sites but "
        "withdrawn ones.",
    ),
    unit=PER_CENT,
    added_up=SHARE,
)
KNOWN = Definition(
    key="known_values",
    name=Text("Kända värden", "Known values"),
    meaning=Text(
        "Uppgifter med ett värde, som har källa och datum och inte räknas fram av katalogen. "
        "Alla platser utom tillbakadragna.",
        "Facts with a value that carry a source and a date and are not worked out by the "
        "catalogue. All sites but withdrawn ones.",
    ),
)
VERIFIED = Definition(
    key="verified_pct",
    name=Text("Verifierad andel", "Verified share"),
    meaning=Text(
        "Andelen av de kända värdena som har minst ett skriftligt besked från nätägare, "
        "VA-huvudman eller myndighet, eller ett avtal, och som inte var inaktuella den dagen.",
        "The share of the known values that rest on at least a written answer from a grid owner, "
        "water utility or authority, or on an agreement, and were not stale on that day.",
    ),
    unit=PER_CENT,
    added_up=SHARE,
)
STALE = Definition(
    key="stale_values",
    name=Text("Inaktuella värden", "Stale values"),
    meaning=Text(
        "Kända värden som den dagen var äldre än gränsen: {power_days} dagar för el, "
        "{other_days} dagar för övrigt. Ett värde utan datum är inaktuellt.",
        "Known values that on that day were older than their limit: {power_days} days for power, "
        "{other_days} days for everything else. A value without a date is stale.",
    ),
)
AGE = Definition(
    key="median_age_days",
    name=Text("Uppgifternas medianålder", "Median age of values"),
    meaning=Text(
        "Hälften av de kända värdena var yngre än så den dagen, räknat från värdets datum.",
        "Half of the known values were younger than this on that day, counted from the date of "
        "the value.",
    ),
    unit=DAYS,
    added_up=MEDIAN,
)
GROSS = Definition(
    key="area_gross_ha",
    name=Text("Bruttoyta", "Gross area"),
    meaning=Text(
        "Bruttoytan på publicerade och reserverade platser. Platser utan uppgift är inte med.",
        "The gross area of published and reserved sites. Sites without a value are left out.",
    ),
    unit=HECTARES,
    decimals=1,
)
NET = Definition(
    key="area_net_ha",
    name=Text("Nettoyta", "Net area"),
    meaning=Text(
        "Ytan som kan bebyggas på publicerade och reserverade platser. Platser utan uppgift är "
        "inte med.",
        "The developable area of published and reserved sites. Sites without a value are left out.",
    ),
    unit=HECTARES,
    decimals=1,
)
POWER = Definition(
    key="power_mw",
    name=Text("Effekt, varje station en gång", "Power, each substation once"),
    meaning=Text(
        "Effekten, fast och flexibel, som publicerade och reserverade platser kan få i dag eller "
        "ett visst år. Platser som anger samma station delar på dess effekt: bara den största av "
        "dem räknas. En plats utan angiven station räknas för sig. I dag är fältet Effekt i dag; "
        "för ett år gäller Effekt år för år, och utan den dagens effekt. Okänt räknas inte.",
        "The power, firm and flexible, that published and reserved sites can have today or in a "
        "given year. Sites that name the same substation share its power: only the largest of "
        "them counts. A site that names none counts by itself. Today is the field Power today; "
        "for a year, Power year by year counts, and without it the power today. Unknown power "
        "does not count.",
    ),
    unit=MEGAWATTS,
    added_up=ONCE,
    decimals=1,
)
FIRM = Definition(
    key="power_firm_mw",
    name=Text("Fast effekt, varje station en gång", "Firm power, each substation once"),
    meaning=Text(
        "Som Effekt, men bara det som är fast: punkter i Effekt år för år som är markerade som "
        "fasta, och dagens effekt om platsens typ av effekt inte är flexibel.",
        "As Power, but only what is firm: points of Power year by year that are marked as firm, "
        "and the power today unless the site's type of power is flexible.",
    ),
    unit=MEGAWATTS,
    added_up=ONCE,
    decimals=1,
)
NAIVE = Definition(
    key="power_naive_mw",
    name=Text("Effekt, plats för plats", "Power, site by site"),
    meaning=Text(
        "Samma platser och år som Effekt, men varje plats summerad för sig, så att en delad "
        "station räknas flera gånger. Visas bara för jämförelse: så mycket finns inte.",
        "The same sites and years as Power, but each site summed by itself, so that a shared "
        "substation counts several times. Shown for comparison only: there is not that much.",
    ),
    unit=MEGAWATTS,
    decimals=1,
)
NAIVE_FIRM = Definition(
    key="power_firm_naive_mw",
    name=Text("Fast effekt, plats för plats", "Firm power, site by site"),
    meaning=Text(
        "Samma platser och år som Fast effekt, men varje plats summerad för sig.",
        "The same sites and years as Firm power, but each site summed by itself.",
    ),
    unit=MEGAWATTS,
    decimals=1,
)
NO_POWER = Definition(
    key="sites_without_power",
    name=Text("Platser utan känd effekt", "Sites without known power"),
    meaning=Text(
        "Publicerade och reserverade platser där dagens effekt inte är känd. De ingår inte i "
        "effekten i dag.",
        "Published and reserved sites whose power today is not known. They are not part of the "
        "power today.",
    ),
)
DRINKING = Definition(
    key="drinking_water_m3_day",
    name=Text("Dricksvatten", "Drinking water"),
    meaning=Text(
        "Dricksvattnet som publicerade och reserverade platser kan få i dag, var för sig. Platser "
        "som delar vattenverk kan inte alltid få det samtidigt. Okänt räknas inte.",
        "The drinking water that published and reserved sites can have today, each by itself. "
        "Sites that share a waterworks cannot always have it at once. Unknown does not count.",
    ),
    unit=CUBIC_METRES_A_DAY,
)
PROCESS = Definition(
    key="process_water_m3_day",
    name=Text("Processvatten", "Process water"),
    meaning=Text(
        "Processvattnet som publicerade och reserverade platser kan få, var för sig. Okänt räknas "
        "inte.",
        "The process water that published and reserved sites can have, each by itself. Unknown "
        "does not count.",
    ),
    unit=CUBIC_METRES_A_DAY,
)
SEWAGE = Definition(
    key="sewage_m3_day",
    name=Text("Avlopp", "Sewage"),
    meaning=Text(
        "Spillvattnet som kan tas emot från publicerade och reserverade platser, var för sig. "
        "Okänt räknas inte.",
        "The waste water that can be taken from published and reserved sites, each by itself. "
        "Unknown does not count.",
    ),
    unit=CUBIC_METRES_A_DAY,
)
NO_WATER = Definition(
    key="sites_without_water",
    name=Text("Platser utan känt dricksvatten", "Sites without known drinking water"),
    meaning=Text(
        "Publicerade och reserverade platser där dricksvattnet inte är känt.",
        "Published and reserved sites whose drinking water is not known.",
    ),
)
PUT_IN = Definition(
    key="hours",
    name=Text("Nedlagd tid", "Hours put in"),
    meaning=Text(
        "Timmar i tidsregistret som var inskrivna den dagen, för månader som då hade börjat. "
        "Rättelser är avdragna.",
        "Hours in the register that had been entered on that day, for months that had then begun. "
        "Corrections are taken off.",
    ),
    unit=HOURS,
    added_up=Text("Summan av kommunernas timmar.", "The sum of the municipalities' hours."),
    decimals=1,
)
TARGET = Definition(
    key="hours_target",
    name=Text("Timmar enligt planen", "Hours by the plan"),
    meaning=Text(
        "{hours_per_month} timmar per kommun för varje hel månad som hade gått av projektet, "
        "{start}–{end}. Den sista dagen i en månad räknas månaden som gången.",
        "{hours_per_month} hours per municipality for each whole month of the project that had "
        "passed, {start}–{end}. On its last day a month counts as passed.",
    ),
    unit=HOURS,
    added_up=Text("Summan av kommunernas timmar.", "The sum of the municipalities' hours."),
    decimals=1,
)
QUESTIONS = Definition(
    key="questions_open",
    name=Text("Obesvarade frågor", "Questions outstanding"),
    meaning=Text(
        "Fält som den dagen var okända och där någon hade fått frågan. Alla platser utom "
        "tillbakadragna.",
        "Fields that on that day were unknown and somebody had been asked about. All sites but "
        "withdrawn ones.",
    ),
)
WAITED = Definition(
    key="questions_median_days",
    name=Text("Väntat på svar, median", "Waited for an answer, median"),
    meaning=Text(
        "Hälften av de obesvarade frågorna hade väntat kortare tid än så, räknat från dagen då "
        "frågan ställdes.",
        "Half of the questions outstanding had waited less than this, counted from the day the "
        "question was asked.",
    ),
    unit=DAYS,
    added_up=MEDIAN,
)
WAITED_LONGEST = Definition(
    key="questions_longest_days",
    name=Text("Väntat på svar, längst", "Waited for an answer, longest"),
    meaning=Text(
        "Så länge hade den äldsta obesvarade frågan väntat.",
        "How long the oldest question outstanding had waited.",
    ),
    unit=DAYS,
    added_up=LONGEST,
)
