"""Numbers as people write them, in digits or in words, in Swedish or English."""

import re

DIGITS = r"\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d{1,6})?|\d{1,3}(?:(?:,\d{3})+(?:\.\d{1,6})?|(?:\.\d{3})+(?:,\d{1,6})?)(?!\d)|\d{1,12}(?:[.,]\d{1,6})?"
SCALES: dict[str, float] = {
    "miljarder": 1e9, "miljard": 1e9, "billion": 1e9, "bn": 1e9,
    "miljoner": 1e6, "miljon": 1e6, "million": 1e6, "mn": 1e6,
    "thousand": 1e3, "tusen": 1e3,
}  # fmt: skip
WORDS: dict[str, int] = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "hundred": 100, "thousand": 1_000, "dual": 2, "a hundred": 100,
    "en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8,
    "nio": 9, "tio": 10, "elva": 11, "tolv": 12, "femton": 15, "tjugo": 20, "trettio": 30,
    "fyrtio": 40, "femtio": 50, "sextio": 60, "sjuttio": 70, "åttio": 80, "nittio": 90,
    "hundra": 100, "tusen": 1_000, "dubbla": 2,
}  # fmt: skip
WORD = "(?:" + "|".join(sorted(WORDS, key=len, reverse=True)) + ")"
IN_WORDS = rf"{WORD}(?:(?: |-| and | och )?{WORD}){{0,5}}"
SCALE = "(?: ?(?:" + "|".join(SCALES) + r")\b)?"
NUMBER = rf"(?<![\w.,])(?:{DIGITS})(?!\d){SCALE}"
NUMBER_OR_WORDS = rf"(?:{NUMBER}|\b{IN_WORDS})"
PART = re.compile(WORD, re.IGNORECASE)
DECIMALS = re.compile(r"[.,](\d+)$")


def amount(text: str) -> float:
    """`1 250,5`, `1,250.5`, `2.5 million`, `one hundred and twenty`, `tjugofem` as a number.

    A lone comma or point with three digits after it parts thousands, unless a 0 stands before it:
    nobody asks for megawatts or hectares to the third decimal.
    """
    text = text.strip().casefold()
    scale = next((name for name in SCALES if text.endswith(name)), "")
    if text[:1].isdigit():
        return in_digits(text.removesuffix(scale).strip()) * SCALES.get(scale, 1)
    return in_words(text)


def in_digits(text: str) -> float:
    text = re.sub(r"[ '’]", "", text)
    marks = [mark for mark in text if mark in ".,"]
    if not marks:
        return float(text)
    tail = text.rsplit(marks[-1], 1)[1]
    is_decimal = len(set(marks)) == 2 or (
        len(marks) == 1 and (len(tail) != 3 or text.startswith("0"))
    )
    whole, decimals = text.rsplit(marks[-1], 1) if is_decimal else (text, "")
    return float(re.sub(r"[.,]", "", whole) + "." + (decimals or "0"))


def in_words(text: str) -> float:
    total = last = 0
    for hit in PART.finditer(text):
        size = WORDS[hit[0]]
        if size >= 100:
            last = max(last, 1) * size
        else:
            total, last = total + last, size
    return float(total + last)
