"""The way round a lake between two places: cheapest path on a grid where water costs much."""

from heapq import heappop, heappush
from math import ceil, hypot

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

Position = tuple[float, float]
Cell = tuple[int, int]

STEP_M = 200
MARGIN_M = 5_000
SHORE_M = 120
WET_COST = 25.0
BRIDGE_M = 250  # a straight line that swims no farther is left as it is
TOLERANCE_M = 180
STEPS = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if (x, y) != (0, 0)]


def dry_way(start: Position, end: Position, wet: BaseGeometry) -> list[Position]:
    """Positions from start to end in metres: the two alone where the straight line is dry."""
    straight = LineString([start, end])
    if straight.intersection(wet).length <= BRIDGE_M:
        return [start, end]
    west, south, east, north = straight.buffer(MARGIN_M).bounds
    columns, rows = ceil((east - west) / STEP_M), ceil((north - south) / STEP_M)
    eastings, northings = np.meshgrid(
        west + STEP_M * np.arange(columns + 1), south + STEP_M * np.arange(rows + 1)
    )
    near_water = shapely.clip_by_rect(wet, west, south, east, north).buffer(SHORE_M)
    shapely.prepare(near_water)
    cost = np.where(shapely.contains_xy(near_water, eastings, northings), WET_COST, 1.0)

    def cell_at(position: Position) -> Cell:
        return round((position[1] - south) / STEP_M), round((position[0] - west) / STEP_M)

    cells = cheapest_path(cost, cell_at(start), cell_at(end))
    way = [(float(eastings[cell]), float(northings[cell])) for cell in cells[1:-1]]
    return [(x, y) for x, y in LineString([start, *way, end]).simplify(TOLERANCE_M).coords]


def cheapest_path(cost: "np.ndarray[tuple[int, int]]", start: Cell, end: Cell) -> list[Cell]:
    """The cells from start to end whose summed cost is least (A*)."""
    best = {start: 0.0}
    came_from: dict[Cell, Cell] = {}
    waiting = [(0.0, start)]
    while waiting:
        _, here = heappop(waiting)
        if here == end:
            break
        for row_step, column_step in STEPS:
            there = (here[0] + row_step, here[1] + column_step)
            if not (0 <= there[0] < cost.shape[0] and 0 <= there[1] < cost.shape[1]):
                continue
            spent = best[here] + hypot(row_step, column_step) * float(cost[there])
            if spent < best.get(there, float("inf")):
                best[there], came_from[there] = spent, here
                ahead = hypot(end[0] - there[0], end[1] - there[1])
                heappush(waiting, (spent + ahead, there))
    path = [end]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return path[::-1]
