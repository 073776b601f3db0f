"""Planning: what the comprehensive plan and the detailed plan say about the land."""

from catalogue.fields.field import METRES, Code, Field, codes
from geo.texts import Text

REPEALED = Code(code="upphavd", label=Text("Upphävd", "Repealed"), in_order=False)
PLAN_STEPS = codes(
    ("ingen", "Ej planlagd", "Unplanned"),
    ("op", "Utpekad i ÖP", "Designated"),
    ("planbesked", "Planbesked", "Planning notice"),
    ("uppdrag", "Planuppdrag", "Commissioned"),
    ("samrad", "Samråd", "Consultation"),
    ("granskning", "Granskning", "Review"),
    ("antagen", "Antagen", "Adopted"),
    ("overklagad", "Överklagad", "Appealed"),
    ("laga_kraft", "Laga kraft", "In force"),
)
NOT_IN_FORCE = tuple(entry.code for entry in (*PLAN_STEPS, REPEALED) if entry.code != "laga_kraft")

PLAN_FIELDS: tuple[Field, ...] = (
    Field(
        key="comprehensive_plan",
        theme="plan",
        kind="code",
        label=Text("Översiktsplan (ÖP)", "Comprehensive plan"),
        help=Text(
            "Vad den gällande översiktsplanen anger för marken. Planavdelningen vet.",
            "What the comprehensive plan in force says about the land. "
            "The planning department knows.",
        ),
        codes=codes(
            ("industry", "Industri", "Industry"),
            ("business_area", "Verksamheter", "Business area"),
            ("development_area", "Utvecklingsområde", "Development area"),
            ("not_designated", "Inte utpekad", "Not designated"),
            ("conflict", "Strider mot ÖP", "In conflict"),
        ),
    ),
    Field(
        key="detaljplan_status",
        theme="plan",
        kind="code",
        better="more",
        label=Text("Detaljplan", "Detailed plan"),
        help=Text(
            "Det senaste steget som planen har passerat. Planavdelningen vet.",
            "The latest step the plan has passed. The planning department knows.",
        ),
        codes=(*PLAN_STEPS, REPEALED),
        ordered=True,
    ),
    Field(
        key="detaljplan_in_force_expected",
        theme="plan",
        kind="date",
        better="less",
        label=Text("Laga kraft väntas", "In force expected"),
        help=Text(
            "Den dag då detaljplanen väntas få laga kraft, högst åtta år fram. "
            "Planavdelningen bedömer det.",
            "The day the detailed plan is expected to be in force, at most eight years ahead. "
            "The planning department judges.",
        ),
        applies_when=("detaljplan_status", NOT_IN_FORCE),
    ),
    Field(
        key="detaljplan_id",
        theme="plan",
        kind="text",
        label=Text("Planens beteckning", "Plan number"),
        help=Text(
            "Kommunens plannummer eller aktbeteckningen, till exempel 21-2018:14.",
            "The municipality's plan number or the file number, for example 21-2018:14.",
        ),
        minimum=1,
        maximum=60,
        level=2,
    ),
    Field(
        key="detaljplan_url",
        theme="plan",
        kind="link",
        label=Text("Länk till detaljplanen", "Link to the detailed plan"),
        help=Text(
            "Webbadressen till planhandlingarna, gärna på kommunens egen webbplats.",
            "The web address of the plan documents, preferably on the municipality's own site.",
        ),
        maximum=2000,
        level=2,
    ),
    Field(
        key="permitted_use",
        theme="plan",
        kind="list",
        label=Text("Tillåten användning", "Permitted use"),
        help=Text(
            "Bokstäverna på plankartan, en per rad: J industri, Z verksamheter, "
            "E tekniska anläggningar, K kontor, T trafik.",
            "The letters of the plan map, one a line: J industry, Z business, "
            "E technical plant, K offices, T traffic.",
        ),
        minimum=1,
        maximum=20,
        level=2,
    ),
    Field(
        key="max_building_height_m",
        theme="plan",
        kind="number",
        better="more",
        label=Text("Högsta byggnadshöjd", "Maximum building height"),
        help=Text(
            "Den högsta höjd planen tillåter, i meter. "
            "Står det nockhöjd eller totalhöjd, skriv den.",
            "The greatest height the plan allows, in metres. "
            "If it gives the ridge or total height, write that.",
        ),
        unit=METRES,
        minimum=5,
        maximum=120,
        level=2,
    ),
)
