"""A requirement in words, in both languages, as it stands in matrices, lists and answer packs."""

from collections.abc import Mapping
from datetime import date

from catalogue.readiness import LEVELS
from catalogue.requests.requirements import Requirement
from geo.texts import Text

SPACE = "\N{NO-BREAK SPACE}"
FRAMES: dict[str, Text] = {
    "min": Text("{label}: minst {value}", "{label}: at least {value}"),
    "max": Text("{label}: högst {value}", "{label}: at most {value}"),
    "from": Text("{label}: tidigast {value}", "{label}: {value} at the earliest"),
    "until": Text("{label}: senast {value}", "{label}: {value} at the latest"),
    "is": Text("{label}: {value}", "{label}: {value}"),
    "none_of": Text("{label}: inte {value}", "{label}: not {value}"),
}
YES, NO = Text("ja", "yes"), Text("nej", "no")
OR = Text(" eller ", " or ")


def words(one: Requirement, names: Mapping[str, str] | None = None) -> Text:
    """`Effekt: minst 150 MW år 2029, fast`; `names` are the municipalities' by code."""
    frame = FRAMES[frame_of(one)]
    said = frame.format(label=one.need.label, value=value_words(one, names or {}))
    if one.year is not None:
        said = joined(said, Text(f" år {one.year}", f" by {one.year}"))
    if one.firm:
        said = joined(said, Text(", fast", ", firm"))
    return said


def frame_of(one: Requirement) -> str:
    field = one.need.field
    if field and one.op in ("min", "max"):
        if field.kind == "date" or field.is_year:
            return {"min": "from", "max": "until"}[one.op]
        if field.codes:
            return "is" if one.op == "min" and one.value == field.code_order[-1] else one.op
    return one.op if one.op in FRAMES else "is"


def joined(first: Text, second: Text) -> Text:
    return Text(first.sv + second.sv, first.en + second.en)


def value_words(one: Requirement, names: Mapping[str, str]) -> Text:
    """The value with its unit, codes as their labels; two or more with “or” between."""
    field, value = one.need.field, one.value
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, tuple):
        return either([entry_words(one, entry, names) for entry in value])
    if one.key == "near" and isinstance(value, str):
        return near_words(value)
    if field is None or isinstance(value, str):
        said = entry_words(one, str(value), names)
        return in_sentence(said) if frame_of(one) in ("min", "max") else said
    if isinstance(value, date):
        return Text("{it}", "{it}").format(it=value)
    if field.key == "readiness":
        return joined(Text(f"{value}{SPACE}", f"{value}{SPACE}"), LEVELS[int(value)])
    if field.is_year:
        return Text(str(value), str(value))
    return quantity(float(value), one.need.unit)


def quantity(value: float, unit: Text) -> Text:
    gap = SPACE if unit.en else ""
    return joined(Text("{n}", "{n}").format(n=value), Text(gap + unit.sv, gap + unit.en))


def entry_words(one: Requirement, entry: str, names: Mapping[str, str]) -> Text:
    field = one.need.field
    if field and field.codes:
        return field.code_label(entry)
    if field and one.need.unit.en:
        return quantity(float(entry), one.need.unit)
    name = names.get(entry, entry)
    return Text(name, name)


def in_sentence(label: Text) -> Text:
    """`Fältundersökning` after “minst”; what is written in capitals, as `N-1`, stays."""
    return Text(*(one[:1].lower() + one[1:] if one[1:2].islower() else one for one in label))


def either(entries: list[Text]) -> Text:
    """`SE2 eller SE3`, `20 kV, 36 kV or 70 kV`."""
    *first, last = entries
    if not first:
        return last
    return joined(joined(listed(first), OR), last)


def listed(entries: list[Text]) -> Text:
    return Text(", ".join(one.sv for one in entries), ", ".join(one.en for one in entries))


def near_words(value: str) -> Text:
    longitude, latitude, km = (float(part) for part in value.split(","))
    return Text("inom {km} km från {lat}, {lon}", "within {km} km of {lat}, {lon}").format(
        km=km, lat=round(latitude, 3), lon=round(longitude, 3)
    )


IMPORTANCE = {True: Text("Krav", "Must"), False: Text("Önskemål", "Should")}
