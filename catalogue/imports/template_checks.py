"""What Excel helps with in the cells of a template: lists to choose from, ranges, and a word of help."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from catalogue.administration.reference_words import Suggestions
from catalogue.fields import Field
from catalogue.imports.cells import CLEAR, YES_NO
from catalogue.imports.findings import accepted
from catalogue.imports.headings import LISTS
from catalogue.imports.sources import VOCABULARIES
from geo.texts import Language, Text

LONGEST_TITLE = 32
LONGEST_MESSAGE = 255
"""Excel's limits."""
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2080, 12, 31)


class Lists:
    """The hidden sheet of choices, one column a list; it is written last, when all are known."""

    def __init__(self, sheet: Worksheet, language: Language) -> None:
        self.sheet = sheet
        self.language = language
        self.columns: dict[str, Sequence[str]] = {}

    def source(self, name: str, words: Sequence[str]) -> str:
        """Where Excel finds the list, which is added the first time it is asked for."""
        self.columns.setdefault(name, words)
        letter = xl_col_to_name(list(self.columns).index(name))
        sheet = LISTS.in_language(self.language)
        return f"={sheet}!${letter}$2:${letter}${len(words) + 1}"

    def of_sources(self, fields: Sequence[str]) -> list[str]:
        """For the columns of the sheet of sources from the field on; empty where text is written."""
        vocabularies = {
            part: self.source(part, [word.in_language(self.language) for word in words.values()])
            for part, words in VOCABULARIES.items()
        }
        return [
            self.source("fields", fields), vocabularies["state"], vocabularies["basis"], "", "", "",
            "", vocabularies["visibility"],
        ]  # fmt: skip

    def write(self) -> None:
        """Row by row, since that is how the workbook is written to disk."""
        for place, name in enumerate(self.columns):
            self.sheet.write_string(0, place, name)
        for row in range(max(map(len, self.columns.values()), default=0)):
            for place, words in enumerate(self.columns.values()):
                if row < len(words):
                    self.sheet.write_string(row + 1, place, words[row])
        self.sheet.hide()


def check_of(one: Field, lists: Lists, words: Suggestions, language: Language) -> dict[str, Any]:
    """The validation of a field's cells. Any: as XlsxWriter takes it.

    Excel warns and does not stop: the word that empties a field must be possible to write.
    """
    shared: dict[str, Any] = {
        "input_title": shortened(one.label.in_language(language), LONGEST_TITLE),
        "input_message": shortened(help_of(one).in_language(language), LONGEST_MESSAGE),
        "error_type": "warning",
        "error_title": shortened(one.label.in_language(language), LONGEST_TITLE),
        "error_message": shortened(refusal_of(one).in_language(language), LONGEST_MESSAGE),
    }
    return shared | rule(one, lists, words, language)


def help_of(one: Field) -> Text:
    return Text(f"{accepted(one).sv}\n{one.help.sv}", f"{accepted(one).en}\n{one.help.en}")


def refusal_of(one: Field) -> Text:
    return Text(
        "{accepted} Behåll ändå bara om du skriver {clear} för att tömma fältet.",
        "{accepted} Keep it only if you write {clear} to empty the field.",
    ).format(accepted=accepted(one), clear=CLEAR)


def rule(one: Field, lists: Lists, words: Suggestions, language: Language) -> dict[str, Any]:
    """What Excel compares the cell with. Any: as XlsxWriter takes it."""
    if one.kind == "flag":
        return {"validate": "list", "source": [word.in_language(language) for word in YES_NO]}
    if one.codes:
        labels = [entry.label.in_language(language) for entry in one.codes]
        source = lists.source(one.key, labels)
        return {"validate": "list", "source": source, "show_error": one.kind == "code"}
    suggested = [word for word, _ in words.get(one.reference_list, ())]
    if suggested:
        source = lists.source(one.reference_list, suggested)
        return {"validate": "list", "source": source, "show_error": False}
    if one.kind in ("number", "integer"):
        return numbers(one)
    if one.kind == "date":
        return {
            "validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY,
        }  # fmt: skip
    if one.kind in ("text", "long_text") and one.maximum is not None:
        limits = {"minimum": int(one.minimum or 1), "maximum": int(one.maximum)}
        return {"validate": "length", "criteria": "between", **limits}
    return {"validate": "any"}


def numbers(one: Field) -> dict[str, Any]:
    """Any: as XlsxWriter takes it."""
    kind = {"validate": "decimal" if one.kind == "number" else "integer"}
    if one.minimum is not None and one.maximum is not None:
        return kind | {"criteria": "between", "minimum": one.minimum, "maximum": one.maximum}
    if one.maximum is not None:
        return kind | {"criteria": "<=", "value": one.maximum}
    return kind | {"criteria": ">=", "value": one.minimum if one.minimum is not None else -1e9}


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
