"""How a site stands to a requirement in words: its value, what is missing, and who has been asked."""

from collections.abc import Mapping
from datetime import date

from catalogue.fields import SITE
from catalogue.fields.field import DAYS
from catalogue.provenance import STATE_LABELS
from catalogue.requests.matching import Match, Result, field_key
from catalogue.requests.requirements import Requirement
from catalogue.requests.wording import value_words
from frontend.formats import NO_BREAK_SPACE, number, value_text, with_unit
from frontend.search_words import reason
from frontend.site_page_facts import Told
from geo.texts import Language, Text

Names = Mapping[str, str]
"""The municipalities' by code."""
SIGNS = {"min": "≥", "max": "≤"}
SHORT: dict[str, Text] = {
    "min": Text("{gap} saknas", "{gap} short"),
    "max": Text("{gap} för mycket", "{gap} too much"),
}
TOO_FAR = Text("{gap} för långt", "{gap} too far")
DAY_SHORT: dict[str, Text] = {
    "min": Text("{gap} för tidigt", "{gap} too early"),
    "max": Text("{gap} för sent", "{gap} too late"),
}
STEPS = (Text("ett steg ifrån", "one step off"), Text("{n} steg ifrån", "{n} steps off"))


def limit_words(one: Requirement, names: Names, language: Language) -> str:
    """`≥ 150 MW 2029, fast`: the requirement without its label."""
    words = value_words(one, names).in_language(language)
    sign = SIGNS.get(one.op, "")
    if one.op == "none_of":
        sign = Text("inte", "not").in_language(language)
    said = f"{sign}{NO_BREAK_SPACE}{words}" if sign else words
    if one.year is not None:
        said += f"{NO_BREAK_SPACE}{one.year}"
    return said + (Text(", fast", ", firm").in_language(language) if one.firm else "")


def result_words(one: Requirement, result: Result, site: Match, language: Language) -> str:
    """The value as the site states it; nothing where it is not known."""
    if result.value is None:
        return ""
    field = one.need.field
    if field is None:
        return str(site.properties["municipality_name"])
    return value_text(field, result.value, language)


def gap_words(one: Requirement, result: Result, language: Language) -> str:
    """`2 MW saknas`, `40 dagar för sent`, `ett steg ifrån`; nothing where no distance is told."""
    field, gap = one.need.field, result.gap
    if field is None or gap is None or one.op not in SHORT:
        return ""
    if field.codes:
        return STEPS[gap != 1].format(n=int(gap)).in_language(language)
    if field.kind == "date":
        days = with_unit(number(gap, language, 0), DAYS, language)
        return DAY_SHORT[one.op].format(gap=days).in_language(language)
    frame = TOO_FAR if one.op == "max" and field.key.startswith("distance_") else SHORT[one.op]
    size = with_unit(number(gap, language, 2), field.unit, language)
    return frame.format(gap=size).in_language(language)


def miss_words(
    one: Requirement, result: Result, site: Match, names: Names, language: Language
) -> str:
    """`98 av 100 MW år 2029`, `Granskning, ett steg ifrån Antagen`."""
    said = result_words(one, result, site, language)
    limit = value_words(one, names).in_language(language)
    if one.op == "min" and isinstance(result.value, int | float) and result.gap is not None:
        value = number(result.value, language, 2)
        frame = Text("{value} av {limit}", "{value} of {limit}")
        words = frame.format(value=value, limit=limit).in_language(language)
        year = Text(" år {year}", " by {year}").format(year=str(one.year)).in_language(language)
        return words + (year if one.year else "")
    parts = [part for part in (said, gap_words(one, result, language)) if part]
    wanted = Text("kravet är {limit}", "asked for is {limit}").format(limit=limit)
    return ", ".join([*parts, wanted.in_language(language)])


def trust(one: Requirement, result: Result, site: Match, language: Language, today: date) -> str:
    """The trust mark of the value behind a result; empty where it carries none."""
    field = SITE[field_key(one, site.properties)]
    if result.value is None or not field.factual:
        return ""
    return Told(site.properties, SITE, language, today).mark(field.key)


def note(one: Requirement, result: Result, site: Match, language: Language) -> str:
    """Why there is no value: who has been asked, or that the question does not concern the site."""
    if result.value is not None:
        return ""
    key = field_key(one, site.properties)
    if result.outcome == "unknown":
        label = SITE[key].label.in_language(language)
        return reason(key, site.properties, language).removeprefix(f"{label}: ")
    return STATE_LABELS["not_applicable"].in_language(language)
