"""What is odd about the layout of a sheet: columns that are not read, merged cells, formulas."""

from collections.abc import Mapping

from catalogue.fields import SITE
from catalogue.imports import headings
from catalogue.imports.findings import Report
from catalogue.imports.headings import Headings
from catalogue.imports.sheets import Place, Sheet, is_given
from geo.texts import Text

MOST_MERGED = 20


def tell_columns(report: Report, sheet: Sheet, found: Headings, words: Mapping[str, str]) -> None:
    """Columns that will not be read: those of the catalogue are only noted, others are warned of."""
    computed = [
        SITE[meaning].label
        for meaning in found.columns.values()
        if meaning in SITE and not headings.writable(SITE[meaning])
        and meaning not in ("reference", "municipality", "outline")
    ]  # fmt: skip
    if computed:
        report.notes.append(
            Text(
                "Läses inte, eftersom katalogen själv bestämmer dem: {names}.",
                "Not read, since the catalogue itself decides them: {names}.",
            ).format(names=joined(computed))
        )
    for column, heading in found.unknown.items():
        if headings.told(heading) in headings.IGNORED:
            continue
        near = headings.suggestion(heading, words)
        mend = Text(
            "Byt rubriken mot ett fälts namn eller nyckel om den ska läsas.",
            "Change the heading to a field's name or key if it is to be read.",
        )
        if near:
            mend = Text("Menar du ”{near}”?", "Do you mean “{near}”?").format(near=near)
        report.warn(
            Place(sheet.name, found.row, column),
            Text(
                "Kolumnen ”{heading}” känns inte igen och läses inte.",
                "The column “{heading}” is not recognised and not read.",
            ).format(heading=heading),
            mend,
        )


def joined(labels: list[Text]) -> Text:
    return Text(", ".join(one.sv for one in labels), ", ".join(one.en for one in labels))


def tell_shape(report: Report, sheet: Sheet, found: Headings) -> None:
    """Merged cells hide which row a value belongs to; a formula's value is read, and said so."""
    below = [merged for merged in sheet.merged if merged[2] > found.row]
    for top, left, bottom, right in below[:MOST_MERGED]:
        place = Place(sheet.name, top, left)
        end = Place(sheet.name, bottom, right)
        report.refuse(
            place,
            Text(
                "Cellerna {cells} är sammanslagna, så det går inte att se vilken rad värdet gäller.",
                "The cells {cells} are merged, so it cannot be seen which row the value is for.",
            ).format(cells=f"{place.cell}:{end.cell}"),
            Text(
                "Dela cellerna och skriv värdet på varje rad som det gäller.",
                "Part the cells and write the value in every row it is for.",
            ),
        )
    for row, column in sorted(sheet.errors):
        report.refuse(
            Place(sheet.name, row, column),
            Text(
                "Cellen visar ett fel från Excel, som #DIV/0!.",
                "The cell shows an error from Excel, such as #DIV/0!.",
            ),
            Text("Skriv värdet i stället.", "Write the value instead."),
        )
    formulas = sorted(
        one
        for one in sheet.formulas - sheet.errors
        if one[0] > found.row and one[1] in found.columns
    )
    for row, column in formulas:
        place = Place(sheet.name, row, column)
        if is_given(sheet.cell(row, column)):
            report.warn(
                place,
                Text(
                    "Cellen är en formel. Det värde som Excel senast räknade fram läses.",
                    "The cell is a formula. The value that Excel last worked out is read.",
                ),
                Text("Kontrollera värdet.", "Check the value."),
            )
            continue
        report.refuse(
            place,
            Text(
                "Cellen är en formel utan något uträknat värde.",
                "The cell is a formula without a value worked out.",
            ),
            Text(
                "Skriv värdet i stället, eller öppna filen i Excel och spara den på nytt.",
                "Write the value instead, or open the file in Excel and save it again.",
            ),
        )
