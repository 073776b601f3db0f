"""Whether the values of a site hold together; sources stand beside each threshold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from catalogue.errors import Fault
from catalogue.fields import SITE, Value
from catalogue.fields.field import Record
from catalogue.outlines.property_designations import BadDesignation, municipality_of
from catalogue.provenance import VERIFIED_RANK, Provenance
from geo.texts import Text

OUTLINE_TOLERANCE = 0.05
"""Share that the drawn area may differ from the given hectares before it is pointed out."""
MUNICIPAL_WATER_M3_DAY = 5_500
"""What a whole mid-size municipality uses; above half of it a written source is asked for."""


@dataclass
class Findings:
    """What the checks found: `faults` stop the save, `warnings` are only told."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def refuse(self, key: str, text: Text) -> None:
        self.faults.append(Fault(key, text))

    def warn(self, key: str, text: Text) -> None:
        self.warnings.append(Fault(key, text))


@dataclass(frozen=True)
class Subject:
    """All that a check may look at."""

    values: Mapping[str, Value | None]
    provenance: Mapping[str, Provenance]
    changed: frozenset[str]
    today: date
    municipality_names: frozenset[str] = frozenset()
    outline_ha: float | None = None

    def number(self, key: str) -> float | None:
        value = self.values.get(key)
        return float(value) if isinstance(value, int | float) else None

    def records(self, key: str) -> list[Record]:
        value = self.values.get(key)
        return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def check(subject: Subject) -> Findings:
    findings = Findings()
    for one in CHECKS:
        one(subject, findings)
    return findings


def areas_nest(subject: Subject, findings: Findings) -> None:
    nested = ("area_gross_ha", "area_net_ha", "largest_contiguous_ha")
    for outer, inner in (*pairwise(nested), ("area_net_ha", "min_plot_ha")):
        whole, part = subject.number(outer), subject.number(inner)
        if whole is not None and part is not None and part > whole:
            findings.refuse(
                inner,
                Text(
                    "{inner} ({part} ha) är större än {outer} ({whole} ha). Ändra en av dem.",
                    "{inner} ({part} ha) is larger than {outer} ({whole} ha). Change one of them.",
                ).format(
                    inner=SITE[inner].label,
                    part=part,
                    outer=lower(SITE[outer].label),
                    whole=whole,
                ),
            )


def lower(label: Text) -> Text:
    """A label in the middle of a sentence."""
    return Text(*(word[:1].lower() + word[1:] for word in label))


def outline_agrees(subject: Subject, findings: Findings) -> None:
    given, drawn = subject.number("area_gross_ha"), subject.outline_ha
    if given is None or drawn is None or not subject.changed & {"outline", "area_gross_ha"}:
        return
    if abs(drawn - given) > OUTLINE_TOLERANCE * given:
        findings.warn(
            "outline",
            Text(
                "Den ritade ytan är {drawn} ha men bruttoytan är angiven till {given} ha.",
                "The drawn area is {drawn} ha but the gross area is given as {given} ha.",
            ).format(drawn=round(drawn, 1), given=given),
        )


def timeline_rises(subject: Subject, findings: Findings) -> None:
    """MW do not fall without an explanation, and each year stands once."""
    last_year, last_mw = 0, subject.number("power_now_mw") or 0.0
    for point in subject.records("power_timeline"):
        year, mw = int(str(point["year"])), float(str(point["mw"]))
        if year == last_year:
            findings.refuse(
                "power_timeline",
                Text("År {year} står två gånger.", "Year {year} stands twice.").format(
                    year=str(year)
                ),
            )
        if mw < last_mw and not point.get("condition"):
            findings.refuse(
                "power_timeline",
                Text(
                    "Effekten sjunker från {before} MW till {after} MW år {year}. "
                    "Rätta siffran eller förklara varför i villkoret.",
                    "Power falls from {before} MW to {after} MW in {year}. "
                    "Correct the figure or explain why in the condition.",
                ).format(before=last_mw, after=mw, year=str(year)),
            )
        last_year, last_mw = year, mw


