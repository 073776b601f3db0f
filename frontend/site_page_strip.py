"""The six facts that decide most searches, each with what qualifies it."""

from dataclasses import dataclass

from catalogue import power
from catalogue.completeness import applies
from catalogue.provenance import MARK_LABELS, Mark
from frontend.formats import number, with_unit
from frontend.site_page_facts import Told
from geo.texts import Text


@dataclass(frozen=True)
class Note:
    """A second line below a key fact; one without a mark says what the first line means."""

    text: str
    mark: Mark | None = None


@dataclass(frozen=True)
class KeyFact:
    label: str
    value: str
    mark: Mark
    notes: tuple[Note, ...] = ()


def strip(told: Told) -> list[KeyFact]:
    return [one(told) for one in (area, electricity, drinking_water, sewage, plan, railway)]


def key_fact(told: Told, key: str, label: Text, notes: list[Note]) -> KeyFact:
    """The field's value; where there is none, the word for that and who has been asked."""
    mark, fact = told.mark(key), told.fact(key)
    value = fact.value
    if not value:
        word = Text("okänd", "unknown") if mark == "unknown" else MARK_LABELS[mark]
        value = word.in_language(told.language).capitalize()
        notes = [Note(fact.source), *notes] if fact.source else notes
    return KeyFact(label.in_language(told.language), value, mark, tuple(notes))


def note(told: Told, key: str, frame: Text) -> list[Note]:
    """A line on another field, left out where that has no value or is no longer asked for."""
    text = told.text(key)
    if not text or not applies(told.fields[key], told.said):
        return []
    return [Note(frame.format(value=text).in_language(told.language), told.mark(key))]


def area(told: Told) -> KeyFact:
    gross = note(told, "area_gross_ha", Text("av {value} brutto", "of {value} gross"))
    return key_fact(told, "area_net_ha", Text("Nettoyta", "Net area"), gross)


def electricity(told: Told) -> KeyFact:
    notes = []
    year = power.full_from({"power_timeline": told.value("power_timeline")})
    if year is not None:
        most = max(point.mw for point in power.points(told.value("power_timeline")))
        mw = with_unit(number(most, told.language), told.fields["power_now_mw"].unit, told.language)
        text = Text("{mw} från {year}", "{mw} from {year}").format(mw=mw, year=str(year))
        notes.append(Note(text.in_language(told.language), told.mark("power_timeline")))
    notes += note(told, "connection_voltage_kv", Text("{value}", "{value}"))
    return key_fact(told, "power_now_mw", Text("Effekt i dag", "Power today"), notes)


def drinking_water(told: Told) -> KeyFact:
    process = note(
        told, "process_water_m3_day", Text("{value} processvatten", "{value} process water")
    )
    if told.mark("process_water_m3_day") == "unknown":
        text = Text("processvatten okänt", "process water unknown").in_language(told.language)
        process = [Note(text, "unknown")]
    label = Text("Dricksvatten", "Drinking water")
    return key_fact(told, "drinking_water_m3_day", label, process)


def sewage(told: Told) -> KeyFact:
    service = Text("{value} verksamhetsområde", "{value} the service area")
    if told.value("utility_area") == "planned":
        service = Text("{value} verksamhetsområde", "{value} service area")
    return key_fact(
        told, "sewage_m3_day", Text("Avlopp", "Sewage"), note(told, "utility_area", service)
    )


def plan(told: Told) -> KeyFact:
    notes = note(
        told,
        "detaljplan_in_force_expected",
        Text("laga kraft väntas {value}", "in force expected {value}"),
    )
    notes += note(told, "comprehensive_plan", Text("ÖP: {value}", "Comprehensive plan: {value}"))
    return key_fact(told, "detaljplan_status", Text("Detaljplan", "Detailed plan"), notes)


def railway(told: Told) -> KeyFact:
    notes = [Note(told.text("nearest_rail"))] if told.value("nearest_rail") else []
    found = key_fact(told, "distance_rail_km", Text("Till järnväg", "To railway"), notes)
    if told.value("distance_rail_km") is None:
        return found
    straight = Note(Text("fågelvägen", "in a straight line").in_language(told.language))
    return KeyFact(found.label, f"≈\N{NO-BREAK SPACE}{found.value}", found.mark, (*notes, straight))
