"""The municipality's own profile: what is the same for every site in it, described once."""

from catalogue.fields.field import Field
from catalogue.fields.profile_living import LIVING_FIELDS
from catalogue.fields.profile_people import PEOPLE_FIELDS
from catalogue.fields.profile_planning import PLANNING_FIELDS
from catalogue.fields.profile_supply import SUPPLY_FIELDS
from catalogue.fields.profile_swot import SWOT_FIELDS
from geo.texts import Text

PROFILE_FIELDS: tuple[Field, ...] = (
    Field(
        key="description_sv",
        theme="profile",
        kind="long_text",
        label=Text("Beskrivning på svenska", "Description in Swedish"),
        help=Text(
            "Kommunen för den som funderar på att etablera sig: läge, näringsliv, styrkor. "
            "80–2000 tecken.",
            "The municipality for somebody thinking of setting up there: location, business, "
            "strengths. 80–2000 characters.",
        ),
        minimum=80,
        maximum=2000,
        level=2,
        factual=False,
    ),
    Field(
        key="description_en",
        theme="profile",
        kind="long_text",
        label=Text("Beskrivning på engelska", "Description in English"),
        help=Text(
            "Samma innehåll för en läsare som inte känner Sverige. 80–2000 tecken.",
            "The same content for a reader who does not know Sweden. 80–2000 characters.",
        ),
        minimum=80,
        maximum=2000,
        level=2,
        factual=False,
    ),
    Field(
        key="priorities_sv",
        theme="profile",
        kind="long_text",
        label=Text("Prioriteringar på svenska", "Priorities in Swedish"),
        help=Text(
            "Vilka etableringar kommunen helst vill ha, och gärna vilket beslut som säger det.",
            "Which establishments the municipality wants most, and the decision that says so.",
        ),
        minimum=20,
        maximum=2000,
        level=2,
        factual=False,
    ),
    Field(
        key="priorities_en",
        theme="profile",
        kind="long_text",
        label=Text("Prioriteringar på engelska", "Priorities in English"),
        help=Text(
            "Samma prioriteringar på engelska.",
            "The same priorities in English.",
        ),
        minimum=20,
        maximum=2000,
        level=2,
        factual=False,
    ),
    Field(
        key="website",
        theme="profile",
        kind="link",
        label=Text("Webbplats", "Website"),
        help=Text(
            "Adressen till kommunens sidor för företag som vill etablera sig.",
            "The address of the municipality's pages for companies that want to set up.",
        ),
        maximum=2000,
        level=2,
        factual=False,
    ),
    Field(
        key="contact_name",
        theme="profile",
        kind="text",
        label=Text("Kontaktperson", "Contact person"),
        help=Text(
            "Förnamn och efternamn på den som tar emot etableringsfrågor, inte en "
            "funktionsbrevlåda.",
            "First and last name of the person who takes establishment enquiries, "
            "not a shared mailbox.",
        ),
        minimum=3,
        maximum=80,
        level=2,
        factual=False,
    ),
    Field(
        key="contact_role",
        theme="profile",
        kind="text",
        label=Text("Kontaktens roll", "Contact's role"),
        help=Text(
            "Kontaktpersonens titel, till exempel näringslivschef.",
            "The contact person's title, for example head of business development.",
        ),
        minimum=2,
        maximum=80,
        level=2,
        factual=False,
    ),
    Field(
        key="contact_phone",
        theme="profile",
        kind="text",
        label=Text("Telefon", "Telephone"),
        help=Text(
            "Direktnummer med landsnummer, till exempel +46 8 465 004 00.",
            "Direct number with country code, for example +46 8 465 004 00.",
        ),
        minimum=6,
        maximum=30,
        level=2,
        factual=False,
    ),
    Field(
        key="contact_email",
        theme="profile",
        kind="text",
        label=Text("E-post", "E-mail"),
        help=Text(
            "Kontaktpersonens e-postadress.",
            "The contact person's e-mail address.",
        ),
        minimum=5,
        maximum=254,
        level=2,
        factual=False,
    ),
    *PEOPLE_FIELDS,
    *SUPPLY_FIELDS,
    *PLANNING_FIELDS,
    *LIVING_FIELDS,
    *SWOT_FIELDS,
)
