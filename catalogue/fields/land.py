"""Land: how much there is, whose it is, and on which terms; the ground itself is in `ground`."""

from catalogue.fields.field import HECTARES, MONTHS, Field, codes
from catalogue.fields.ground import GROUND_FIELDS
from geo.texts import Text

LAND_FIELDS: tuple[Field, ...] = (
    Field(
        key="area_gross_ha",
        theme="land",
        kind="number",
        better="more",
        label=Text("Bruttoyta", "Gross area"),
        help=Text(
            "Hela områdets yta i hektar. "
            "Den ska stämma med området på kartan på 5\N{NO-BREAK SPACE}% när.",
            "The area of the whole outline in hectares. "
            "It should agree with the map within 5\N{NO-BREAK SPACE}%.",
        ),
        unit=HECTARES,
        minimum=0.5,
        maximum=2000,
        warn_above=400,
    ),
    Field(
        key="area_net_ha",
        theme="land",
        kind="number",
        better="more",
        label=Text("Nettoyta som kan bebyggas", "Net developable area"),
        help=Text(
            "Ytan som går att bebygga när vägar, vatten, branter och skydd är "
            "borträknade, i hektar. "
            "Planavdelningen vet.",
            "The area left to build on without roads, water, steep slopes and protected land, "
            "in hectares. The planning department knows.",
        ),
        unit=HECTARES,
        minimum=0.1,
        maximum=2000,
    ),
    Field(
        key="largest_contiguous_ha",
        theme="land",
        kind="number",
        better="more",
        label=Text("Största sammanhängande yta", "Largest contiguous area"),
        help=Text(
            "Den största nettoytan i ett stycke, i hektar: så stor kan en enda anläggning bli.",
            "The largest net area in one piece, in hectares: what a single plant can have.",
        ),
        unit=HECTARES,
        minimum=0.1,
        maximum=2000,
        level=2,
    ),
    Field(
        key="expansion_ha",
        theme="land",
        kind="number",
        better="more",
        label=Text("Möjlig utökning", "Room to expand"),
        help=Text(
            "Yta intill området som kan läggas till senare, i hektar. "
            "Skriv 0 om det inte finns någon.",
            "Area next to the site that can be added later, in hectares. Write 0 if there is none.",
        ),
        unit=HECTARES,
        minimum=0,
        maximum=2000,
        level=2,
    ),
    Field(
        key="divisible",
        theme="land",
        kind="flag",
        better="more",
        label=Text("Kan delas", "Can be divided"),
        help=Text(
            "Kan flera företag få var sin del av området? Markavdelningen vet.",
            "Can several companies have a part of the land each? The land department knows.",
        ),
        level=2,
    ),
    Field(
        key="min_plot_ha",
        theme="land",
        kind="number",
        label=Text("Minsta tomt", "Smallest plot"),
        help=Text(
            "Den minsta tomt ni är beredda att stycka av, i hektar.",
            "The smallest plot you are ready to part with, in hectares.",
        ),
        unit=HECTARES,
        minimum=0.1,
        maximum=2000,
        level=2,
        applies_when=("divisible", ("true",)),
    ),
    Field(
        key="ownership",
        theme="land",
        kind="code",
        label=Text("Markägare", "Landowner"),
        help=Text(
            "Vem som äger marken i dag. Välj blandat om flera slags ägare delar på den.",
            "Who owns the land today. Choose mixed if several kinds of owner share it.",
        ),
        codes=codes(
            ("municipal", "Kommunen", "Municipality"),
            ("state", "Staten", "State"),
            ("company", "Företag", "Company"),
            ("private", "Privatperson", "Private person"),
            ("mixed", "Blandat", "Mixed"),
        ),
    ),
    Field(
        key="control",
        theme="land",
        kind="code",
        label=Text("Kommunens rådighet", "The municipality's control"),
        help=Text(
            "Hur kommunen råder över marken: egen mark, option, avsiktsförklaring "
            "eller inget avtal.",
            "How the municipality controls the land: its own, an option, a letter of "
            "intent or nothing.",
        ),
        codes=codes(
            ("owned", "Egen mark", "Owned"),
            ("option", "Option", "Option"),
            ("letter_of_intent", "Avsiktsförklaring", "Letter of intent"),
            ("none", "Ingen", "None"),
        ),
        level=2,
        visibility="registered",
    ),
    Field(
        key="tenure_offer",
        theme="land",
        kind="codes",
        label=Text("Upplåtelse", "Tenure offered"),
        help=Text(
            "Säljs marken, upplåts den med tomträtt eller arrende, eller går båda delarna?",
            "Is the land for sale, for lease, or either?",
        ),
        codes=codes(("sale", "Försäljning", "Sale"), ("lease", "Tomträtt eller arrende", "Lease")),
        level=2,
    ),
    Field(
        key="price_sek_m2",
        theme="land",
        kind="number",
        better="less",
        label=Text("Markpris", "Land price"),
        help=Text(
            "Begärt pris i kronor per kvadratmeter, utan moms och anslutningsavgifter.",
            "Asking price in kronor per square metre, without VAT and connection fees.",
        ),
        unit=Text("kr/m²", "SEK/m²"),
        minimum=10,
        maximum=1500,
        decimals=0,
        level=2,
    ),
    Field(
        key="price_on_request",
        theme="land",
        kind="flag",
        label=Text("Pris lämnas på begäran", "Price on request"),
        help=Text(
            "Svara ja om priset lämnas först när någon frågar. Då behövs inget markpris.",
            "Answer yes if the price is given only when someone asks. "
            "No land price is needed then.",
        ),
        level=2,
    ),
    Field(
        key="land_access_months",
        theme="land",
        kind="integer",
        better="less",
        label=Text("Tid till tillträde", "Time to handover"),
        help=Text(
            "Månader från avtal till dess att köparen kan tillträda marken. "
            "0 betyder genast. Markavdelningen vet.",
            "Months from agreement until the land can be handed over. "
            "0 means at once. The land department knows.",
        ),
        unit=MONTHS,
        minimum=0,
        maximum=120,
        level=2,
    ),
    *GROUND_FIELDS,
)
