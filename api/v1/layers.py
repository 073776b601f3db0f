"""The reference layers beneath the sites, for the map and whoever wants them."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.answers import GEOJSON, HasAnswers
from api.context import HasState, ReadSession
from catalogue.maps import map_layers
from geo.layers import PublicLayerKind

router = APIRouter(prefix="/layers", tags=["map"])
A_YEAR_S = 31_536_000


@router.get("/{kind}", summary="A reference layer as GeoJSON")
def read_layer(
    kind: PublicLayerKind | Literal["municipalities"],
    session: ReadSession,
    answers: HasAnswers,
    state: HasState,
    version: Annotated[int | None, Query(alias="v", description="The layers' version")] = None,
) -> Response:
    """Roads, railways, ports, grid, water, places or municipal borders.

    With the version in the address the answer may be kept for a year.
    """

    def make() -> str:
        if kind == "municipalities":
            return map_layers.municipality_borders(session)
        return map_layers.layer(session, kind)

    answer = answers.kept(("layer", kind), make, GEOJSON)
    if version == state.layers_version:
        answer.headers["Cache-Control"] = f"public, max-age={A_YEAR_S}, immutable"
    return answer
