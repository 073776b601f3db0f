"""The municipality's planning: land in the pipeline, lead times and the way to a decision."""

from catalogue.fields.field import HECTARES, MONTHS, WEEKS, Field
from geo.texts import Text

PLANNING_FIELDS: tuple[Field, ...] = (
    Field(
        key="planned_industrial_land_in_force_ha",
        theme="profile",
        kind="number",
        label=Text("Planlagd industrimark", "Industrial land in force"),
        help=Text(
            "Obebyggd industrimark med detaljplan i laga kraft i hela kommunen, i hektar. "
            "Planavdelningen vet.",
            "Vacant industrial land with a detailed plan in force in the whole municipality, "
            "in hectares. The planning department knows.",
        ),
        unit=HECTARES,
        minimum=0,
        maximum=20000,
        level=2,
    ),
    Field(
        key="planned_industrial_land_in_progress_ha",
        theme="profile",
        kind="number",
        label=Text("Industrimark under planläggning", "Industrial land in progress"),
        help=Text(
            "Industrimark där arbetet med detaljplan pågår, i hektar. Planavdelningen vet.",
            "Industrial land with a detailed plan under way, in hectares. "
            "The planning department knows.",
        ),
        unit=HECTARES,
        minimum=0,
        maximum=20000,
        level=2,
    ),
    Field(
        key="municipal_land_reserve_ha",
        theme="profile",
        kind="number",
        label=Text("Kommunens markreserv", "Municipal land reserve"),
        help=Text(
            "Mark som kommunen äger och kan använda för framtida etableringar, i hektar. "
            "Markavdelningen vet.",
            "Land the municipality owns and can use for future establishments, in hectares. "
            "The land department knows.",
        ),
        unit=HECTARES,
        minimum=0,
        maximum=100000,
        level=2,
    ),
    Field(
        key="plan_lead_months",
        theme="profile",
        kind="integer",
        better="less",
        label=Text("Tid för detaljplan", "Time for a detailed plan"),
        help=Text(
            "Vanlig tid från planuppdrag till antagen detaljplan för industri, i månader. "
            "Planavdelningen vet.",
            "Usual time from commission to adopted detailed plan for industry, in months. "
            "The planning department knows.",
        ),
        unit=MONTHS,
        minimum=3,
        maximum=120,
        level=2,
    ),
    Field(
        key="building_permit_lead_weeks",
        theme="profile",
        kind="integer",
        better="less",
        label=Text("Tid för bygglov", "Time for a building permit"),
        help=Text(
            "Vanlig tid från komplett ansökan till bygglov, i veckor. Bygglovsavdelningen vet.",
            "Usual time from a complete application to a building permit, in weeks. "
            "The building permit office knows.",
        ),
        unit=WEEKS,
        minimum=1,
        maximum=104,
        level=2,
    ),
    Field(
        key="decision_path",
        theme="profile",
        kind="long_text",
        label=Text("Beslutsväg", "Path to a decision"),
        help=Text(
            "Vem som beslutar vad, i vilken ordning, när en stor etablering är aktuell.",
            "Who decides what, in which order, when a large establishment comes up.",
        ),
        minimum=20,
        maximum=2000,
        level=2,
    ),
    Field(
        key="fast_track",
        theme="profile",
        kind="flag",
        better="more",
        label=Text("Snabbspår", "Fast track"),
        help=Text(
            "Har kommunen ett beslutat snabbspår för stora etableringar?",
            "Has the municipality decided on a fast track for large establishments?",
        ),
        level=2,
    ),
    Field(
        key="fast_track_description",
        theme="profile",
        kind="long_text",
        label=Text("Så fungerar snabbspåret", "How the fast track works"),
        help=Text(
            "Vad som går fortare, vem som håller ihop det och vad företaget behöver lämna in.",
            "What goes faster, who holds it together and what the company has to hand in.",
        ),
        minimum=20,
        maximum=2000,
        level=2,
        applies_when=("fast_track", ("true",)),
    ),
)
