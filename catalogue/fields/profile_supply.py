"""The municipality's power and water: how it stands, and what is to be built when."""

from catalogue.fields.field import CUBIC_METRES_A_DAY, MEGAWATTS, Column, Field
from geo.texts import Text

IN_PLACE = Column(
    key="year",
    kind="integer",
    label=Text("Klart år", "Year in place"),
    minimum=2020,
    maximum=2060,
)
WHAT = Column(key="what", kind="text", label=Text("Vad som byggs", "What is built"), maximum=300)

SUPPLY_FIELDS: tuple[Field, ...] = (
    Field(
        key="grid_situation",
        theme="profile",
        kind="long_text",
        label=Text("Läget i elnätet", "The grid situation"),
        help=Text(
            "Var det finns ledig effekt, var det är fullt och varför. Nätägarna vet.",
            "Where there is spare power, where the grid is full and why. The grid owners know.",
        ),
        minimum=20,
        maximum=2000,
        level=2,
    ),
    Field(
        key="grid_investments",
        theme="profile",
        kind="records",
        label=Text("Planerade nätinvesteringar", "Planned grid investments"),
        help=Text(
            "Ledningar och stationer som ska byggas, det år de är klara "
            "och effekten de ger i MW. Nätägarna vet.",
            "Lines and substations to be built, the year each is in place "
            "and the power it gives in MW. The grid owners know.",
        ),
        columns=(
            IN_PLACE,
            WHAT,
            Column(
                key="mw",
                kind="number",
                label=Text("Ny effekt", "New power"),
                unit=MEGAWATTS,
                required=False,
                minimum=0,
                maximum=10000,
            ),
        ),
        level=2,
    ),
    Field(
        key="water_situation",
        theme="profile",
        kind="long_text",
        label=Text("Läget för vatten och avlopp", "Water and sewage situation"),
        help=Text(
            "Hur mycket vatten och rening som är ledigt, och vad som begränsar. "
            "VA-huvudmannen vet.",
            "How much water and treatment is spare, and what sets the limit. "
            "The water utility knows.",
        ),
        minimum=20,
        maximum=2000,
        level=2,
    ),
    Field(
        key="water_investments",
        theme="profile",
        kind="records",
        label=Text("Planerade VA-investeringar", "Planned water investments"),
        help=Text(
            "Vattenverk, reningsverk och ledningar som ska byggas, det år de är klara "
            "och vad de ger i m³/dygn. VA-huvudmannen vet.",
            "Waterworks, treatment plants and mains to be built, the year each is in place "
            "and what it gives in m³/day. The water utility knows.",
        ),
        columns=(
            IN_PLACE,
            WHAT,
            Column(
                key="m3_day",
                kind="number",
                label=Text("Ny kapacitet", "New capacity"),
                unit=CUBIC_METRES_A_DAY,
                required=False,
                minimum=0,
                maximum=500000,
            ),
        ),
        level=2,
    ),
)
