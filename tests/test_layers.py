"""Distances to reference features, by hand-made shapes whose distances anyone can see."""

from shapely import LineString, Point, box

from geo.layers import LayerFeature, Layers, Nearest

LONG_LINE = LineString([(x, 0) for x in range(0, 100_001, 1_000)])


def layers(*features: LayerFeature) -> Layers:
    return Layers(features)


def a_line(name: str, line: LineString, **properties: str) -> LayerFeature:
    return LayerFeature("rail", name, line, properties=dict(properties))


def test_the_distance_to_a_long_line_is_that_to_its_nearest_stretch() -> None:
    railway = a_line("Banan", LONG_LINE)
    site = box(70_200, 3_000, 70_400, 3_200)

    assert layers(railway).nearest(site, "rail") == Nearest(railway, 3.0)


def test_a_line_between_two_corners_is_not_stepped_over() -> None:
    railway = a_line("Banan", LONG_LINE)

    found = [layers(railway).nearest(Point(x, 500), "rail") for x in range(0, 100_000, 3_500)]

    assert {nearest.distance_km for nearest in found if nearest} == {0.5}
    assert None not in found


def test_what_is_only_planned_is_not_measured_to() -> None:
    planned = a_line("Nya banan", LONG_LINE, status="planned")

    assert layers(planned).nearest(Point(0, 10), "rail") is None


def test_many_shapes_are_measured_in_their_order() -> None:
    near, far = a_line("Nära", LONG_LINE), a_line("Bort", LineString([(0, 9_000), (9_000, 9_000)]))

    found = layers(near, far).nearest_to_each([Point(10, 8_000), Point(10, 1_000)], "rail")

    assert found == [Nearest(far, 1.0), Nearest(near, 1.0)]
