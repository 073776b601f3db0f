"""Identity and availability: what the site is called, what it is for and how it stands."""

from catalogue.fields.field import PER_CENT, Field, codes
from catalogue.fields.presentation import PRESENTATION_FIELDS
from geo.texts import Text

SUITABILITY = codes(
    ("heavy_industry", "Tung industri", "Heavy industry"),
    ("battery", "Batterier", "Batteries"),
    ("hydrogen", "Vätgas", "Hydrogen"),
    ("green_steel", "Grönt stål", "Green steel"),
    ("data_centre", "Datacenter", "Data centre"),
    ("logistics", "Logistik", "Logistics"),
    ("food", "Livsmedel", "Food"),
    ("wood_bio", "Skog och bioprodukter", "Wood and bio-products"),
    ("energy_storage", "Energilager", "Energy storage"),
    ("other", "Annat", "Other"),
)

STATUSES = codes(
    ("draft", "Utkast", "Draft"),
    ("in_review", "Inskickad", "In review"),
    ("published", "Publicerad", "Published"),
    ("reserved", "Reserverad", "Reserved"),
    ("established", "Etablerad", "Established"),
    ("withdrawn", "Tillbakadragen", "Withdrawn"),
)

IDENTITY_FIELDS: tuple[Field, ...] = (
    Field(
        key="reference",
        theme="identity",
        kind="text",
        label=Text("Referens", "Reference"),
        help=Text(
            "Platsens nummer i katalogen. Det delas ut när platsen skapas och ändras aldrig.",
            "The site's number in the catalogue. "
            "It is given when the site is made and never changes.",
        ),
        factual=False,
        computed=True,
        structural=True,
    ),
    Field(
        key="municipality",
        theme="identity",
        kind="text",
        label=Text("Kommun", "Municipality"),
        help=Text(
            "Kommunen som platsen ligger i, som SCB:s kommunkod med fyra siffror.",
            "The municipality the site lies in, as Statistics Sweden's four-digit code.",
        ),
        factual=False,
        structural=True,
    ),
    Field(
        key="status",
        theme="identity",
        kind="code",
        label=Text("Status", "Status"),
        help=Text(
            "Hur långt platsen har kommit i katalogen. "
            "Utkast och inskickade platser syns inte för allmänheten.",
            "How far the site has come in the catalogue. "
            "Drafts and sites in review are not shown to the public.",
        ),
        codes=STATUSES,
        factual=False,
        structural=True,
    ),
    Field(
        key="outline",
        theme="identity",
        kind="outline",
        label=Text("Område", "Outline"),
        help=Text(
            "Platsens gräns på kartan. Rita den eller ladda upp en fil; "
            "planavdelningen har den ofta.",
            "The site's boundary on the map. "
            "Draw it or upload a file; the planning department often has one.",
        ),
        factual=False,
        structural=True,
    ),
    Field(
        key="name_sv",
        theme="identity",
        kind="text",
        label=Text("Namn på svenska", "Name in Swedish"),
        help=Text(
            "Det namn ni själva använder, till exempel Stugsunds industripark.",
            "The name you use yourselves, for example Stugsunds industripark.",
        ),
        minimum=3,
        maximum=80,
        factual=False,
    ),
    Field(
        key="name_en",
        theme="identity",
        kind="text",
        label=Text("Namn på engelska", "Name in English"),
        help=Text(
            "Namnet som en utländsk läsare ska se. Låt ortnamnet stå kvar på svenska.",
            "The name a reader abroad should see. Leave the place name in Swedish.",
        ),
        minimum=3,
        maximum=80,
        factual=False,
    ),
    Field(
        key="site_type",
        theme="identity",
        kind="code",
        label=Text("Typ av plats", "Type of site"),
        help=Text(
            "Är marken orörd, redan använd, en befintlig byggnad eller en växande park?",
            "Is the land untouched, used before, an existing building or a growing park?",
        ),
        codes=codes(
            ("greenfield", "Ny mark", "Greenfield"),
            ("brownfield", "Tidigare använd mark", "Brownfield"),
            ("existing_building", "Befintlig byggnad", "Existing building"),
            ("park_expansion", "Utbyggnad av park", "Park expansion"),
        ),
    ),
    Field(
        key="suitable_for",
        theme="identity",
        kind="codes",
        label=Text("Lämpar sig för", "Suitable for"),
        help=Text(
            "De verksamheter platsen verkligen passar för. Välj hellre få än alla.",
            "The activities the site really suits. Choose a few rather than all.",
        ),
        codes=SUITABILITY,
    ),
    Field(
        key="property_designations",
        theme="identity",
        kind="list",
        label=Text("Fastighetsbeteckningar", "Property designations"),
        help=Text(
            "Alla fastigheter som området berör, till exempel GÄVLE ANDERSBERG 14:32, en per rad "
            "eller med komma emellan. Mark- och exploateringsavdelningen vet.",
            "Every property the outline touches, for example GÄVLE ANDERSBERG 14:32, one a line "
            "or with commas between. The land department knows.",
        ),
        minimum=1,
        maximum=50,
        level=2,
        visibility="registered",
    ),
    Field(
        key="outline_precision",
        theme="identity",
        kind="code",
        label=Text("Så visas området", "How the outline is shown"),
        help=Text(
            "Vad allmänheten får se på kartan: den exakta gränsen, en förenklad "
            "gräns eller en punkt.",
            "What the public sees on the map: the exact outline, a generalised one or a point.",
        ),
        codes=codes(
            ("exact", "Exakt gräns", "Exact outline"),
            ("generalised", "Förenklad gräns", "Generalised outline"),
            ("point_only", "Bara en punkt", "Point only"),
        ),
        visibility="internal",
        factual=False,
    ),
    Field(
        key="reserved_until",
        theme="identity",
        kind="date",
        label=Text("Reserverad till", "Reserved until"),
        help=Text(
            "Den dag då reservationen går ut, högst fem år fram. Markavdelningen vet.",
            "The day the reservation ends, at most five years ahead. The land department knows.",
        ),
        level=2,
        visibility="internal",
        applies_when=("status", ("reserved",)),
    ),
    *PRESENTATION_FIELDS,
    Field(
        key="readiness",
        theme="identity",
        kind="integer",
        better="more",
        label=Text("Mognad", "Readiness"),
        help=Text(
            "Nivå 0–5, från idé till byggklar. Räknas ut av platsens uppgifter.",
            "Level 0–5, from idea to build-ready. Worked out from what the site says.",
        ),
        minimum=0,
        maximum=5,
        factual=False,
        computed=True,
    ),
    Field(
        key="completeness_pct",
        theme="identity",
        kind="integer",
        better="more",
        label=Text("Fullständighet", "Completeness"),
        help=Text(
            "Andel av de uppgifter som gäller platsen som är ifyllda eller inte "
            "tillämpliga, i procent.",
            "Share of the fields that apply to the site that are filled in or not applicable, "
            "in per cent.",
        ),
        unit=PER_CENT,
        minimum=0,
        maximum=100,
        factual=False,
        computed=True,
    ),
)
