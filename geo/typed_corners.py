"""Corners as people write them: decimals or degrees, minutes and seconds, either axis first."""

import re

Pair = tuple[float, float]

SPACES = str.maketrans("\u00a0\u202f\u2009\u2212", "   -")
MARK = r"°º'’`\"”:\u2032\u2033"
"""Of degrees, minutes and seconds, the typewriter's and the printer's."""
MARKS = re.compile(rf"[{MARK}]")
LETTERS = re.compile(rf"[a-zåäö()={MARK}]+", re.IGNORECASE)
NUMBER = r"-?[0-9]+(?:[.,][0-9]+)?"
PAIR = re.compile(rf"^\s*({NUMBER})(?:\s*[;\t]\s*|\s*,\s+|\s+)({NUMBER})\s*$")
TIGHT_PAIR = re.compile(r"^\s*(-?[0-9]+\.[0-9]+),(-?[0-9]+\.[0-9]+)\s*$")
TIGHT_COMMAS = re.compile(r"^\s*(-?[0-9]+),([0-9]+)\s*[,;]\s*(-?[0-9]+),([0-9]+)\s*$")
GROUPED = r"([0-9] [0-9]{3} [0-9]{3}|[0-9]{2,3} [0-9]{3})((?:[.,][0-9]+)?)"
GROUPED_PAIR = re.compile(rf"^\s*{GROUPED}\s*[;,\t ]\s*{GROUPED}\s*$")
TOKENS = re.compile(r"^-?[0-9]+\.[0-9]+,-?[0-9]+\.[0-9]+(?:,-?[0-9]+(?:\.[0-9]+)?)?$")
LEAST_METRES = 10_000
"""Larger numbers are metres in some projected system, smaller ones degrees."""


def lines_of(text: str) -> list[str]:
    """One corner a line; a line of several `x,y` or `x,y,z`, as KML has them, is taken apart."""
    found: list[str] = []
    for line in text.translate(SPACES).splitlines():
        tokens = line.split()
        if len(tokens) > 1 and all(TOKENS.match(token) for token in tokens):
            found += [", ".join(token.split(",")[:2]) for token in tokens]
        else:
            found.append(line)
    return found


def numbers_of(line: str) -> Pair | None:
    """The two coordinates of a line, in the order they stand; None where it is no corner."""
    if tight := TIGHT_PAIR.match(line):
        return decimal(tight.group(1)), decimal(tight.group(2))
    if commas := TIGHT_COMMAS.match(line):
        one, tenths, other, others_tenths = commas.groups()
        return decimal(f"{one}.{tenths}"), decimal(f"{other}.{others_tenths}")
    bare = LETTERS.sub(" ", line)
    if grouped := GROUPED_PAIR.match(bare):
        one, rest, other, others_rest = grouped.groups()
        return decimal(one.replace(" ", "") + rest), decimal(other.replace(" ", "") + others_rest)
    if pair := PAIR.match(bare):
        return decimal(pair.group(1)), decimal(pair.group(2))
    return sexagesimal(line, bare) or without_number_or_height(bare)


def decimal(text: str) -> float:
    return float(text.replace(",", "."))


def listed(bare: str) -> list[float]:
    """The numbers of a line; a comma with a space after it divides them, one without is decimal."""
    parts = re.split(r"[;\s]+|,\s+", bare.strip().rstrip(",;"))
    return [decimal(part) for part in parts if re.fullmatch(NUMBER, part)]


def sexagesimal(line: str, bare: str) -> Pair | None:
    """Degrees and minutes, or degrees, minutes and seconds, with marks or with spaces alone."""
    numbers = listed(bare)
    if len(numbers) not in (4, 6) or (len(numbers) == 4 and not MARKS.search(line)):
        return None
    half = len(numbers) // 2
    one, other = numbers[:half], numbers[half:]
    small = all(0 <= part < 60 for part in (*one[1:], *other[1:]))
    whole = all(part == int(part) for part in (*one[:-1], *other[:-1]))
    return (degrees(one), degrees(other)) if small and whole else None


def degrees(parts: list[float]) -> float:
    return sum((part / 60.0**power for power, part in enumerate(parts)), 0.0)


def without_number_or_height(bare: str) -> Pair | None:
    """Of three numbers, the point's own or its height is left out."""
    numbers = listed(bare)
    if len(numbers) != 3:
        return None
    first, second, third = numbers
    if min(second, third) > LEAST_METRES or (first == int(first) and 10 <= second <= 70 > third):
        return second, third
    return first, second


def is_metres(pair: Pair) -> bool:
    return min(pair) > LEAST_METRES
