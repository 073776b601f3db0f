"""The answer pack as an Excel workbook, in the client's own order of questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from catalogue.fields import MEASURED_THEMES, SITE, THEMES, Field
from catalogue.provenance import BASIS_LABELS, MARK_LABELS
from catalogue.requests.wording import IMPORTANCE, words
from frontend.answer_pack import TITLE, Pack, Reply, reply
from frontend.match_page import FIT_WORDS, OUTCOME_WORDS
from frontend.search_cards import name_of
from frontend.site_page_facts import Told
from geo.texts import Language, Text

LINE_POINTS = 15
RESULT_WIDTH = 18
THEME_WIDTHS = (34, 28, 40, 24, 60)
"""All widths in characters, as spreadsheets count them."""
FIRST_ROW = 4
FILLS = {"met": "#E3EFE8", "not_met": "#F8E1DE", "unknown": "#FBF1DC"}
ANSWER_HEADINGS = (
    (Text("Nr", "No."), 6),
    (Text("Kundens fråga", "The client's question"), 36),
    (Text("Krav", "Requirement"), 36),
    (Text("Slag", "Kind"), 11),
    (Text("Vikt", "Weight"), 8),
    (Text("Plats", "Site"), 28),
    (Text("Beteckning", "Reference"), 15),
    (Text("Svar", "Answer"), 22),
    (Text("Utfall", "Result"), 15),
    (Text("Saknas", "Missing"), 18),
    (Text("Läge", "State"), 18),
    (Text("Grund", "Basis"), 26),
    (Text("Per", "As of"), 12),
    (Text("Källa", "Source"), 40),
)
MEANINGS = (
    (
        Text("Utfall", "Result"),
        Text(
            "Uppfyllt, inte uppfyllt eller okänt: vad katalogen vet om platsen mot kravet. "
            "Okänt är varken uppfyllt eller fallet.",
            "Met, not met or unknown: what the catalogue knows of the site against the "
            "requirement. Unknown is neither met nor failed.",
        ),
    ),
    (
        Text("Poäng", "Score"),
        Text(
            "Vikten av de krav som är uppfyllda, i procent av all vikt. Det okända räknas för sig.",
            "The weight of the requirements that are met, in per cent of all weight. What is "
            "unknown counts apart.",
        ),
    ),
    (
        Text("Saknas", "Missing"),
        Text(
            "Hur långt det är till kravet, i fältets enhet.",
            "How far it is to the mark, in the field's unit.",
        ),
    ),
    (
        Text("Passar, kan passa, faller bort", "Meets, may fit, fails"),
        Text(
            "Alla krav uppfyllda; inget fallet men något okänt; minst ett fallet. Önskemål fäller "
            "ingen plats.",
            "All musts met; none failed but some unknown; at least one failed. A wish fails no "
            "site.",
        ),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Book:
    """The workbook being written, with its formats."""

    workbook: Workbook
    pack: Pack
    language: Language
    title: Format
    heading: Format
    wrapped: Format
    day: Format
    outcomes: dict[str, Format]

    def words(self, text: Text) -> str:
        return text.in_language(self.language)

    def sheet(self, name: Text, title: Text) -> Worksheet:
        sheet = self.workbook.add_worksheet(self.words(name)[:31])
        sheet.write_string(0, 0, f"{self.words(title)} {self.pack.code_name}".strip(), self.title)
        sheet.write_string(
            1, 0, self.words(Text("{day}", "{day}").format(day=self.pack.answer.today))
        )
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet


def show_all(sheet: Worksheet, row: int, texts: Iterable[tuple[str, float]]) -> None:
    """So tall that each text shows in its column's width; not every program sees to that."""
    lines = max(
        sum(ceil(max(len(part), 1) / (0.9 * width)) for part in text.split("\n"))
        for text, width in texts
    )
    sheet.set_row(row, LINE_POINTS * lines)


def answer_workbook(pack: Pack, language: Language) -> bytes:
    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        wrapping = {"text_wrap": True, "valign": "top"}
        book = Book(
            workbook=workbook,
            pack=pack,
            language=language,
            title=workbook.add_format({"bold": True, "font_size": 16}),
            heading=workbook.add_format({"bold": True, "bg_color": "#E3EFE8", **wrapping}),
            wrapped=workbook.add_format({**wrapping, "align": "left"}),
            day=workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
            outcomes={
                outcome: workbook.add_format({"bg_color": fill, **wrapping})
                for outcome, fill in FILLS.items()
            },
        )
        add_summary(book)
        add_answers(book)
        for theme in MEASURED_THEMES:
            fields = [one for one in SITE.values() if one.theme == theme and not one.structural]
            add_theme(book, THEMES[theme], fields)
        add_definitions(book)
    return file.getvalue()


def add_summary(book: Book) -> None:
    """The matrix: sites down, requirements across."""
    pack, language = book.pack, book.language
    sheet = book.sheet(Text("Sammanfattning", "Summary"), TITLE)
    first = (Text("Plats", "Site"), Text("Beteckning", "Reference"), Text("Kommun", "Municipality"),
             Text("Utfall", "Fit"), Text("Poäng, %", "Score, %"), Text("Okänt, %", "Unknown, %"))  # fmt: skip
    headings = [book.words(text) for text in first]
    headings += [
        book.words(words(one, pack.answer.names)) for one in pack.answer.asked.requirements
    ]
    sheet.write_row(FIRST_ROW, 0, headings, book.heading)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, len(headings), RESULT_WIDTH)
    show_all(sheet, FIRST_ROW, [(text, RESULT_WIDTH) for text in headings])
    for row, site in enumerate(pack.sites, start=FIRST_ROW + 1):
        texts = (
            name_of(site.properties, language), site.reference,
            site.properties["municipality_name"], book.words(FIT_WORDS[site.fit]),
        )  # fmt: skip
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, book.wrapped)
        sheet.write_number(row, 4, site.score, book.wrapped)
        sheet.write_number(row, 5, site.unknown, book.wrapped)
        judged = zip(pack.answer.asked.requirements, site.results, strict=True)
        cells = [texts[0]]
        for column, (one, result) in enumerate(judged, start=6):
            said = reply(one, result, site, pack, language)
            cells.append("\n".join(filter(None, (said.value, said.outcome, said.gap))))
            sheet.write_string(row, column, cells[-1], book.outcomes[result.outcome])
        show_all(sheet, row, [(text, RESULT_WIDTH) for text in cells])
    sheet.freeze_panes(FIRST_ROW + 1, 1)


