"""What can be wrong with a shape, said so that a person can mend it."""

from geo.texts import Text


class GeoError(Exception):
    """A refusal that says, in both languages, what is wrong and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class InvalidOutline(GeoError):
    """The outline cannot be used as it is."""


class InvalidLayer(GeoError):
    """A file of reference features cannot be used as it is."""
