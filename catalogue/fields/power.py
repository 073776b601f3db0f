"""Power: how much, when, from whom and how safely it can reach the site."""

from catalogue.fields.field import MEGAWATTS, MONTHS, PER_CENT, Column, Field, codes
from geo.texts import Text

VOLTAGES_KV = (10, 20, 30, 36, 40, 50, 70, 130, 145, 220, 400)

POWER_FIELDS: tuple[Field, ...] = (
    Field(
        key="bidding_area",
        theme="power",
        kind="code",
        label=Text("Elområde", "Bidding area"),
        help=Text(
            "Elområdet som platsens anslutning hör till. "
            "Gränsen följer nätområden: fråga nätägaren.",
            "The bidding area of the site's connection. "
            "The border follows grid areas: ask the grid owner.",
        ),
        codes=codes(
            ("SE1", "SE1", "SE1"),
            ("SE2", "SE2", "SE2"),
            ("SE3", "SE3", "SE3"),
            ("SE4", "SE4", "SE4"),
        ),
    ),
    Field(
        key="grid_owner_local",
        theme="power",
        kind="text",
        label=Text("Lokal nätägare", "Local grid owner"),
        help=Text(
            "Företaget som äger lokalnätet på platsen. Välj i listan om namnet finns där.",
            "The company that owns the local grid at the site. "
            "Choose from the list if it is there.",
        ),
        minimum=2,
        maximum=80,
        reference_list="grid_owners",
    ),
    Field(
        key="grid_owner_regional",
        theme="power",
        kind="text",
        label=Text("Regional nätägare", "Regional grid owner"),
        help=Text(
            "Företaget som äger regionnätet som matar platsen. Den lokala nätägaren vet.",
            "The company that owns the regional grid feeding the site. The local grid owner knows.",
        ),
        minimum=2,
        maximum=80,
        reference_list="regional_grid_owners",
    ),
    Field(
        key="power_now_mw",
        theme="power",
        kind="number",
        better="more",
        label=Text("Effekt i dag", "Power today"),
        help=Text(
            "Effekten i MW som kan tas ut på platsen i dag, enligt nätägaren. "
            "Skriv 0 om inget kan tas ut.",
            "The power in MW that can be drawn at the site today, by the grid owner's word. "
            "Write 0 if there is none.",
        ),
        unit=MEGAWATTS,
        minimum=0,
        maximum=800,
        warn_above=300,
    ),
    Field(
        key="power_timeline",
        theme="power",
        kind="records",
        label=Text("Effekt år för år", "Power year by year"),
        help=Text(
            "Den sammanlagda effekten i MW från och med varje år. "
            "Börja med dagens effekt. Nätägaren vet.",
            "The total power in MW from each year on. Start with today's. The grid owner knows.",
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
                key="mw",
                kind="number",
                label=Text("Effekt", "Power"),
                unit=MEGAWATTS,
                minimum=0,
                maximum=800,
            ),
            Column(key="firm", kind="flag", label=Text("Fast effekt", "Firm")),
            Column(
                key="condition",
                kind="text",
                label=Text("Villkor", "Condition"),
                required=False,
                maximum=300,
            ),
        ),
    ),
    Field(
        key="power_type",
        theme="power",
        kind="code",
        label=Text("Typ av effekt", "Type of power"),
        help=Text(
            "Är effekten fast, eller får nätägaren begränsa uttaget vissa timmar? Nätägaren vet.",
            "Is the power firm, or may the grid owner limit it at times? The grid owner knows.",
        ),
        codes=codes(
            ("firm", "Fast", "Firm"),
            ("flexible", "Villkorad", "Flexible"),
            ("mixed", "Delvis villkorad", "Mixed"),
        ),
        level=2,
    ),
    Field(
        key="connection_voltage_kv",
        theme="power",
        kind="integers",
        label=Text("Anslutningsspänning", "Connection voltage"),
        help=Text(
            "De spänningar i kV som platsen kan anslutas på. Nätägaren vet.",
            "The voltages in kV at which the site can be connected. The grid owner knows.",
        ),
        unit=Text("kV", "kV"),
        choices=VOLTAGES_KV,
        level=2,
    ),
    Field(
        key="substation",
        theme="power",
        kind="text",
        label=Text("Station (delad)", "Substation (shared)"),
        help=Text(
            "Koden för stationen som matar platsen. "
            "Platser på samma station delar på effekten. Nätägaren vet.",
            "The code of the substation that feeds the site. "
            "Sites on one substation share its power. The grid owner knows.",
        ),
        maximum=80,
        reference_list="substations",
        level=2,
        visibility="registered",
    ),
    Field(
        key="redundancy",
        theme="power",
        kind="code",
        better="more",
        label=Text("Redundans", "Redundancy"),
        help=Text(
            "Vad matningen tål utan avbrott: inget fel (N-0), ett fel (N-1), två skilda matningar "
            "eller två fel (N-2). Nätägaren vet.",
            "What the supply withstands: no fault (N-0), one fault (N-1), two separate feeds "
            "or two faults (N-2). The grid owner knows.",
        ),
        codes=codes(
            ("n0", "Ingen (N-0)", "None (N-0)"),
            ("n1", "N-1", "N-1"),
            ("two_feeds", "Två matningar", "Two feeds"),
            ("n2", "N-2", "N-2"),
        ),
        ordered=True,
        level=2,
    ),
    Field(
        key="connection_lead_months",
        theme="power",
        kind="span",
        better="less",
        label=Text("Ledtid för anslutning", "Connection lead time"),
        help=Text(
            "Kortaste och längsta tid från beställning till spänningssatt anslutning, i månader. "
            "Nätägaren vet.",
            "Shortest and longest time from order to a live connection, in months. "
            "The grid owner knows.",
        ),
        unit=MONTHS,
        minimum=3,
        maximum=144,
    ),
    Field(
        key="connection_cost_msek",
        theme="power",
        kind="number",
        better="less",
        label=Text("Anslutningskostnad", "Connection cost"),
        help=Text(
            "Nätägarens bedömning av vad anslutningen kostar kunden, i miljoner kronor.",
            "The grid owner's estimate of what the connection costs the customer, in "
            "million kronor.",
        ),
        unit=Text("mnkr", "MSEK"),
        minimum=0,
        maximum=3000,
        level=3,
        visibility="registered",
    ),
    Field(
        key="capacity_application",
        theme="power",
        kind="code",
        better="more",
        label=Text("Ansökan om effekt", "Capacity application"),
        help=Text(
            "Hur långt ni har kommit hos nätägaren, från första förfrågan till anslutningsavtal.",
            "How far you have come with the grid owner, from a first enquiry to a contract.",
        ),
        codes=codes(
            ("none", "Ingen", "None"),
            ("enquiry", "Förfrågan ställd", "Enquiry made"),
            ("applied", "Ansökt", "Applied"),
            ("reserved", "Reserverad", "Reserved"),
            ("contract", "Avtal", "Contract"),
        ),
        ordered=True,
        level=2,
        visibility="registered",
    ),
    Field(
        key="competing_requests_mw",
        theme="power",
        kind="number",
        better="less",
        label=Text("Konkurrerande förfrågningar", "Competing requests"),
        help=Text(
            "Vad andra har begärt på samma station, i MW. Bara för internt bruk; nätägaren vet.",
            "What others have asked for at the same substation, in MW. "
            "For internal use only; the grid owner knows.",
        ),
        unit=MEGAWATTS,
        minimum=0,
        maximum=10000,
        level=3,
        visibility="internal",
    ),
    Field(
        key="outage_min_year",
        theme="power",
        kind="number",
        better="less",
        label=Text("Avbrottstid (SAIDI)", "Outage time (SAIDI)"),
        help=Text(
            "Kundernas genomsnittliga avbrottstid i nätområdet, i minuter per år. Nätägaren vet.",
            "Average outage per customer in the grid area, in minutes a year. "
            "The grid owner knows.",
        ),
        unit=Text("min/år", "min/year"),
        minimum=0,
        maximum=600,
        decimals=0,
        level=2,
    ),
    Field(
        key="fossil_free_pct",
        theme="power",
        kind="number",
        better="more",
        label=Text("Fossilfri el", "Fossil-free electricity"),
        help=Text(
            "Andel fossilfri elproduktion i elområdet under senaste året, i procent.",
            "Share of fossil-free generation in the bidding area in the latest year, in per cent.",
        ),
        unit=PER_CENT,
        minimum=0,
        maximum=100,
        level=2,
    ),
)
