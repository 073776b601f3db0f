"""What a change of an outline took in and left out; no picture of it, which is the map's."""

from dataclasses import dataclass

import shapely
from shapely import MultiPolygon

M2_PER_HA = 10_000


@dataclass(frozen=True)
class OutlineChange:
    """An outline before and after, in SWEREF 99 TM; None where there was, or is, none."""

    old: MultiPolygon | None
    new: MultiPolygon | None

    @property
    def old_ha(self) -> float:
        return hectares(self.old)

    @property
    def new_ha(self) -> float:
        return hectares(self.new)

    @property
    def added_ha(self) -> float:
        """What lies inside now and did not before."""
        return hectares(shapely.difference(self.new or EMPTY, self.old or EMPTY))

    @property
    def removed_ha(self) -> float:
        """What lay inside before and does not now."""
        return hectares(shapely.difference(self.old or EMPTY, self.new or EMPTY))


EMPTY = MultiPolygon()


def hectares(area: shapely.Geometry | None) -> float:
    """On the SWEREF 99 TM plane."""
    return 0.0 if area is None else float(shapely.area(area)) / M2_PER_HA


def outline_change(old: MultiPolygon | None, new: MultiPolygon | None) -> OutlineChange | None:
    """None where the two are the same to the last corner."""
    if old == new:
        return None
    return OutlineChange(old, new)
