"""What the figures of progress mean that tell what land, and what water, can be had now."""

from catalogue.fields.field import CUBIC_METRES_A_DAY, HECTARES
from catalogue.progress.figure_definitions import Definition
from geo.texts import Text

NOT_SAID = Text("ej angivet", "not said")
BY_PLAN = Definition(
    key="area_net_plan",
    name=Text("Nettoyta efter planläge", "Net area by plan status"),
    meaning=Text(
        "Ytan som kan bebyggas på publicerade och reserverade platser, efter det steg som "
        "detaljplanen hade nått den dagen. Platser utan uppgift om yta är inte med.",
        "The developable area of published and reserved sites, by the step that the detailed plan "
        "had reached on that day. Sites without an area are left out.",
    ),
    unit=HECTARES,
    decimals=1,
)
READY = Text(
    "detaljplanen har laga kraft, kommunen äger marken eller har rådighet genom ägande eller "
    "option, och minst ett skriftligt besked finns om effekten i dag eller år för år",
    "the detailed plan is in force, the municipality owns the land or it is controlled by "
    "ownership or option, and there is at least a written answer on the power today or by year",
)
AVAILABLE_AREA = Definition(
    key="area_net_available_ha",
    name=Text("Omedelbart tillgänglig nettoyta", "Net area available at once"),
    meaning=Text(
        f"Ytan som kan bebyggas på publicerade och reserverade platser där {READY.sv}. Ett besked "
        "räknas även om det har blivit inaktuellt.",
        f"The developable area of published and reserved sites where {READY.en}. An answer counts "
        "even when it has become stale.",
    ),
    unit=HECTARES,
    decimals=1,
)
AVAILABLE_SITES = Definition(
    key="sites_available",
    name=Text("Omedelbart tillgängliga platser", "Sites available at once"),
    meaning=Text(
        f"Publicerade och reserverade platser där {READY.sv}.",
        f"Published and reserved sites where {READY.en}.",
    ),
)


def confirmed(key: str, name: Text, what: Text) -> Definition:
    """An amount of water or sewage that the utility has confirmed."""
    words = Text(
        "{what} på publicerade och reserverade platser, var för sig, där minst ett skriftligt "
        "besked finns. Platser som delar anläggning kan inte alltid få det samtidigt.",
        "{what} of published and reserved sites, each by itself, where there is at least a written "
        "answer. Sites that share a plant cannot always have it at once.",
    )
    return Definition(key=key, name=name, meaning=words.format(what=what), unit=CUBIC_METRES_A_DAY)


DRINKING = confirmed(
    "drinking_water_confirmed_m3_day",
    Text("Bekräftat dricksvatten", "Confirmed drinking water"),
    Text("Dricksvattnet i dag", "The drinking water today"),
)
PROCESS = confirmed(
    "process_water_confirmed_m3_day",
    Text("Bekräftat processvatten", "Confirmed process water"),
    Text("Processvattnet", "The process water"),
)
SEWAGE = confirmed(
    "sewage_confirmed_m3_day",
    Text("Bekräftat avlopp", "Confirmed sewage"),
    Text("Spillvattnet som kan tas emot", "The waste water that can be taken"),
)