def add_answers(book: Book) -> None:
    """Question by question as the client put them, and each site's answer below."""
    pack, language = book.pack, book.language
    sheet = book.sheet(Text("Svar", "Answers"), TITLE)
    for column, (heading, width) in enumerate(ANSWER_HEADINGS):
        sheet.write_string(FIRST_ROW, column, book.words(heading), book.heading)
        sheet.set_column(column, column, width)
    row = FIRST_ROW
    for place, one in enumerate(pack.answer.asked.requirements):
        for site in pack.sites:
            row += 1
            result = site.results[place]
            said = reply(one, result, site, pack, language)
            sheet.write_number(row, 0, place + 1, book.wrapped)
            texts = {
                1: one.question or one.fragment,
                2: book.words(words(one, pack.answer.names)),
                3: book.words(IMPORTANCE[one.must]),
                5: name_of(site.properties, language),
                6: site.reference,
                9: said.gap,
                10: said.state,
                11: said.basis,
                13: said.source,
            }
            for column, text in texts.items():
                sheet.write_string(row, column, text, book.wrapped)
            widths = [width for _, width in ANSWER_HEADINGS]
            show_all(sheet, row, [(text, widths[column]) for column, text in texts.items()])
            sheet.write_number(row, 4, one.weight, book.wrapped)
            write_value(book, sheet, (row, 7), said, result.value, one.need.field)
            sheet.write_string(row, 8, said.outcome, book.outcomes[result.outcome])
            write_day(book, sheet, (row, 12), said.as_of)
    sheet.autofilter(FIRST_ROW, 0, row, len(ANSWER_HEADINGS) - 1)
    sheet.freeze_panes(FIRST_ROW + 1, 3)


def write_value(
    book: Book,
    sheet: Worksheet,
    place: tuple[int, int],
    said: Reply,
    value: Any,
    field: Field | None,
) -> None:
    """Numbers as numbers, shown with their unit; all else in words. Any: JSON."""
    if (
        field is None
        or isinstance(value, bool)
        or not isinstance(value, int | float)
        or field.is_year
    ):
        sheet.write_string(*place, said.value, book.wrapped)
        return
    unit = book.words(field.unit).replace('"', "")
    digits = "#,##0" if value == int(value) else "#,##0.0##"
    shown = f'{digits}"\N{NO-BREAK SPACE}{unit}"' if unit else digits
    style = {"num_format": shown, "valign": "top", "align": "left"}
    sheet.write_number(*place, value, book.workbook.add_format(style))


def write_day(book: Book, sheet: Worksheet, place: tuple[int, int], day: str) -> None:
    if day:
        sheet.write_datetime(*place, date.fromisoformat(day), book.day)


def add_theme(book: Book, theme: Text, fields: Sequence[Field]) -> None:
    """Everything that is known of the sites in one theme, whatever the client asked."""
    pack = book.pack
    sheet = book.sheet(theme, theme)
    headings = [Text("Uppgift", "Value"), Text("Plats", "Site"), Text("Svar", "Answer"),
                Text("Märke", "Mark"), Text("Källa och datum", "Source and date")]  # fmt: skip
    sheet.write_row(FIRST_ROW, 0, [book.words(text) for text in headings], book.heading)
    for column, width in enumerate(THEME_WIDTHS):
        sheet.set_column(column, column, width)
    row = FIRST_ROW
    tellers = [Told(site.properties, SITE, book.language, pack.answer.today) for site in pack.sites]
    for field in fields:
        for told in tellers:
            fact = told.fact(field.key)
            if fact.mark == "empty":
                continue
            row += 1
            texts = (
                fact.label, name_of(told.said, book.language), fact.value,
                book.words(MARK_LABELS[fact.mark]) if field.factual else "", fact.source,
            )  # fmt: skip
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text, book.wrapped)
            show_all(sheet, row, zip(texts, THEME_WIDTHS, strict=True))
    sheet.freeze_panes(FIRST_ROW + 1, 1)


def add_definitions(book: Book) -> None:
    """What results, marks, bases and the fields asked about mean."""
    name = Text("Definitioner", "Definitions")
    sheet = book.sheet(name, name)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 100)
    entries = list(MEANINGS)
    entries += [(Text("Utfall", "Result"), text) for text in OUTCOME_WORDS.values()]
    entries += [(Text("Grund", "Basis"), text) for text in BASIS_LABELS.values()]
    asked = [one.need.field for one in book.pack.answer.asked.requirements]
    entries += [(field.label, field.help) for field in dict.fromkeys(asked) if field is not None]
    for row, (label, meaning) in enumerate(entries, start=FIRST_ROW):
        sheet.write_string(row, 0, book.words(label), book.wrapped)
        sheet.write_string(row, 1, book.words(meaning), book.wrapped)
        show_all(sheet, row, [(book.words(label), 34), (book.words(meaning), 100)])
