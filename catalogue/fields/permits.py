"""Permits and time: the environmental permit, and when building and full power may come."""

from catalogue.fields.field import DAYS, Field, codes
from geo.texts import Text

PERMIT_FIELDS: tuple[Field, ...] = (
    Field(
        key="env_permit",
        theme="permits",
        kind="code",
        better="more",
        label=Text("Miljötillstånd", "Environmental permit"),
        help=Text(
            "Hur långt miljöprövningen har kommit. Miljökontoret eller länsstyrelsen vet.",
            "How far the environmental permit has come. "
            "The environment office or the county board knows.",
        ),
        codes=codes(
            ("none", "Inget", "None"),
            ("consultation_done", "Samråd klart", "Consultation done"),
            ("eia_ready", "MKB klar", "Impact assessment ready"),
            ("applied", "Ansökt", "Applied"),
            ("granted", "Beviljat", "Granted"),
            ("transferable", "Kan överlåtas", "Transferable"),
        ),
        ordered=True,
        level=2,
    ),
    Field(
        key="env_instance",
        theme="permits",
        kind="code",
        label=Text("Prövningsväg", "Permit route"),
        help=Text(
            "Den prövning som väntar den verksamhet platsen är tänkt för. Miljökontoret vet.",
            "The procedure that awaits the activity the site is meant for. "
            "The environment office knows.",
        ),
        codes=codes(
            ("C_notification", "C-anmälan till kommunen", "C notification, municipality"),
            ("B_county", "B-tillstånd, länsstyrelsen", "B permit, county board"),
            ("A_court", "A-tillstånd, domstol", "A permit, environmental court"),
            ("seveso", "Seveso", "Seveso"),
        ),
        level=2,
    ),
    Field(
        key="env_lead_days",
        theme="permits",
        kind="integer",
        better="less",
        label=Text("Prövningstid", "Time to permit"),
        help=Text(
            "Beräknad tid från komplett ansökan till beslut, i dagar. "
            "Miljökontoret eller länsstyrelsen kan bedöma den.",
            "Estimated time from a complete application to a decision, in days. "
            "The environment office or the county board can judge.",
        ),
        unit=DAYS,
        minimum=150,
        maximum=1500,
        level=2,
    ),
    Field(
        key="earliest_construction_start",
        theme="permits",
        kind="date",
        better="less",
        label=Text("Tidigaste byggstart", "Earliest construction start"),
        help=Text(
            "Det senaste av detaljplan i laga kraft, miljötillstånd och tillträde. Räknas ut.",
            "The latest of detailed plan in force, environmental permit and handover. Worked out.",
        ),
        computed=True,
    ),
    Field(
        key="earliest_full_power",
        theme="permits",
        kind="integer",
        better="less",
        label=Text("Tidigaste år med full effekt", "Earliest year of full power"),
        help=Text(
            "Det första år då den högsta effekten i tidslinjen finns på plats. Räknas ut.",
            "The first year with the highest power of the timeline in place. Worked out.",
        ),
        minimum=2020,
        maximum=2060,
        computed=True,
    ),
)
