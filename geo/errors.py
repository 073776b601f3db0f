"""What can be wrong with a shape, said so that a person can mend it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geo.texts import Text

if TYPE_CHECKING:
    from geo.coordinate_readings import Reading


class GeoError(Exception):
    """A refusal that says, in both languages, what is wrong and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class InvalidOutline(GeoError):
    """The outline cannot be used as it is."""


class InvalidLayer(GeoError):
    """A file of reference features cannot be used as it is."""


class InvalidGeodata(GeoError):
    """A file of geodata cannot be read, or may not be."""


class UncertainPosition(InvalidGeodata):
    """A file of geodata that does not say, or says wrongly, where its coordinates are.

    `readings` are the ways to understand them that put them where they are expected, the likeliest
    first; reading the file again with one of them is the person's choice.
    """

    def __init__(self, text: Text, readings: Sequence["Reading"]) -> None:
        super().__init__(text)
        self.readings = tuple(readings)
