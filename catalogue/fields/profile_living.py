"""Living and running a business in the municipality: homes, schools, taxes, heat and fibre."""

from catalogue.fields.field import PER_CENT, Field
from geo.texts import Text

LIVING_FIELDS: tuple[Field, ...] = (
    Field(
        key="housing_pipeline",
        theme="profile",
        kind="integer",
        better="more",
        label=Text("Planerade bostäder", "Homes in the pipeline"),
        help=Text(
            "Bostäder i detaljplaner som är antagna eller på väg, i antal. Planavdelningen vet.",
            "Homes in detailed plans adopted or under way, as a number. "
            "The planning department knows.",
        ),
        unit=Text("bostäder", "homes"),
        minimum=0,
        maximum=100000,
        level=2,
    ),
    Field(
        key="schools",
        theme="profile",
        kind="long_text",
        label=Text("Förskola och skola", "Schools"),
        help=Text(
            "Platser i förskola och skola, och var det finns undervisning på engelska. "
            "Utbildningsförvaltningen vet.",
            "Places in preschool and school, and where teaching in English is offered. "
            "The education department knows.",
        ),
        minimum=20,
        maximum=2000,
        level=2,
    ),
    Field(
        key="hotel_beds",
        theme="profile",
        kind="integer",
        better="more",
        label=Text("Hotellbäddar", "Hotel beds"),
        help=Text(
            "Bäddar på hotell och vandrarhem som är öppna hela året. Turistbyrån eller SCB vet.",
            "Beds in hotels and hostels open all year. "
            "The tourist office or Statistics Sweden knows.",
        ),
        unit=Text("bäddar", "beds"),
        minimum=0,
        maximum=100000,
        level=2,
    ),
    Field(
        key="commuting_by_train",
        theme="profile",
        kind="long_text",
        label=Text("Tågpendling", "Commuting by train"),
        help=Text(
            "Restider och antal turer per dag till de viktigaste orterna. Kollektivtrafiken vet.",
            "Travel times and departures a day to the most important towns. "
            "The public transport authority knows.",
        ),
        minimum=20,
        maximum=2000,
        level=2,
    ),
    Field(
        key="tax_rate_pct",
        theme="profile",
        kind="number",
        label=Text("Skattesats", "Tax rate"),
        help=Text(
            "Summan av kommunens och regionens skattesats för året, i procent, enligt SCB.",
            "The municipal and regional tax rates of the year added up, in per cent, "
            "from Statistics Sweden.",
        ),
        unit=PER_CENT,
        minimum=20,
        maximum=45,
        decimals=2,
        level=2,
    ),
    Field(
        key="land_price_policy",
        theme="profile",
        kind="long_text",
        label=Text("Prispolicy för mark", "Land price policy"),
        help=Text(
            "Hur kommunen sätter markpriset, och vilket beslut det bygger på. Markavdelningen vet.",
            "How the municipality sets land prices, and the decision behind it. "
            "The land department knows.",
        ),
        minimum=20,
        maximum=2000,
        level=2,
    ),
    Field(
        key="district_heating_description",
        theme="profile",
        kind="long_text",
        label=Text("Fjärrvärme i kommunen", "District heating"),
        help=Text(
            "Var fjärrvärmenätet finns, vad det eldas med och vem som äger det. Energibolaget vet.",
            "Where the district heating network lies, its fuel and its owner. "
            "The energy company knows.",
        ),
        minimum=20,
        maximum=2000,
        level=2,
    ),
    Field(
        key="fibre_description",
        theme="profile",
        kind="long_text",
        label=Text("Fiber i kommunen", "Fibre"),
        help=Text(
            "Stadsnät, stamnät och leverantörer, och hur väl verksamhetsområdena är täckta. "
            "Stadsnätet vet.",
            "City network, backbones and providers, and how well the business areas are covered. "
            "The city network knows.",
        ),
        minimum=20,
        maximum=2000,
        level=2,
    ),
    Field(
        key="waste_heat",
        theme="profile",
        kind="long_text",
        label=Text("Restvärme i kommunen", "Waste heat"),
        help=Text(
            "Vem som lämnar restvärme i dag, och vem som kan ta emot mer. Energibolaget vet.",
            "Who supplies waste heat today, and who can take more. The energy company knows.",
        ),
        minimum=20,
        maximum=2000,
        level=2,
    ),
)
