"""The municipality's people: how many, how old, what they work with and what they have studied."""

from catalogue.fields.field import KILOMETRES, PER_CENT, Column, Field
from geo.texts import Text

PERSONS = Text("personer", "people")

PEOPLE_FIELDS: tuple[Field, ...] = (
    Field(
        key="population",
        theme="profile",
        kind="integer",
        label=Text("Invånare", "Population"),
        help=Text(
            "Folkmängden i kommunen vid senaste årsskiftet, enligt SCB.",
            "The population at the latest turn of the year, from Statistics Sweden.",
        ),
        unit=PERSONS,
        minimum=0,
        maximum=2000000,
        level=2,
    ),
    Field(
        key="working_age_pct",
        theme="profile",
        kind="number",
        label=Text("I arbetsför ålder", "Of working age"),
        help=Text(
            "Andelen invånare som är 20–64 år, i procent, enligt SCB.",
            "The share of the population aged 20–64, in per cent, from Statistics Sweden.",
        ),
        unit=PER_CENT,
        minimum=0,
        maximum=100,
        level=2,
    ),
    Field(
        key="population_45_km",
        theme="profile",
        kind="integer",
        better="more",
        label=Text(
            "Invånare inom 45\N{NO-BREAK SPACE}km", "Population within 45\N{NO-BREAK SPACE}km"
        ),
        help=Text(
            "Antalet invånare inom 45\N{NO-BREAK SPACE}km fågelvägen från centralorten. "
            "SCB:s befolkningsrutor svarar.",
            "The population within 45\N{NO-BREAK SPACE}km in a straight line of the main town. "
            "The population grid of Statistics Sweden tells.",
        ),
        unit=PERSONS,
        minimum=0,
        maximum=5000000,
        level=2,
    ),
    Field(
        key="population_60_km",
        theme="profile",
        kind="integer",
        better="more",
        label=Text(
            "Invånare inom 60\N{NO-BREAK SPACE}km", "Population within 60\N{NO-BREAK SPACE}km"
        ),
        help=Text(
            "Antalet invånare inom 60\N{NO-BREAK SPACE}km fågelvägen från centralorten. "
            "SCB:s befolkningsrutor svarar.",
            "The population within 60\N{NO-BREAK SPACE}km in a straight line of the main town. "
            "The population grid of Statistics Sweden tells.",
        ),
        unit=PERSONS,
        minimum=0,
        maximum=5000000,
        level=2,
    ),
    Field(
        key="workforce_by_sector",
        theme="profile",
        kind="records",
        label=Text("Sysselsatta per bransch", "Workforce by sector"),
        help=Text(
            "Antalet sysselsatta med arbetsplats i kommunen, en rad per bransch, enligt SCB.",
            "The number employed at workplaces in the municipality, a row for each sector, "
            "from Statistics Sweden.",
        ),
        columns=(
            Column(key="sector", kind="text", label=Text("Bransch", "Sector"), maximum=120),
            Column(
                key="persons",
                kind="integer",
                label=Text("Sysselsatta", "Employed"),
                unit=PERSONS,
                minimum=0,
                maximum=1000000,
            ),
        ),
        level=2,
    ),
    Field(
        key="unemployment_pct",
        theme="profile",
        kind="number",
        label=Text("Arbetslöshet", "Unemployment"),
        help=Text(
            "Öppet arbetslösa och sökande i program, i procent av arbetskraften, "
            "enligt Arbetsförmedlingen.",
            "Openly unemployed and in programmes, in per cent of the labour force, "
            "from Arbetsförmedlingen.",
        ),
        unit=PER_CENT,
        minimum=0,
        maximum=50,
        level=2,
    ),
    Field(
        key="upper_secondary_pct",
        theme="profile",
        kind="number",
        label=Text("Gymnasial utbildning", "Upper secondary education"),
        help=Text(
            "Andelen av invånarna 25–64 år med gymnasial utbildning som högsta nivå, i procent.",
            "The share of those aged 25–64 with upper secondary as their highest level, "
            "in per cent.",
        ),
        unit=PER_CENT,
        minimum=0,
        maximum=100,
        level=2,
    ),
    Field(
        key="tertiary_pct",
        theme="profile",
        kind="number",
        better="more",
        label=Text("Eftergymnasial utbildning", "Tertiary education"),
        help=Text(
            "Andelen av invånarna 25–64 år med eftergymnasial utbildning, i procent.",
            "The share of those aged 25–64 with tertiary education, in per cent.",
        ),
        unit=PER_CENT,
        minimum=0,
        maximum=100,
        level=2,
    ),
    Field(
        key="vocational_programmes",
        theme="profile",
        kind="list",
        label=Text("Yrkesutbildningar", "Vocational programmes"),
        help=Text(
            "Gymnasieprogram och yrkeshögskola som industrin har nytta av, en per rad. "
            "Utbildningsförvaltningen vet.",
            "Upper secondary and higher vocational programmes of use to industry, one a line. "
            "The education department knows.",
        ),
        minimum=1,
        maximum=50,
        level=2,
    ),
    Field(
        key="university_distance_km",
        theme="profile",
        kind="number",
        better="less",
        label=Text("Till högskola", "To university"),
        help=Text(
            "Avståndet fågelvägen från centralorten till närmaste högskola, i kilometer.",
            "The straight line from the main town to the nearest university, in kilometres.",
        ),
        unit=KILOMETRES,
        minimum=0,
        maximum=500,
        decimals=0,
        level=2,
    ),
)
