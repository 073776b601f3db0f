"""E4, E16 and the national roads of the county, drawn through known places.

`python -m seed.sources.roads`, after `seed.sources.water`.
"""

from seed.sources.drawn_lines import DRAWN_FROM, LICENCE, Waypoint, drawn
from seed.sources.feature_files import Feature, Origin, write_features

ORIGIN = Origin(DRAWN_FROM, LICENCE, "seed/sources/roads.py")
E_ROAD_ACCURACY_M = 1_500
ROAD_ACCURACY_M = 2_000

E_ROADS: dict[str, list[Waypoint]] = {
    "E4": [
        ("Uppsala norra", 17.640, 59.895),
        ("Björklinge", 17.600, 60.030),
        ("Månkarbo", 17.480, 60.225),
        ("Tierp", 17.475, 60.345),
        ("Mehedeby", 17.410, 60.445),
        ("Älvkarleby", 17.340, 60.565),
        ("Gävle södra", 17.175, 60.635),
        ("Valbo", 17.085, 60.655),
        ("Tolvfors", 17.095, 60.690),
        ("Gävle norra", 17.130, 60.715),
        ("Åbyggeby", 17.100, 60.740),
        ("Trödje västra", 17.140, 60.815),
        ("Hagsta", 17.020, 60.905),
        ("Bergby", 17.028, 60.935),
        ("Tönnebro", 17.020, 61.025),
        ("Ljusne", 17.095, 61.200),
        ("Söderhamn södra", 17.080, 61.250),
        ("Söderhamn", 17.030, 61.305),
        ("Norrala", 17.030, 61.355),
        ("Tönnånger", 17.022, 61.460),
        ("Enånger", 16.990, 61.545),
        ("Njutånger", 17.044, 61.612),
        ("Iggesund", 17.066, 61.645),
        ("Hudiksvall södra", 17.080, 61.700),
        ("Hudiksvall", 17.105, 61.733),
        ("Hög", 17.120, 61.780),
        ("Tuna", 17.170, 61.835),
        ("Harmånger", 17.212, 61.928),
        ("Jättendal", 17.240, 61.970),
        ("Gnarp", 17.265, 62.048),
        ("Årskogen", 17.335, 62.125),
        ("Njurundabommen", 17.370, 62.270),
        ("Kvissleby", 17.360, 62.300),
        ("Sundsvall södra", 17.310, 62.360),
        ("Sundsvall", 17.300, 62.392),
    ],
    "E16": [
        ("Valbo", 17.085, 60.655),
        ("Överhärde", 16.970, 60.640),
        ("Forsbacka", 16.880, 60.632),
        ("Sandviken östra", 16.810, 60.632),
        ("Sandviken västra", 16.720, 60.627),
        ("Kungsgården", 16.615, 60.608),
        ("Storvik", 16.530, 60.592),
        ("Hästbo", 16.430, 60.570),
        ("Hofors", 16.290, 60.557),
        ("Länsgränsen mot Dalarna", 16.170, 60.575),
        ("Korsnäs", 15.720, 60.595),
        ("Falun", 15.640, 60.605),
    ],
}

ROADS: dict[str, list[Waypoint]] = {
    "Riksväg 50": [
        ("Söderhamn", 17.030, 61.305),
        ("Mohed", 16.825, 61.301),
        ("Segersta", 16.640, 61.290),
        ("Sibo", 16.482, 61.298),
        ("Bollnäs", 16.385, 61.346),
        ("Runemo", 16.190, 61.340),
        ("Alfta", 16.070, 61.343),
        ("Viksjöfors", 15.930, 61.345),
        ("Edsbyn", 15.820, 61.370),
        ("Roteberg", 15.790, 61.320),
        ("Svabensverk", 15.820, 61.090),
        ("Svartnäs", 15.850, 60.940),
        ("Enviken", 15.780, 60.800),
        ("Sundborn", 15.780, 60.655),
        ("Falun", 15.640, 60.605),
    ],
    "Riksväg 56": [
        ("Tärnsjö", 16.930, 60.155),
        ("Gysinge", 16.880, 60.288),
        ("Hedesunda", 16.980, 60.400),
        ("Hade", 17.020, 60.480),
        ("Gävle södra", 17.175, 60.635),
    ],
    "Riksväg 68": [
        ("Avesta", 16.180, 60.145),
        ("Horndal", 16.415, 60.297),
        ("Torsåker", 16.475, 60.510),
        ("Storvik", 16.530, 60.592),
    ],
    "Riksväg 76": [
        ("Gävle", 17.175, 60.668),
        ("Furuvik", 17.325, 60.645),
        ("Skutskär", 17.400, 60.622),
        ("Älvkarleby", 17.450, 60.575),
        ("Karlholmsbruk", 17.610, 60.515),
        ("Skärplinge", 17.750, 60.470),
    ],
    "Riksväg 83": [
        ("Tönnebro", 17.020, 61.025),
        ("Söder om Holmsveden", 16.880, 61.060),
        ("Holmsveden", 16.725, 61.130),
        ("Kilafors", 16.580, 61.235),
        ("Sibo", 16.482, 61.298),
        ("Bollnäs", 16.385, 61.346),
        ("Arbrå", 16.375, 61.472),
        ("Vallsta", 16.360, 61.525),
        ("Karsjö", 16.205, 61.640),
        ("Järvsö", 16.165, 61.715),
        ("Hybo", 16.130, 61.785),
        ("Ljusdal", 16.085, 61.832),
        ("Tallåsen", 16.020, 61.868),
        ("Hennan", 15.895, 62.028),
        ("Ramsjö", 15.650, 62.187),
        ("Östavall", 15.480, 62.430),
        ("Ånge", 15.655, 62.525),
    ],
    "Riksväg 84": [
        ("Hudiksvall", 17.105, 61.733),
        ("Sörforsa", 16.970, 61.738),
        ("Näsviken", 16.865, 61.762),
        ("Delsbo", 16.560, 61.800),
        ("Ljusdal", 16.085, 61.832),
        ("Färila", 15.845, 61.800),
        ("Kårböle", 15.310, 61.985),
        ("Älvros", 14.650, 62.050),
        ("Sveg", 14.370, 62.034),
    ],
    "Länsväg 272": [
        ("Gysinge", 16.880, 60.288),
        ("Årsunda", 16.745, 60.512),
        ("Sandviken", 16.790, 60.617),
        ("Jäderfors", 16.690, 60.680),
        ("Ockelbo", 16.720, 60.892),
        ("Lingbo", 16.690, 61.050),
        ("Holmsveden", 16.725, 61.130),
    ],
}


def roads(table: dict[str, list[Waypoint]], kind: str, accuracy_m: int) -> list[Feature]:
    return [
        drawn(waypoints, {"name": name, "kind": kind, "accuracy_m": accuracy_m})
        for name, waypoints in table.items()
    ]


def name_of(feature: Feature) -> str:
    return str(feature.properties["name"])


if __name__ == "__main__":
    write_features(
        "e_roads.geojson", roads(E_ROADS, "e_road", E_ROAD_ACCURACY_M), ORIGIN, order=name_of
    )
    write_features("roads.geojson", roads(ROADS, "road", ROAD_ACCURACY_M), ORIGIN, order=name_of)
