"""How a site presents itself: whom to ring, the description, photos and documents."""

from catalogue.fields.field import Column, Field
from geo.texts import Text

ADDRESS = Column(key="url", kind="link", label=Text("Webbadress", "Web address"))

PRESENTATION_FIELDS: tuple[Field, ...] = (
    Field(
        key="contact_name",
        theme="identity",
        kind="text",
        label=Text("Kontaktperson", "Contact person"),
        help=Text(
            "Förnamn och efternamn på den som svarar på frågor, inte en funktionsbrevlåda.",
            "First and last name of the person who answers questions, not a shared mailbox.",
        ),
        minimum=3,
        maximum=80,
        factual=False,
    ),
    Field(
        key="contact_role",
        theme="identity",
        kind="text",
        label=Text("Kontaktens roll", "Contact's role"),
        help=Text(
            "Kontaktpersonens titel, till exempel näringslivsutvecklare.",
            "The contact person's title, for example business development officer.",
        ),
        minimum=2,
        maximum=80,
        factual=False,
    ),
    Field(
        key="contact_phone",
        theme="identity",
        kind="text",
        label=Text("Telefon", "Telephone"),
        help=Text(
            "Direktnummer med landsnummer, till exempel +46 8 465 004 00.",
            "Direct number with country code, for example +46 8 465 004 00.",
        ),
        minimum=6,
        maximum=30,
        factual=False,
    ),
    Field(
        key="contact_email",
        theme="identity",
        kind="text",
        label=Text("E-post", "E-mail"),
        help=Text(
            "Kontaktpersonens e-postadress. Förfrågningar om platsen skickas dit.",
            "The contact person's e-mail address. Requests about the site are sent there.",
        ),
        minimum=5,
        maximum=254,
        factual=False,
    ),
    Field(
        key="description_sv",
        theme="identity",
        kind="long_text",
        label=Text("Beskrivning på svenska", "Description in Swedish"),
        help=Text(
            "Var platsen ligger, vad som utmärker den och vad som finns runt omkring. "
            "80–2000 tecken.",
            "Where the site lies, what sets it apart and what is around it. 80–2000 characters.",
        ),
        minimum=80,
        maximum=2000,
        level=2,
        factual=False,
    ),
    Field(
        key="description_en",
        theme="identity",
        kind="long_text",
        label=Text("Beskrivning på engelska", "Description in English"),
        help=Text(
            "Samma innehåll för en läsare som inte känner trakten. 80–2000 tecken.",
            "The same content for a reader who does not know the area. 80–2000 characters.",
        ),
        minimum=80,
        maximum=2000,
        level=2,
        factual=False,
    ),
    Field(
        key="photos",
        theme="identity",
        kind="records",
        label=Text("Bilder", "Photos"),
        help=Text(
            "Länkar till bilder som redan finns på webben, med bildtext och den dag bilden togs. "
            "Egna bilder laddar du upp under ”Bilder och dokument”.",
            "Links to pictures that are on the web already, with a caption and the day each was "
            "taken. Upload your own under “Photos and documents”.",
        ),
        columns=(
            Column(key="caption", kind="text", label=Text("Bildtext", "Caption")),
            ADDRESS,
            Column(key="date", kind="date", label=Text("Datum", "Date"), required=False),
        ),
        level=2,
        factual=False,
    ),
    Field(
        key="documents",
        theme="identity",
        kind="records",
        label=Text("Dokument", "Documents"),
        help=Text(
            "Länkar till utredningar, plankartor och avtal som får delas, med titel och datum. "
            "Egna filer laddar du upp under ”Bilder och dokument”.",
            "Links to studies, plan maps and agreements that may be shared, with title and date. "
            "Upload your own files under “Photos and documents”.",
        ),
        columns=(
            Column(key="title", kind="text", label=Text("Titel", "Title")),
            ADDRESS,
            Column(key="date", kind="date", label=Text("Datum", "Date"), required=False),
        ),
        level=2,
        factual=False,
    ),
)
