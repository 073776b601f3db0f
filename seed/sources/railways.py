"""The railways of the county, drawn through their stations as far as known.

`python -m seed.sources.railways`, after `seed.sources.water`.
"""

from seed.sources.drawn_lines import DRAWN_FROM, LICENCE, Waypoint, drawn
from seed.sources.feature_files import Feature, Origin, write_features

ORIGIN = Origin(DRAWN_FROM, LICENCE, "seed/sources/railways.py")
LINE_ACCURACY_M = 1_500
PORT_TRACK_ACCURACY_M = 1_000

LINES: dict[str, list[Waypoint]] = {
    "Ostkustbanan": [
        ("Uppsala C", 17.646, 59.858),
        ("Storvreta", 17.700, 59.960),
        ("Örbyhus", 17.705, 60.225),
        ("Tierp", 17.515, 60.345),
        ("Marma", 17.420, 60.490),
        ("Älvkarleby", 17.425, 60.565),
        ("Skutskär", 17.405, 60.625),
        ("Furuvik", 17.332, 60.643),
        ("Gävle C", 17.151, 60.676),
        ("Strömsbro", 17.165, 60.700),
        ("Björke", 17.185, 60.765),
        ("Trödje", 17.180, 60.815),
        ("Hamrångefjärden", 17.050, 60.905),
        ("Bergby", 17.045, 60.930),
        ("Axmarby", 17.080, 61.060),
        ("Ljusne", 17.110, 61.207),
        ("Söderhamn", 17.040, 61.303),
        ("Norrala", 17.040, 61.360),
        ("Losesjön", 17.025, 61.455),
        ("Enånger", 17.005, 61.545),
        ("Iggesund", 17.066, 61.640),
        ("Hudiksvall", 17.107, 61.7275),
        ("Via", 17.135, 61.775),
        ("Stegskogen", 17.150, 61.880),
        ("Harmånger", 17.195, 61.930),
        ("Gnarp", 17.255, 62.050),
        ("Årskogen", 17.325, 62.128),
        ("Njurundabommen", 17.365, 62.267),
        ("Svartvik", 17.355, 62.315),
        ("Sundsvall C", 17.308, 62.386),
    ],
    "Norra stambanan": [
        ("Storvik", 16.533, 60.5835),
        ("Åshammar", 16.556, 60.637),
        ("Järbo", 16.598, 60.717),
        ("Ockelbo", 16.716, 60.889),
        ("Lingbo", 16.683, 61.053),
        ("Holmsveden", 16.715, 61.130),
        ("Kilafors", 16.563, 61.236),
        ("Röste", 16.480, 61.295),
        ("Bollnäs", 16.390, 61.348),
        ("Arbrå", 16.378, 61.472),
        ("Vallsta", 16.358, 61.523),
        ("Karsjö", 16.200, 61.640),
        ("Järvsö", 16.168, 61.714),
        ("Ljusdal", 16.091, 61.831),
        ("Tallåsen", 16.017, 61.866),
        ("Hennan", 15.903, 62.027),
        ("Ramsjö", 15.655, 62.187),
        ("Östavall", 15.475, 62.432),
        ("Ånge", 15.659, 62.525),
    ],
    "Bergslagsbanan": [
        ("Gävle C", 17.151, 60.676),
        ("Hagaström", 17.070, 60.665),
        ("Valbo", 17.010, 60.650),
        ("Forsbacka", 16.885, 60.625),
        ("Sandviken", 16.775, 60.622),
        ("Kungsgården", 16.617, 60.602),
        ("Storvik", 16.533, 60.5835),
        ("Hästbo", 16.430, 60.562),
        ("Hofors", 16.290, 60.550),
        ("Ryggen", 16.000, 60.590),
        ("Falun C", 15.636, 60.604),
    ],
    "Gävle–Ockelbo": [
        ("Strömsbro", 17.165, 60.700),
        ("Åbyggeby", 17.100, 60.735),
        ("Oslättfors", 16.960, 60.795),
        ("Mellan sjöarna öster om Ockelbo", 16.765, 60.845),
        ("Ockelbo", 16.716, 60.889),
    ],
    "Söderhamn–Kilafors": [
        ("Söderhamn", 17.040, 61.303),
        ("Kinstaby", 16.960, 61.282),
        ("Bergvik", 16.828, 61.260),
        ("Kilafors", 16.563, 61.236),
    ],
    "Godsstråket genom Bergslagen": [
        ("Storvik", 16.533, 60.5835),
        ("Torsåker", 16.470, 60.512),
        ("Horndal", 16.412, 60.297),
        ("Fors", 16.300, 60.215),
        ("Avesta Krylbo", 16.215, 60.130),
    ],
}

PORT_TRACKS: dict[str, list[Waypoint]] = {
    "Gävle hamn, hamnspår": [
        ("Gävle C", 17.151, 60.676),
        ("Näringen", 17.165, 60.689),
        ("Fredriksskans", 17.215, 60.691),
    ],
    "Orrskär, hamnspår": [
        ("Söderhamn", 17.040, 61.303),
        ("Sandarne", 17.145, 61.259),
        ("Orrskär", 17.180, 61.256),
    ],
}


def railways() -> list[Feature]:
    """Main lines and the tracks to the ports, in degrees."""
    lines = [(name, stations, LINE_ACCURACY_M, "line") for name, stations in LINES.items()]
    tracks = [
        (name, stations, PORT_TRACK_ACCURACY_M, "port_track")
        for name, stations in PORT_TRACKS.items()
    ]
    return [
        drawn(stations, {"name": name, "kind": "rail", "accuracy_m": accuracy_m, "use": use})
        for name, stations, accuracy_m, use in [*lines, *tracks]
    ]


if __name__ == "__main__":
    write_features(
        "railways.geojson", railways(), ORIGIN, order=lambda feature: feature.properties["name"]
    )