def timeline_starts_now(subject: Subject, findings: Findings) -> None:
    """A point for a year that has begun says the same as the power available now."""
    if not subject.changed & {"power_timeline", "power_now_mw"}:
        return
    now = subject.number("power_now_mw")
    points = subject.records("power_timeline")
    for point in points:
        if not subject.today.year - 5 <= int(str(point["year"])) <= subject.today.year + 20:
            findings.refuse(
                "power_timeline",
                Text(
                    "År {year} ligger för långt bort; ange högst 20 år framåt.",
                    "Year {year} is too far off; give at most 20 years ahead.",
                ).format(year=str(point["year"])),
            )
    begun = [point for point in points if int(str(point["year"])) <= subject.today.year]
    if now is not None and begun and float(str(begun[-1]["mw"])) != now:
        findings.refuse(
            "power_timeline",
            Text(
                "Effekt nu är {now} MW men tidslinjen säger {then} MW år {year}.",
                "Power now is {now} MW but the timeline says {then} MW in {year}.",
            ).format(now=now, then=float(str(begun[-1]["mw"])), year=str(begun[-1]["year"])),
        )


def voltage_carries_power(subject: Subject, findings: Findings) -> None:
    """Rule of thumb of Swedish grids: to 20 MW 10–36 kV, to 150 MW 70–145 kV, above 220–400 kV."""
    voltages = subject.values.get("connection_voltage_kv")
    powers = [float(str(point["mw"])) for point in subject.records("power_timeline")]
    mw = max([*powers, subject.number("power_now_mw") or 0.0])
    if not isinstance(voltages, list) or not voltages:
        return
    highest_kv = max(int(str(kv)) for kv in voltages)
    usual, most = next(
        limits for kv, limits in ((36, (20, 60)), (145, (150, 300)), (999, (800, 9_999)))
        if highest_kv <= kv
    )  # fmt: skip
    text = Text(
        "{mw} MW går inte att ansluta på {kv} kV. Kontrollera effekten eller lägg till en högre "
        "spänning.",
        "{mw} MW cannot be connected at {kv} kV. Check the power or add a higher voltage.",
    )
    unusual = Text(
        "{mw} MW på {kv} kV är ovanligt. Stäm av med nätägaren.",
        "{mw} MW at {kv} kV is unusual. Check with the grid owner.",
    )
    if mw > most:
        findings.refuse("connection_voltage_kv", text.format(mw=mw, kv=highest_kv))
    elif mw > usual:
        findings.warn("connection_voltage_kv", unusual.format(mw=mw, kv=highest_kv))


def water_is_plausible(subject: Subject, findings: Findings) -> None:
    cubic_metres = subject.number("drinking_water_m3_day")
    provenance = subject.provenance.get("drinking_water_m3_day")
    limit = MUNICIPAL_WATER_M3_DAY / 2
    is_written = provenance is not None and provenance.rank >= VERIFIED_RANK
    if cubic_metres is not None and cubic_metres > limit and not is_written:
        findings.refuse(
            "drinking_water_m3_day",
            Text(
                "Över {limit} m³/dygn behöver ett skriftligt besked från VA-huvudmannen. "
                "Ange grunden ”skriftligt”.",
                "More than {limit} m³/day needs a written statement from the water utility. "
                "State the basis “in writing”.",
            ).format(limit=limit),
        )


def dates_lie_ahead(subject: Subject, findings: Findings) -> None:
    for key, years in (("detaljplan_in_force_expected", 8), ("reserved_until", 5)):
        day = subject.values.get(key)
        if key not in subject.changed or not isinstance(day, date):
            continue
        latest = subject.today.replace(year=subject.today.year + years, day=1)
        if not subject.today <= day <= latest:
            findings.refuse(
                key,
                Text(
                    "Datumet ska ligga mellan i dag och {latest}.",
                    "The date must lie between today and {latest}.",
                ).format(latest=latest),
            )


def designations_are_here(subject: Subject, findings: Findings) -> None:
    """Each designation begins with a municipality of the region."""
    designations = subject.values.get("property_designations")
    if "property_designations" not in subject.changed or not isinstance(designations, list):
        return
    for designation in map(str, designations):
        try:
            municipality_of(designation, subject.municipality_names)
        except BadDesignation as refusal:
            findings.refuse("property_designations", refusal.text)


def sizes_are_usual(subject: Subject, findings: Findings) -> None:
    for key in subject.changed & SITE.keys():
        limit, number = SITE[key].warn_above, subject.number(key)
        if limit is not None and number is not None and number > limit:
            findings.warn(
                key,
                Text(
                    "{label}: {number} {unit} är ovanligt mycket. Kontrollera siffran.",
                    "{label}: {number} {unit} is unusually high. Check the figure.",
                ).format(label=SITE[key].label, number=number, unit=SITE[key].unit),
            )


CHECKS: tuple[Callable[[Subject, Findings], None], ...] = (
    areas_nest,
    outline_agrees,
    timeline_rises,
    timeline_starts_now,
    voltage_carries_power,
    water_is_plausible,
    dates_lie_ahead,
    designations_are_here,
    sizes_are_usual,
)
