"""How far from the site to what it depends on, and which one: measured, never typed."""

from catalogue.fields.field import KILOMETRES, Field, Visibility
from geo.texts import Text


def distance(key: str, label: Text, thing: Text, warn_above: float | None = None) -> Field:
    """The straight line from the site to the nearest thing of a reference layer, in km."""
    return Field(
        key=key,
        theme="transport",
        kind="number",
        better="less",
        label=label,
        help=Text(
            "Fågelvägen från områdets kant till {thing}, i kilometer. Mäts i referenslagret.",
            "The straight line from the edge of the site to {thing}, in kilometres. "
            "Measured in the reference layer.",
        ).format(thing=thing),
        unit=KILOMETRES,
        minimum=0,
        maximum=450,
        warn_above=warn_above,
        computed=True,
    )


def nearest(key: str, label: Text, thing: Text, visibility: Visibility = "public") -> Field:
    """The name of the thing that the distance beside it was measured to."""
    return Field(
        key=key,
        theme="transport",
        kind="text",
        label=label,
        help=Text(
            "Namnet på {thing}, räknat fågelvägen. Hämtas ur referenslagret.",
            "The name of {thing}, by the straight line. From the reference layer.",
        ).format(thing=thing),
        visibility=visibility,
        computed=True,
    )


E_ROAD = Text("närmaste europaväg", "the nearest E road")
RAIL = Text("närmaste järnväg", "the nearest railway")
PORT = Text("närmaste hamn", "the nearest port")
AIRPORT = Text("närmaste flygplats", "the nearest airport")
TERMINAL = Text("närmaste kombiterminal", "the nearest intermodal terminal")
SUBSTATION = Text("närmaste station i elnätet", "the nearest substation")

DISTANCE_FIELDS: tuple[Field, ...] = (
    distance("distance_e_road_km", Text("Till europaväg", "To E road"), E_ROAD),
    nearest("nearest_e_road", Text("Närmaste europaväg", "Nearest E road"), E_ROAD),
    distance("distance_rail_km", Text("Till järnväg", "To railway"), RAIL),
    nearest("nearest_rail", Text("Närmaste järnväg", "Nearest railway"), RAIL),
    distance("distance_port_km", Text("Till hamn", "To port"), PORT),
    nearest("nearest_port", Text("Närmaste hamn", "Nearest port"), PORT),
    distance("distance_airport_km", Text("Till flygplats", "To airport"), AIRPORT),
    nearest("nearest_airport", Text("Närmaste flygplats", "Nearest airport"), AIRPORT),
    distance("distance_terminal_km", Text("Till kombiterminal", "To terminal"), TERMINAL),
    nearest("nearest_terminal", Text("Närmaste kombiterminal", "Nearest terminal"), TERMINAL),
    distance(
        "distance_substation_km",
        Text("Till station i elnätet", "To substation"),
        SUBSTATION,
        warn_above=8,
    ),
    nearest(
        "nearest_substation",
        Text("Närmaste station i elnätet", "Nearest substation"),
        SUBSTATION,
        visibility="registered",
    ),
)
