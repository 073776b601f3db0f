"""Units as clients write them, each as so many of the unit that its dimension is counted in."""

import re
from dataclasses import dataclass
from typing import Literal

Dimension = Literal[
    "area", "power", "apparent_power", "energy", "voltage", "flow", "volume", "length", "duration",
    "outage", "delay", "share", "land_price", "money", "heads", "temperature",
]  # fmt: skip


@dataclass(frozen=True)
class Unit:
    """`factor` of the dimension's own unit: m², W, VA, Wh, V, m³/s, m³, m, s, s a year, s, 1, SEK."""

    dimension: Dimension
    factor: float


MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0
YEAR = 365.25 * DAY
MONTH = YEAR / 12
ACRE_M2 = 4_046.8564224
FOOT_M, MILE_M, INCH_M = 0.3048, 1_609.344, 0.0254
GALLON_M3 = 0.003785411784
"""The gallon of the United States; the imperial one is told apart by its name."""
IMPERIAL_GALLON_M3 = 0.00454609

SPELLINGS: dict[str, tuple[Dimension, float]] = {
    "ha|hektar|hectares?|hectars?": ("area", 10_000),
    "acres?|ac": ("area", ACRE_M2),
    "km2|km²|square kilomet(?:re|er)s?|kvadratkilometer": ("area", 1e6),
    "sq ?mi|square miles?": ("area", MILE_M**2),
    "sq\\.? ?ft\\.?|sqft|square f(?:ee|oo)t|ft2|ft²": ("area", FOOT_M**2),
    "m2|m²|sqm|sq\\.? ?m|square met(?:re|er)s?|kvm|kvadratmeter": ("area", 1),
    "tunnland": ("area", 4_936.4),
    "GW|gigawatts?": ("power", 1e9),
    "MW|MWe|megawatts?": ("power", 1e6),
    "kW|kilowatts?": ("power", 1e3),
    "MVA": ("apparent_power", 1e6),
    "kVA": ("apparent_power", 1e3),
    "kV|kilovolts?": ("voltage", 1e3),
    "TWh": ("energy", 1e12),
    "GWh": ("energy", 1e9),
    "MWh": ("energy", 1e6),
    "kWh": ("energy", 1e3),
    "km|kilomet(?:re|er)s?": ("length", 1e3),
    "mil": ("length", 1e4),
    "miles?|mi": ("length", MILE_M),
    "m|met(?:re|er)s?": ("length", 1),
    "mm|millimet(?:re|er)s?|millimeter": ("length", 1e-3),
    "cm|centimet(?:re|er)s?": ("length", 1e-2),
    "ft|f(?:ee|oo)t": ("length", FOOT_M),
    "inch(?:es)?": ("length", INCH_M),
    "ms|milliseconds?|millisekunder": ("delay", 1e-3),
    "months?|månader(?:na)?|månad|mån": ("duration", MONTH),
    "years?|yrs?|år": ("duration", YEAR),
    "weeks?|veckor|vecka": ("duration", 7 * DAY),
    "days?|dagar|dag|dygn": ("duration", DAY),
    "hours?|hrs?|timmar|timmes?|tim|h": ("duration", HOUR),
    "minutes?|minuters?|mins?|minut": ("duration", MINUTE),
    "%|per ?cent|procent": ("share", 1),
    "MSEK|mnkr|Mkr|mkr|mSEK": ("money", 1e6),
    "SEK|kr|kronor": ("money", 1),
    "p\\.?e\\.?|personekvivalenter|population equivalents?": ("heads", 1),
    "°C|degrees? C(?:elsius)?|grader": ("temperature", 1),
}
VOLUMES: dict[str, float] = {
    "m3|m³|m\\^3|cubic met(?:re|er)s?|kubikmeter|kubik|kbm|cbm": 1,
    "l|lit(?:re|er)s?": 1e-3,
    "Ml|megalit(?:re|er)s?": 1e3,
    "(?:US )?gallons?|gal": GALLON_M3,
    "(?:imperial|UK) gallons?": IMPERIAL_GALLON_M3,
}
PERIODS: dict[str, float] = {
    "s|sec|sek|sekund(?:en)?|second": 1,
    "min|minute|minut(?:en)?": MINUTE,
    "h|hr|hour|tim|timmen?": HOUR,
    "d|day|dan|dygn(?:et)?|dag(?:en)?|24 ?h": DAY,
    "y|yr|a|year|annum|år(?:et)?": YEAR,
}
PER = "(?: ?/ ?| ?per | (?:an?|om|i) )"
OF_WHAT = r"(?: (?:\w*vatten|avlopp|(?:\w+ )?water|effluent|sewage)(?= ?/| per | om | a ))?"
"""`80 m³ dricksvatten/dygn`: what flows stands inside its unit."""
SHORT_FLOWS: dict[str, float] = {
    "MLD|ML/d": 1e3 / DAY,
    "mgd": 1e6 * GALLON_M3 / DAY,
    "gpd": GALLON_M3 / DAY,
    "gpm": GALLON_M3 / MINUTE,
}
PER_AREA = {
    "(?:SEK|kr|kronor) ?(?:/|per|a) ?(?:m2|m²|sqm|sq\\.? ?m|kvm|kvadratmeter|square met(?:re|er))":
        ("land_price", 1.0),
}  # fmt: skip
PER_YEAR = {f"(?:minutes?|minuters?|min){PER}(?:year|yr|år|annum)": ("outage", MINUTE)}


