"""Transport and digital: how far to road, rail, port and grid, and which networks reach the site.

The distances are in `distances`.
"""

from catalogue.fields.distances import DISTANCE_FIELDS
from catalogue.fields.field import MEGAWATTS, METRES, Field, codes
from geo.texts import Text

TRANSPORT_FIELDS: tuple[Field, ...] = (
    *DISTANCE_FIELDS,
    Field(
        key="road_class",
        theme="transport",
        kind="code",
        label=Text("Bärighetsklass", "Road bearing class"),
        help=Text(
            "Den lägsta klassen på vägen från platsen till europavägen. "
            "BK4 bär fordon på upp till 74\N{NO-BREAK SPACE}ton. Trafikverket eller kommunen vet.",
            "The lowest class on the road from the site to the E road. "
            "BK4 carries vehicles up to 74\N{NO-BREAK SPACE}tonnes. "
            "Trafikverket or the municipality knows.",
        ),
        codes=codes(("BK1", "BK1", "BK1"), ("BK4", "BK4", "BK4")),
        level=2,
    ),
    Field(
        key="rail_siding",
        theme="transport",
        kind="code",
        label=Text("Industrispår", "Rail siding"),
        help=Text(
            "Finns ett spår in på platsen, eller går det att bygga ett? Trafikverket vet.",
            "Is there a track into the site, or can one be built? Trafikverket knows.",
        ),
        codes=codes(
            ("active", "I bruk", "In use"),
            ("disused", "Ur bruk", "Disused"),
            ("feasible", "Kan byggas", "Feasible"),
            ("none", "Saknas", "None"),
        ),
    ),
    Field(
        key="port_max_draught_m",
        theme="transport",
        kind="number",
        better="more",
        label=Text("Hamnens djupgående", "Port's maximum draught"),
        help=Text(
            "Största djupgående för fartyg i närmaste hamn, i meter. Hämtas ur hamntabellen.",
            "The deepest draught of ships in the nearest port, in metres. From the table of ports.",
        ),
        unit=METRES,
        minimum=4,
        maximum=20,
        level=2,
        computed=True,
    ),
    Field(
        key="fibre_providers",
        theme="transport",
        kind="list",
        label=Text("Fiberleverantörer", "Fibre providers"),
        help=Text(
            "De företag som har fiber fram till platsen eller kan dra den dit. Stadsnätet vet.",
            "The companies with fibre at the site or able to bring it. The city network knows.",
        ),
        minimum=1,
        maximum=20,
        reference_list="fibre_providers",
        level=2,
    ),
    Field(
        key="dark_fibre",
        theme="transport",
        kind="flag",
        better="more",
        label=Text("Svartfiber", "Dark fibre"),
        help=Text(
            "Går det att hyra fiber utan utrustning fram till platsen? Stadsnätet vet.",
            "Can unlit fibre to the site be rented? The city network knows.",
        ),
        level=2,
    ),
    Field(
        key="independent_routes",
        theme="transport",
        kind="integer",
        better="more",
        label=Text("Oberoende fibervägar", "Independent fibre routes"),
        help=Text(
            "Antal fibervägar till platsen som inte delar kanalisation någonstans. Stadsnätet vet.",
            "Number of fibre routes to the site that share no duct anywhere. "
            "The city network knows.",
        ),
        minimum=0,
        maximum=6,
        level=2,
    ),
    Field(
        key="latency_ms_stockholm",
        theme="transport",
        kind="number",
        better="less",
        label=Text("Fördröjning till Stockholm", "Latency to Stockholm"),
        help=Text(
            "Svarstid fram och tillbaka till en knutpunkt i Stockholm, i millisekunder. "
            "Fiberleverantören kan mäta den.",
            "Round trip to an exchange in Stockholm, in milliseconds. "
            "The fibre provider can measure it.",
        ),
        unit=Text("ms", "ms"),
        minimum=1,
        maximum=25,
        level=2,
    ),
    Field(
        key="district_heating",
        theme="transport",
        kind="code",
        label=Text("Fjärrvärme", "District heating"),
        help=Text(
            "Kan platsen få fjärrvärme i dag, eller är den planerad? Energibolaget vet.",
            "Can the site have district heating today, or is it planned? The energy company knows.",
        ),
        codes=codes(
            ("none", "Saknas", "None"),
            ("planned", "Planerad", "Planned"),
            ("available", "Finns", "Available"),
        ),
        level=2,
    ),
    Field(
        key="excess_heat_offtake_mw",
        theme="transport",
        kind="number",
        better="more",
        label=Text("Avsättning för restvärme", "Excess heat offtake"),
        help=Text(
            "Den restvärme som fjärrvärmenätet kan ta emot från platsen, i MW. Energibolaget vet.",
            "The excess heat the district heating network can take from the site, in MW. "
            "The energy company knows.",
        ),
        unit=MEGAWATTS,
        minimum=0,
        maximum=200,
        level=2,
    ),
    Field(
        key="gas",
        theme="transport",
        kind="code",
        label=Text("Gas", "Gas"),
        help=Text(
            "Hur gas kan nå platsen i dag eller enligt beslutade planer. Energibolaget vet.",
            "How gas can reach the site today or under decided plans. The energy company knows.",
        ),
        codes=codes(
            ("none", "Saknas", "None"),
            ("lng_truck", "LNG med lastbil", "LNG by lorry"),
            ("pipeline_planned", "Gasledning planeras", "Pipeline planned"),
            ("hydrogen_planned", "Vätgasledning planeras", "Hydrogen planned"),
        ),
        level=2,
    ),
)
