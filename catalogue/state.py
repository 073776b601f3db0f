"""Which version of the catalogue this is: it counts up with every change, and keys what is kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.tables import catalogue_state


@dataclass(frozen=True)
class CatalogueState:
    version: int
    layers_version: int
    has_examples: bool
    """Whether the catalogue holds made-up sites, which every page then says."""
    settings: Mapping[str, object]
    """What an administrator has set, by name; see `adjustments`."""


CURRENT = select(
    catalogue_state.c.version,
    catalogue_state.c.layers_version,
    catalogue_state.c.has_examples,
    catalogue_state.c.settings,
)
"""Asked by every request: built once."""


def current(session: Session) -> CatalogueState:
    return CatalogueState(*session.execute(CURRENT).one())
