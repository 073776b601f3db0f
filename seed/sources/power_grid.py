"""Substations and the lines between them, for the demo only: coarse places, not the real network.

`python -m seed.sources.power_grid`
"""

from typing import NamedTuple

from shapely.geometry import LineString, Point

from seed.sources.feature_files import Feature, Origin, write_features

ORIGIN = Origin(
    source=(
        "Illustrative: drawn by hand near places known by name. Neither positions nor voltages nor"
        " lines are those of the network; replace them with the grid owners' own data"
    ),
    licence="CC0 1.0",
    made_by="seed/sources/power_grid.py",
)
LINE_ACCURACY_M = 3_000
SVENSKA_KRAFTNAT = "Svenska kraftnät"
VATTENFALL = "Vattenfall Eldistribution"
ELLEVIO = "Ellevio"


class Substation(NamedTuple):
    """A shared grid node; `code` is what the sites of the catalogue refer to."""

    code: str
    name: str
    longitude: float
    latitude: float
    accuracy_m: int
    voltage_kv: tuple[int, ...]
    owner: str

    @property
    def level(self) -> str:
        return "transmission" if max(self.voltage_kv) >= 220 else "regional"


SUBSTATIONS = [
    Substation("SUB-2101-1", "Ockelbo", 16.700, 60.905, 2_000, (220, 130), SVENSKA_KRAFTNAT),
    Substation("SUB-2104-1", "Hofors", 16.315, 60.545, 2_000, (220, 130), SVENSKA_KRAFTNAT),
    Substation("SUB-2121-1", "Edsbyn", 15.840, 61.360, 2_000, (130, 40), ELLEVIO),
    Substation("SUB-2132-1", "Gnarp", 17.215, 62.035, 2_500, (130, 40), ELLEVIO),
    Substation("SUB-2161-1", "Ljusdal", 16.055, 61.845, 2_500, (220, 130), SVENSKA_KRAFTNAT),
    Substation("SUB-2180-1", "Hille", 17.110, 60.780, 2_500, (400, 130), SVENSKA_KRAFTNAT),
    Substation("SUB-2180-2", "Valbo", 17.010, 60.635, 2_000, (220, 130), SVENSKA_KRAFTNAT),
    Substation("SUB-2180-3", "Fredriksskans", 17.195, 60.698, 1_500, (130, 20), VATTENFALL),
    Substation("SUB-2181-1", "Sandviken", 16.800, 60.640, 1_500, (130, 70), VATTENFALL),
    Substation("SUB-2182-1", "Söderala", 16.985, 61.290, 2_000, (220, 130), SVENSKA_KRAFTNAT),
    Substation("SUB-2182-2", "Ljusne", 17.090, 61.215, 1_500, (130, 40), ELLEVIO),
    Substation("SUB-2183-1", "Bollnäs", 16.360, 61.335, 2_000, (130, 40), ELLEVIO),
    Substation("SUB-2183-2", "Kilafors", 16.540, 61.225, 2_500, (220, 130), SVENSKA_KRAFTNAT),
    Substation("SUB-2184-1", "Hudiksvall", 17.060, 61.745, 1_500, (130, 40), ELLEVIO),
    Substation("SUB-2184-2", "Iggesund", 17.075, 61.655, 2_000, (130, 40), ELLEVIO),
]

# Voltage and the codes a line connects, in order; a position instead of a code is only passed.
LINES: list[tuple[int, list[str | tuple[float, float]]]] = [
    (400, [(15.75, 62.38), (16.35, 61.60), (16.78, 61.06), "SUB-2180-1"]),
    (400, ["SUB-2180-1", (16.99, 60.70), (17.03, 60.52), (17.30, 60.42)]),
    (220, [(15.62, 62.36), "SUB-2161-1", (16.45, 61.52), "SUB-2183-2", "SUB-2101-1"]),
    (220, ["SUB-2101-1", "SUB-2180-2"]),
    (220, ["SUB-2180-2", (16.62, 60.62), "SUB-2104-1", (15.70, 60.52)]),
    (220, ["SUB-2183-2", (16.80, 61.28), "SUB-2182-1"]),
    (130, ["SUB-2180-1", "SUB-2180-3"]),
    (130, ["SUB-2180-1", "SUB-2180-2"]),
    (130, ["SUB-2180-2", "SUB-2181-1"]),
    (130, ["SUB-2182-2", "SUB-2182-1", (16.98, 61.48), "SUB-2184-2", "SUB-2184-1"]),
    (130, ["SUB-2184-1", (17.10, 61.86), "SUB-2132-1"]),
    (130, ["SUB-2183-2", "SUB-2183-1", (16.10, 61.37), "SUB-2121-1"]),
]


def substations() -> list[Feature]:
    return [
        Feature(
            Point(station.longitude, station.latitude),
            {
                "code": station.code,
                "name": station.name,
                "kind": "substation",
                "level": station.level,
                "voltage_kv": station.voltage_kv,
                "owner": station.owner,
                "municipality": station.code.split("-")[1],
                "accuracy_m": station.accuracy_m,
            },
        )
        for station in SUBSTATIONS
    ]


def power_lines() -> list[Feature]:
    """The lines in degrees, named by the stations at their ends."""
    places = {station.code: station for station in SUBSTATIONS}
    lines = []
    for voltage_kv, stops in LINES:
        stations = [places[stop] for stop in stops if isinstance(stop, str)]
        passed = [
            (places[stop].longitude, places[stop].latitude) if isinstance(stop, str) else stop
            for stop in stops
        ]
        name = "–".join(dict.fromkeys(station.name for station in stations))
        properties = {
            "name": f"{voltage_kv}\N{NO-BREAK SPACE}kV {name}",
            "kind": "grid_line",
            "voltage_kv": voltage_kv,
            "accuracy_m": LINE_ACCURACY_M,
        }
        lines.append(Feature(LineString(passed), properties))
    return lines


if __name__ == "__main__":
    write_features(
        "substations.geojson",
        substations(),
        ORIGIN,
        order=lambda feature: feature.properties["code"],
    )
    write_features(
        "power_lines.geojson",
        power_lines(),
        ORIGIN,
        order=lambda feature: (-feature.properties["voltage_kv"], feature.properties["name"]),
    )
