"""What every map of a page lies on."""

from typing import Annotated

from fastapi import Depends

from api.context import HasVisit
from catalogue.maps import map_layers
from frontend.maps import Backdrop


def backdrop_of(visit: HasVisit) -> Backdrop:
    """The county's bounds and layers, kept until a layer is replaced."""
    return visit.services.cache.kept(
        ("backdrop", visit.state.layers_version),
        lambda: Backdrop(
            map_layers.county_bounds(visit.session),
            visit.state.layers_version,
            map_layers.layer_kinds(visit.session),
        ),
    )


HasBackdrop = Annotated[Backdrop, Depends(backdrop_of)]
