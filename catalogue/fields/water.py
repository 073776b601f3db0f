"""Water and sewage: who supplies the site, how much, and from where."""

from catalogue.fields.field import (
    CUBIC_METRES_A_DAY,
    KILOMETRES,
    METRES,
    MILLIMETRES,
    Column,
    Field,
    codes,
)
from geo.texts import Text

WATER_SOURCES = codes(
    ("lake", "Sjö", "Lake"),
    ("river", "Vattendrag", "River"),
    ("groundwater", "Grundvatten", "Groundwater"),
    ("sea", "Hav", "Sea"),
    ("reclaimed", "Renat avloppsvatten", "Reclaimed water"),
)

WATER_FIELDS: tuple[Field, ...] = (
    Field(
        key="water_utility",
        theme="water",
        kind="text",
        label=Text("VA-huvudman", "Water utility"),
        help=Text(
            "Den som ansvarar för allmänt vatten och avlopp på platsen. "
            "Välj i listan om namnet finns.",
            "Who is responsible for public water and sewage at the site. "
            "Choose from the list if it is there.",
        ),
        minimum=2,
        maximum=80,
        reference_list="water_utilities",
    ),
    Field(
        key="utility_area",
        theme="water",
        kind="code",
        label=Text("Verksamhetsområde för VA", "Water utility's service area"),
        help=Text(
            "Ligger platsen inom VA-huvudmannens verksamhetsområde, eller är det planerat?",
            "Is the site inside the water utility's service area, or is that planned?",
        ),
        codes=codes(
            ("inside", "Inom", "Inside"),
            ("planned", "Planerat", "Planned"),
            ("outside", "Utanför", "Outside"),
        ),
    ),
    Field(
        key="drinking_water_m3_day",
        theme="water",
        kind="number",
        better="more",
        label=Text("Dricksvatten i dag", "Drinking water today"),
        help=Text(
            "Det dricksvatten platsen kan få i dag, i m³/dygn, enligt VA-huvudmannen. "
            "Stora mängder behöver ett skriftligt besked.",
            "The drinking water the site can have today, in m³/day, by the water utility's word. "
            "Large amounts need it in writing.",
        ),
        unit=CUBIC_METRES_A_DAY,
        minimum=0,
        maximum=20000,
        decimals=0,
    ),
    Field(
        key="drinking_water_timeline",
        theme="water",
        kind="records",
        label=Text("Dricksvatten år för år", "Drinking water year by year"),
        help=Text(
            "Den sammanlagda mängden i m³/dygn från och med varje år, och vad som "
            "måste byggas först.",
            "The total amount in m³/day from each year on, and what has to be built first.",
        ),
        columns=(
            Column(
                key="year",
                kind="integer",
                label=Text("Från år", "From year"),
                minimum=2020,
                maximum=2060,
            ),
            Column(
                key="m3_day",
                kind="number",
                label=Text("Dricksvatten", "Drinking water"),
                unit=CUBIC_METRES_A_DAY,
                minimum=0,
                maximum=20000,
            ),
            Column(
                key="condition",
                kind="text",
                label=Text("Villkor", "Condition"),
                required=False,
                maximum=300,
            ),
        ),
        level=2,
    ),
    Field(
        key="process_water_m3_day",
        theme="water",
        kind="number",
        better="more",
        label=Text("Processvatten", "Process water"),
        help=Text(
            "Råvatten eller industrivatten som platsen kan få, i m³/dygn. "
            "VA-huvudmannen eller den som råder över vattnet vet.",
            "Raw or industrial water the site can have, in m³/day. "
            "The water utility or whoever controls the water knows.",
        ),
        unit=CUBIC_METRES_A_DAY,
        minimum=0,
        maximum=500000,
        decimals=0,
        level=2,
    ),
    Field(
        key="process_water_source",
        theme="water",
        kind="code",
        label=Text("Källa till processvatten", "Process water source"),
        help=Text(
            "Varifrån processvattnet tas. Välj den största källan.",
            "Where the process water comes from. Choose the largest source.",
        ),
        codes=WATER_SOURCES,
        level=2,
    ),
    Field(
        key="water_permit",
        theme="water",
        kind="code",
        better="more",
        label=Text("Tillstånd till vattenuttag", "Permit to draw water"),
        help=Text(
            "Hur långt tillståndet till vattenverksamhet har kommit. Miljökontoret vet.",
            "How far the permit for water operations has come. The environment office knows.",
        ),
        codes=codes(
            ("none", "Inget", "None"),
            ("investigated", "Utrett", "Investigated"),
            ("applied", "Ansökt", "Applied"),
            ("granted", "Beviljat", "Granted"),
        ),
        ordered=True,
        level=3,
    ),
    Field(
        key="cooling_water_source",
        theme="water",
        kind="code",
        label=Text("Källa till kylvatten", "Cooling water source"),
        help=Text(
            "Varifrån kylvatten kan tas. Välj ingen om platsen saknar kylvatten.",
            "Where cooling water can be taken. Choose none if the site has no cooling water.",
        ),
        codes=(*codes(("none", "Ingen", "None")), *WATER_SOURCES),
        level=2,
    ),
    Field(
        key="cooling_water_distance_km",
        theme="water",
        kind="number",
        better="less",
        label=Text("Avstånd till kylvatten", "Distance to cooling water"),
        help=Text(
            "Avståndet från områdets kant till kylvattnet, i kilometer.",
            "The distance from the edge of the site to the cooling water, in kilometres.",
        ),
        unit=KILOMETRES,
        minimum=0,
        maximum=30,
        level=2,
    ),
    Field(
        key="summer_temp_c",
        theme="water",
        kind="number",
        better="less",
        label=Text("Kylvattnets sommartemperatur", "Cooling water in summer"),
        help=Text(
            "Vattnets medeltemperatur i juli och augusti vid intagsdjup, i °C. SMHI eller "
            "vattenvårdsförbundet kan svara.",
            "The mean temperature in July and August at intake depth, in °C. SMHI or "
            "the water conservation association can tell.",
        ),
        unit=Text("°C", "°C"),
        minimum=0,
        maximum=25,
        level=2,
    ),
    Field(
        key="sewage_m3_day",
        theme="water",
        kind="number",
        better="more",
        label=Text("Avlopp", "Sewage"),
        help=Text(
            "Det spillvatten som nätet och reningsverket kan ta emot från platsen, i m³/dygn. "
            "VA-huvudmannen vet.",
            "The waste water that the pipes and the treatment plant can take from the site, "
            "in m³/day. The water utility knows.",
        ),
        unit=CUBIC_METRES_A_DAY,
        minimum=0,
        maximum=20000,
        decimals=0,
    ),
    Field(
        key="sewage_pe",
        theme="water",
        kind="integer",
        better="more",
        label=Text("Ledig kapacitet i reningsverket", "Spare treatment capacity"),
        help=Text(
            "Ledig kapacitet i reningsverket, i personekvivalenter. VA-huvudmannen vet.",
            "Spare capacity of the treatment plant, in population equivalents. "
            "The water utility knows.",
        ),
        unit=Text("pe", "p.e."),
        minimum=0,
        maximum=200000,
        level=3,
        visibility="registered",
    ),
    Field(
        key="main_distance_m",
        theme="water",
        kind="number",
        better="less",
        label=Text("Avstånd till vattenledning", "Distance to the water main"),
        help=Text(
            "Avståndet från områdets kant till närmaste huvudledning, i meter. VA-huvudmannen vet.",
            "The distance from the edge of the site to the nearest main, in metres. "
            "The water utility knows.",
        ),
        unit=METRES,
        minimum=0,
        maximum=20000,
        decimals=0,
        level=2,
        visibility="registered",
    ),
    Field(
        key="main_dimension_mm",
        theme="water",
        kind="integer",
        better="more",
        label=Text("Vattenledningens dimension", "Dimension of the water main"),
        help=Text(
            "Huvudledningens diameter i millimeter. VA-huvudmannen vet.",
            "The diameter of the main in millimetres. The water utility knows.",
        ),
        unit=MILLIMETRES,
        minimum=50,
        maximum=1200,
        level=2,
        visibility="registered",
    ),
    Field(
        key="fire_water_l_s",
        theme="water",
        kind="number",
        better="more",
        label=Text("Brandvatten", "Fire water"),
        help=Text(
            "Flödet i närmaste brandpost, i liter per sekund. "
            "VA-huvudmannen eller räddningstjänsten vet.",
            "The flow at the nearest hydrant, in litres a second. "
            "The water utility or the fire service knows.",
        ),
        unit=Text("l/s", "l/s"),
        minimum=10,
        maximum=200,
        decimals=0,
        level=3,
    ),
)
