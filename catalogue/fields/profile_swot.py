"""The municipality's SWOT for large establishments, for those who work with the catalogue."""

from catalogue.fields.field import Field
from geo.texts import Text

SWOT_FIELDS: tuple[Field, ...] = (
    Field(
        key="swot_strengths",
        theme="profile",
        kind="list",
        label=Text("Styrkor", "Strengths"),
        help=Text(
            "Vad kommunen redan är bra på för en stor etablering, en sak per rad.",
            "What the municipality is already good at for a large establishment, one a line.",
        ),
        minimum=1,
        maximum=20,
        level=2,
        visibility="internal",
        factual=False,
    ),
    Field(
        key="swot_weaknesses",
        theme="profile",
        kind="list",
        label=Text("Svagheter", "Weaknesses"),
        help=Text(
            "Vad som saknas eller går trögt i dag, en sak per rad.",
            "What is missing or slow today, one a line.",
        ),
        minimum=1,
        maximum=20,
        level=2,
        visibility="internal",
        factual=False,
    ),
    Field(
        key="swot_opportunities",
        theme="profile",
        kind="list",
        label=Text("Möjligheter", "Opportunities"),
        help=Text(
            "Vad utanför kommunen som talar för en etablering, en sak per rad.",
            "What outside the municipality speaks for an establishment, one a line.",
        ),
        minimum=1,
        maximum=20,
        level=2,
        visibility="internal",
        factual=False,
    ),
    Field(
        key="swot_threats",
        theme="profile",
        kind="list",
        label=Text("Hot", "Threats"),
        help=Text(
            "Vad utanför kommunen som kan stoppa eller försena en etablering, en sak per rad.",
            "What outside the municipality may stop or delay an establishment, one a line.",
        ),
        minimum=1,
        maximum=20,
        level=2,
        visibility="internal",
        factual=False,
    ),
    Field(
        key="swot_date",
        theme="profile",
        kind="date",
        label=Text("SWOT-analysens datum", "Date of the SWOT"),
        help=Text(
            "Den dag analysen gjordes eller senast gicks igenom.",
            "The day the analysis was made or last gone through.",
        ),
        level=2,
        visibility="internal",
        factual=False,
    ),
)
