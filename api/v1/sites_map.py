"""The sites as a map shows them."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import QueryParams
from starlette.responses import Response

from api.answers import GEOJSON, HasAnswers
from api.backdrop import backdrop_of
from api.parameters import filter_parameters
from catalogue.errors import BadParameters, Fault
from catalogue.listing import LISTINGS
from catalogue.maps import map_features
from catalogue.search import filters
from catalogue.search.filter_texts import Box
from geo.texts import Text

router = APIRouter(prefix="/map", tags=["map"])
LARGEST_ZOOM = 22
ZOOM: dict[str, Any] = {
    "name": "zoom",
    "in": "query",
    "description": "The map's zoom, 0 for the world; from 11 on outlines, before that clusters",
    "schema": {"type": "number", "minimum": 0, "maximum": LARGEST_ZOOM, "default": 7},
}
"""Any: JSON."""


@router.get("", openapi_extra={"parameters": [*filter_parameters(), ZOOM]})
def read_map(request: Request, answers: HasAnswers) -> Response:
    """At most 400 features in `box`: clusters with their counts and boxes, or outlines.

    `box` is what the map shows, the whole county where left out; given twice, the first limits the
    sites as in any filter. Clusters near the edge of the box count what lies just outside it too.
    """
    query = request.query_params
    boxes = query.getlist("box")
    pairs = [pair for pair in query.multi_items() if pair[0] not in ("box", "zoom")]
    wanted = filters.parse([*pairs, *(("box", text) for text in boxes[:-1])], answers.names)
    shown = map_features.view(
        read_box(boxes[-1:], backdrop_of(answers.visit).bounds), read_zoom(query)
    )
    return answers.kept(
        ("map", wanted.query_string(), shown),
        lambda: map_features.features(
            answers.session, wanted, LISTINGS[answers.visitor.audience], shown
        ),
        GEOJSON,
    )


def read_box(texts: list[str], default: Box) -> Box:
    """Raises `BadParameters`."""
    return filters.parse([("box", text) for text in texts], {}).box or default


def read_zoom(query: QueryParams) -> float:
    """Raises `BadParameters`."""
    text = query.get("zoom", "").strip() or "7"
    try:
        zoom = float(text)
    except ValueError:
        zoom = -1
    if not 0 <= zoom <= LARGEST_ZOOM:
        refusal = Text("Ett tal från 0 till {most}.", "A number from 0 to {most}.")
        raise BadParameters([Fault("zoom", refusal.format(most=LARGEST_ZOOM), in_parameter=True)])
    return zoom
