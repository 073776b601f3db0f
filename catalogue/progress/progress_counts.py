"""What the numbers of figures are, wherever they are worked out."""

Numbers = dict[str, float | None]
"""By the key of the figure; None where there is nothing to work it out from."""


def per_cent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