def spelled() -> list[tuple[str, Unit]]:
    """Every spelling as a pattern, the longer ways of writing first."""
    flows = [
        (f"(?:{volume}){OF_WHAT}{PER}(?:{period})", Unit("flow", cubic_m / seconds))
        for volume, cubic_m in VOLUMES.items()
        for period, seconds in PERIODS.items()
    ]
    short = [(f"(?:{name})", Unit("flow", factor)) for name, factor in SHORT_FLOWS.items()]
    compound = [
        (f"(?:{name})", Unit(dimension, factor))  # type: ignore[arg-type]  # of the table above
        for name, (dimension, factor) in (*PER_AREA.items(), *PER_YEAR.items())
    ]
    volumes = [(f"(?:{name})", Unit("volume", factor)) for name, factor in VOLUMES.items()]
    plain = [(f"(?:{name})", Unit(*unit)) for name, unit in SPELLINGS.items()]
    return [*flows, *short, *compound, *plain, *volumes]


ALL = spelled()
END = r"(?![\w²³^])"
ANY_UNIT = "|".join(f"(?P<u{number}>{pattern}){END}" for number, (pattern, _) in enumerate(ALL))
UNIT = re.compile(ANY_UNIT, re.IGNORECASE)


def unit_at(text: str, place: int) -> tuple[Unit, int] | None:
    """The unit that stands at a place in a text, and where it ends."""
    hit = UNIT.match(text, place)
    if hit is None or hit.lastgroup is None:
        return None
    return ALL[int(hit.lastgroup[1:])][1], hit.end()


OF_FIELDS: dict[str, Unit] = {
    "ha": Unit("area", 10_000),
    "MW": Unit("power", 1e6),
    "kV": Unit("voltage", 1e3),
    "m³/day": Unit("flow", 1 / DAY),
    "l/s": Unit("flow", 1e-3),
    "km": Unit("length", 1e3),
    "m": Unit("length", 1),
    "mm": Unit("length", 1e-3),
    "ms": Unit("delay", 1e-3),
    "months": Unit("duration", MONTH),
    "days": Unit("duration", DAY),
    "min/year": Unit("outage", MINUTE),
    "%": Unit("share", 1),
    "SEK/m²": Unit("land_price", 1),
    "MSEK": Unit("money", 1e6),
    "p.e.": Unit("heads", 1),
    "°C": Unit("temperature", 1),
}
"""The units of the registry's fields, by their English name."""


def converted(amount: float, unit: Unit, name: str) -> float:
    """In the unit of a field; at most three decimals, and none that only rounding left."""
    target = OF_FIELDS[name]
    if target.dimension != unit.dimension:
        raise ValueError(f"{unit.dimension} is not {target.dimension}")
    found = round(amount * unit.factor / target.factor, 3)
    return int(found) if found == int(found) else found
