"""Words as the search compares them: in lower case, without marks over or through letters.

`soderhamn` finds Söderhamn that way, and so does whoever has no å, ä or ö on the keyboard.
"""

import re

from sqlalchemy import ColumnElement, FromClause, and_, cast, func, literal, or_
from sqlalchemy.types import Text as TextType
from sqlalchemy.types import UserDefinedType

MARKED = "åäáàâãæéèêëíìîïöóòôõøúùûüýÿñç"
PLAIN = "aaaaaaaeeeeiiiioooooouuuuyync"
TABLE = str.maketrans(MARKED, PLAIN)
LATIN_TABLE = bytes.maketrans(MARKED.encode("latin-1"), PLAIN.encode())


class REGDICTIONARY(UserDefinedType[str]):
    """PostgreSQL's name for a dictionary; SQLAlchemy has no type of its own for it."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "regdictionary"


STEMMERS = ("swedish_stem", "english_stem")
"""Dictionaries of PostgreSQL's own, made from Snowball's rules."""
SHORTEST_STEMMED = 4
SHORTEST_GUESSED = 5
"""Letters; a shorter word resembles too many others to be taken for a misspelling."""
LETTERS = re.compile(r"[^\W\d_]+")


def folded(text: str) -> str:
    lower = text.lower()
    if lower.isascii():
        return lower
    try:
        # Some twenty times as fast, and most texts have no other letters.
        return lower.encode("latin-1").translate(LATIN_TABLE).decode("latin-1")
    except UnicodeEncodeError:
        return lower.translate(TABLE)


def mentioned(table: FromClause, text: str) -> ColumnElement[bool]:
    """Every word somewhere in the names, descriptions, designations, municipality or reference."""
    return and_(*(said(table, word) for word in text.lower().split()))


def said(table: FromClause, word: str) -> ColumnElement[bool]:
    """A word as it stands, in another form of it in Swedish or English, or misspelt."""
    column: ColumnElement[str] = table.c.search_text
    plain = folded(word)
    ways: list[ColumnElement[bool]] = [column.contains(plain, autoescape=True)]
    if LETTERS.fullmatch(word):
        if len(word) >= SHORTEST_STEMMED:
            ways += [column.like(stem(word, language)) for language in STEMMERS]
        if len(word) >= SHORTEST_GUESSED:
            ways.append(literal(plain, TextType).op("<%", is_comparison=True)(column))
    return or_(*ways)


def stem(word: str, dictionary: str) -> ColumnElement[str]:
    """The pattern of a word's stem, or of the word itself where it has none.

    English stems end in `i` where the word ends in `y`.
    """
    stems = func.array_to_string(func.ts_lexize(cast(dictionary, REGDICTIONARY), word), "")
    found = func.regexp_replace(func.translate(stems, MARKED, PLAIN), "(?<=...)i$", "")
    return func.concat("%", func.coalesce(func.nullif(found, ""), folded(word)), "%")
