"""Ports, airports and intermodal terminals, placed by hand.

`python -m seed.sources.transport_nodes`
"""

from shapely.geometry import Point

from seed.sources.feature_files import Feature, Origin, Properties, write_features

SOURCE = (
    "Positions and figures from general knowledge, not checked with the operators; positions"
    " approximate (see accuracy_m), figures unknown where null"
)
ORIGIN = Origin(SOURCE, "CC0 1.0", "seed/sources/transport_nodes.py")

Place = tuple[str, float, float, int]  # name, longitude, latitude, accuracy in metres

PORTS: list[tuple[Place, Properties]] = [
    (
        ("Gävle hamn, Fredriksskans", 17.217, 60.692, 500),
        {"max_draught_m": 12.2, "teu_per_year": 600_000, "rail": True, "lng": True},
    ),
    (
        ("Orrskär, Söderhamn", 17.180, 61.255, 700),
        {"max_draught_m": 10.9, "max_length_m": 250, "rail": True},
    ),
    (("Hudiksvalls hamn", 17.125, 61.719, 700), {}),
    (("Skärnäs, Iggesund", 17.115, 61.632, 1_000), {}),
    (("Norrsundets hamn", 17.148, 60.943, 1_000), {}),
]
PORT_FIGURES: Properties = {
    "max_draught_m": None,
    "max_length_m": None,
    "teu_per_year": None,
    "rail": None,
    "lng": None,
}

AIRPORTS: list[tuple[Place, Properties]] = [
    (("Stockholm Arlanda", 17.919, 59.652, 500), {"iata": "ARN"}),
    (("Sundsvall–Timrå", 17.444, 62.528, 500), {"iata": "SDL"}),
    (("Dala Airport, Borlänge", 15.515, 60.422, 500), {"iata": "BLE"}),
]

TERMINALS: list[tuple[Place, Properties]] = [
    (("Gävle containerterminal", 17.210, 60.693, 500), {"status": "in_use"}),
    (("Tolvforsskogen", 17.090, 60.700, 2_000), {"status": "planned"}),
]


def nodes(table: list[tuple[Place, Properties]], kind: str) -> list[Feature]:
    return [
        Feature(
            Point(longitude, latitude),
            {"name": name, "kind": kind, "accuracy_m": accuracy_m, **properties},
        )
        for (name, longitude, latitude, accuracy_m), properties in table
    ]


def name_of(feature: Feature) -> str:
    return str(feature.properties["name"])


if __name__ == "__main__":
    ports = [(place, {**PORT_FIGURES, **figures}) for place, figures in PORTS]
    write_features("ports.geojson", nodes(ports, "port"), ORIGIN, order=name_of)
    write_features("airports.geojson", nodes(AIRPORTS, "airport"), ORIGIN, order=name_of)
    write_features("terminals.geojson", nodes(TERMINALS, "terminal"), ORIGIN, order=name_of)
