"""The conditions of a search as one sentence: `Platser med minst 50 ha och minst 100 MW år 2030`."""

from collections.abc import Mapping, Sequence
from datetime import date

from catalogue.fields import SITE
from catalogue.provenance import BASIS_LABELS
from catalogue.readiness import LEVELS
from catalogue.search.filters import Condition, PowerWanted, SiteFilter
from frontend.formats import date_text, number, with_unit
from geo.texts import Language, Text

LEAST = Text("minst {it}", "at least {it}")
MOST = Text("högst {it}", "at most {it}")
LABELLED = Text("{label} {it}", "{label} {it}")
AFTER = Text("{it} {label}", "{it} of {label}")
OR = Text("eller", "or")
AND = Text("och", "and")
SELF_EVIDENT = frozenset({"area_gross_ha"})
"""Whose unit says what is measured."""
TO_PLACES = {
    "distance_rail_km": Text("till järnväg", "to a railway"),
    "distance_e_road_km": Text("till europaväg", "to a European road"),
    "distance_port_km": Text("till hamn", "to a port"),
    "distance_airport_km": Text("till flygplats", "to an airport"),
    "distance_terminal_km": Text("till kombiterminal", "to an intermodal terminal"),
    "distance_substation_km": Text("till en station i elnätet", "to a substation"),
}
WATER = {
    "drinking_water_m3_day": Text("dricksvatten", "drinking water"),
    "process_water_m3_day": Text("processvatten", "process water"),
    "sewage_m3_day": Text("avlopp", "sewage capacity"),
}


def sentence(wanted: SiteFilter, names: Mapping[str, str], place: str, language: Language) -> str:
    """Empty where nothing is asked for; `place` names the point that sites should be near."""
    about = [text.in_language(language) for text in whose(wanted, names)]
    where = [text.in_language(language) for text in whereabouts(wanted, place)]
    what = [text.in_language(language) for text in measures(wanted, language)]
    how = [text.in_language(language) for text in trust(wanted)]
    if not (about or where or what or how):
        return ""
    parts = [Text("Platser", "Sites").in_language(language), *about, *where]
    if what:
        parts.append(Text("med", "with").in_language(language) + " " + listed(what, language))
    said = " ".join(parts)
    return f"{said} – {listed(how, language)}" if how else said


def listed(parts: Sequence[str], language: Language, word: Text = AND) -> str:
    """`a, b och c`"""
    *before, last = parts
    return f"{', '.join(before)} {word.in_language(language)} {last}" if before else last


def alternatives(texts: Sequence[Text]) -> Text:
    return Text(
        listed([text.sv for text in texts], "sv", OR), listed([text.en for text in texts], "en", OR)
    )


def whose(wanted: SiteFilter, names: Mapping[str, str]) -> list[Text]:
    found = []
    if wanted.municipality:
        towns = alternatives([Text(names[code], names[code]) for code in wanted.municipality])
        found.append(Text("i {it}", "in {it}").format(it=towns))
    if wanted.text:
        found.append(Text("som nämner ”{it}”", "that mention “{it}”").format(it=wanted.text))
    return found


def whereabouts(wanted: SiteFilter, place: str) -> list[Text]:
    found = []
    if wanted.near:
        frame = Text("högst {km} km från {place}", "at most {km} km from {place}")
        point = Text(place, place) if place else Text("en punkt på kartan", "a point on the map")
        found.append(frame.format(km=wanted.near.km, place=point))
    if wanted.within:
        found.append(Text("inom en ritad yta", "within a drawn area"))
    if wanted.box:
        found.append(Text("i ett kartutsnitt", "in part of the map"))
    return found


def measures(wanted: SiteFilter, language: Language) -> list[Text]:
    area = [one for one in wanted.conditions if one.parameter.field.theme == "land"]
    others = [one for one in wanted.conditions if one not in area]
    found = [condition(one, language) for one in area]
    if wanted.power:
        found.append(power(wanted.power, language))
    found += [condition(one, language) for one in others]
    if wanted.status:
        statuses = alternatives([lowered(SITE["status"].code_label(it)) for it in wanted.status])
        found.append(Text("status {it}", "status {it}").format(it=statuses))
    return found


def power(wanted: PowerWanted, language: Language) -> Text:
    """`minst 100 MW fast effekt år 2030`"""
    sizes = [
        frame.format(it=with_unit(number(mw, language), SITE["power_now_mw"].unit, language))
        for frame, mw in ((LEAST, wanted.mw_min), (MOST, wanted.mw_max))
        if mw is not None
    ]
    both = Text(" ".join(size.sv for size in sizes), " ".join(size.en for size in sizes))
    firm = Text("fast effekt", "of firm power") if wanted.firm else Text("", "")
    year = (
        Text("år {year}", "by {year}").format(year=str(wanted.year))
        if wanted.year
        else Text("", "")
    )
    parts = [part for part in (both, firm, year) if part.sv]
    return Text(" ".join(part.sv for part in parts), " ".join(part.en for part in parts))


def condition(one: Condition, language: Language) -> Text:
    field, operator = one.parameter.field, one.parameter.operator
    label = lowered(field.label)
    if isinstance(one.operand, bool):
        return Text("{label}: {it}", "{label}: {it}").format(
            label=label, it=Text("ja", "yes") if one.operand else Text("nej", "no")
        )
    if operator in ("any", "not"):
        codes = [field.code_label(str(code)) for code in entries(one.operand)]
        frame = (
            Text("{label} {it}", "{label} {it}")
            if operator == "any"
            else Text("{label} inte {it}", "{label} not {it}")
        )
        return frame.format(label=label, it=alternatives([lowered(code) for code in codes]))
    limit = (LEAST if operator == "min" else MOST).format(it=operand(one, language))
    if one.key in TO_PLACES:
        return Text("{it} {to}", "{it} {to}").format(it=limit, to=TO_PLACES[one.key])
    if one.key in SELF_EVIDENT:
        return limit
    if one.key in WATER:
        return AFTER.format(it=limit, label=WATER[one.key])
    return LABELLED.format(label=label, it=limit)


def entries(operand: object) -> tuple[object, ...]:
    return operand if isinstance(operand, tuple) else (operand,)


def operand(one: Condition, language: Language) -> str | Text:
    field, held = one.parameter.field, one.operand
    if isinstance(held, tuple):
        return lowered(field.code_label(str(held[0 if one.parameter.operator == "min" else -1])))
    if isinstance(held, date):
        return date_text(held, language)
    if field.key == "readiness":
        level = LEVELS[min(max(int(held), 0), len(LEVELS) - 1)]
        return lowered(level)
    if field.is_year:
        return str(held)
    return with_unit(number(held, language, 2), field.unit, language)


def lowered(text: Text) -> Text:
    """As inside a sentence: `järnväg`, but `SE2` and `ÖP` as they stand."""
    return Text(lower_first(text.sv), lower_first(text.en))


def lower_first(word: str) -> str:
    return word if word[1:2].isupper() or word[1:2].isdigit() else word[:1].lower() + word[1:]


def trust(wanted: SiteFilter) -> list[Text]:
    found = []
    if wanted.basis_min:
        frame = Text("uppgifterna minst {it}", "values at least {it}")
        found.append(frame.format(it=BASIS_LABELS[wanted.basis_min]))
    if wanted.fresh:
        found.append(Text("bara aktuella uppgifter", "up-to-date values only"))
    if wanted.unknown == "exclude":
        found.append(Text("inget får vara okänt", "nothing may be unknown"))
    return found
