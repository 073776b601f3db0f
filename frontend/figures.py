"""Values ready to be shown, each with its trust mark and who stands behind it."""

from dataclasses import dataclass

from catalogue.fields import Field
from catalogue.provenance import Mark, Provenance
from frontend.formats import date_text, value_text
from geo.texts import Language, Text

SHORT_BASIS: dict[str, Text] = {
    "estimate": Text("uppskattning", "estimate"),
    "municipality": Text("kommunens uppgift", "the municipality's figure"),
    "utility_verbal": Text("muntligt", "verbally"),
    "utility_written": Text("skriftligt", "in writing"),
    "authority": Text("myndighet", "authority"),
    "signed_agreement": Text("avtal", "agreement"),
}
ASKED = Text("{asked} har fått frågan", "{asked} has been asked")
ASKED_ON = Text("{asked} fick frågan {day}", "{asked} was asked on {day}")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One value in words: for a fact list, a strip of key figures or a card."""

    label: str
    value: str
    mark: str = ""
    """Empty for a value that carries no mark, such as a name."""
    source: str = ""
    """Who says so and when: `Ellevio, skriftligt, 3 okt 2026`."""
    href: str = ""


def figure(
    field: Field, value: object, provenance: Provenance | None, *, mark: Mark, language: Language
) -> Figure:
    """A field's value as it is shown; the mark is left out where the field carries none."""
    return Figure(
        label=field.label.in_language(language),
        value=value_text(field, value, language),
        mark=mark if field.factual else "",
        source=source_text(provenance, language) if provenance else "",
        href=link_address(field, value),
    )


def source_text(provenance: Provenance, language: Language) -> str:
    """Who says so, on what basis and when; for an unknown value, who was asked."""
    if provenance.state == "unknown":
        frame = ASKED_ON if provenance.asked_on else ASKED
        day = date_text(provenance.asked_on, language) if provenance.asked_on else ""
        asked = frame.format(asked=provenance.asked, day=day)
        return asked.in_language(language) if provenance.asked else ""
    basis = SHORT_BASIS.get(provenance.basis or "", Text("", "")).in_language(language)
    day = date_text(provenance.as_of, language) if provenance.as_of else ""
    said = ", ".join(part for part in (provenance.source, basis, day) if part)
    return said[:1].upper() + said[1:]


def link_address(field: Field, value: object) -> str:
    """The address behind a value of kind `link`, and nothing that is not an ordinary web page."""
    is_web = isinstance(value, str) and value.startswith(("https://", "http://"))
    return str(value) if field.kind == "link" and is_web else ""
