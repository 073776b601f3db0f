"""What every map of a page lies on."""

from typing import Annotated

from fastapi import Depends

from api.context import HasServices, HasState, ReadSession
from catalogue.maps import map_layers
from frontend.maps import Backdrop


def get_backdrop(session: ReadSession, services: HasServices, state: HasState) -> Backdrop:
    """The county's bounds and layers, kept until a layer is replaced."""
    return services.cache.kept(
        ("backdrop", state.layers_version),
        lambda: Backdrop(
            map_layers.county_bounds(session),
            state.layers_version,
            map_layers.layer_kinds(session),
        ),
    )


HasBackdrop = Annotated[Backdrop, Depends(get_backdrop)]
