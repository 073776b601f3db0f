"""The first sheet of a template: what it is for, what happens, and the few rules there are."""

from datetime import date

from xlsxwriter.worksheet import Worksheet

from catalogue.imports.cells import CLEAR
from catalogue.imports.template_styles import Styles
from geo.texts import Language, Text, written

STEPS: tuple[Text, ...] = (
    Text(
        "Ändra det som ska ändras på bladet Platser. Lämna resten som det är.",
        "Change what is to be changed on the sheet Sites. Leave the rest as it is.",
    ),
    Text(
        "Spara filen och ladda upp den under Arbetsyta, Många på en gång.",
        "Save the file and upload it under Workspace, Many at once.",
    ),
    Text(
        "Läs rapporten: den visar varje ändring och allt som behöver rättas. Ingenting sparas än.",
        "Read the report: it shows every change and all that needs mending. Nothing is saved yet.",
    ),
    Text(
        "Godkänn. Allt sparas på en gång, eller inget om något hindrar.",
        "Confirm. Everything is saved at once, or nothing if anything stands in the way.",
    ),
)
RULES: tuple[tuple[Text, Text], ...] = (
    (
        Text("En tom cell", "An empty cell"),
        Text("Värdet i katalogen står kvar.", "The value in the catalogue stays."),
    ),
    (
        CLEAR,
        Text(
            "Skriv {clear} i cellen för att ta bort värdet.",
            "Write {clear} in the cell to remove the value.",
        ).format(clear=CLEAR),
    ),
    (
        Text("En ny plats", "A new site"),
        Text(
            "Skriv på första tomma raden. Lämna Referens tom, eller skriv NY-1, NY-2 … om platsen "
            "ska ha rader på andra blad. Katalogen ger den en referens. Området ritas eller laddas "
            "upp som geodata efteråt.",
            "Write in the first empty row. Leave Reference empty, or write NEW-1, NEW-2 … if the "
            "site is to have rows on other sheets. The catalogue gives it a reference. The outline "
            "is drawn or uploaded as geodata afterwards.",
        ),
    ),
    (
        Text("En borttagen rad", "A removed row"),
        Text(
            "Platsen ändras inte. Platser tas inte bort genom import.",
            "The site is not changed. Sites are not removed by import.",
        ),
    ),
    (
        Text("Källor", "Sources"),
        Text(
            "En rad för varje värde: känt eller okänt, på vilken grund, per vilken dag och enligt "
            "vem. Ett nytt värde utan ny källa sparas som kommunens uppgift i dag. Okänt: välj "
            "läget ”okänd, tillfrågad”, skriv vem och när, och töm värdets cell.",
            "A row for each value: known or unknown, on what basis, as of which day and by whom. A "
            "new value without a new source is saved as the municipality's figure of today. "
            "Unknown: choose the state “unknown, asked”, write whom and when, and empty the "
            "value's cell.",
        ),
    ),
    (
        Text("Blad med rader", "Sheets of rows"),
        Text(
            "Effekt och vatten år för år, bilder och dokument. Raderna för en plats ersätter dem "
            "som finns. Utan rader står de kvar; en rad med {clear} tar bort alla.",
            "Power and water year by year, photos and documents. The rows of a site replace those "
            "there are. Without rows they stay; one row with {clear} removes all.",
        ).format(clear=CLEAR),
    ),
    (
        Text("Tal och datum", "Numbers and dates"),
        Text(
            "12,5 eller 12.5. Datum som 2026-10-03 eller 3 okt 2026. Flera värden i en cell skiljs "
            "med semikolon.",
            "12.5 or 12,5. Dates as 2026-10-03 or 3 Oct 2026. Several values in one cell are "
            "parted by semicolons.",
        ),
    ),
    (
        Text("Fet rubrik", "Bold heading"),
        Text("Behövs innan platsen kan publiceras.", "Needed before the site can be published."),
    ),
    (
        Text("Skyddade celler", "Protected cells"),
        Text(
            "Rubriker och referenser är låsta så att de inte ändras av misstag. Inget lösenord "
            "behövs för att låsa upp.",
            "Headings and references are locked so that they are not changed by mistake. No "
            "password is needed to unlock them.",
        ),
    ),
    (
        Text("Andras ändringar", "Others' changes"),
        Text(
            "Filen minns vilken version av varje plats den kom från. Det som andra har ändrat "
            "sedan dess skrivs inte över.",
            "The file remembers which version of each site it came from. What others have changed "
            "since then is not overwritten.",
        ),
    ),
)


def write_read_me(
    sheet: Worksheet, styles: Styles, municipality: str, language: Language, today: date
) -> None:
    """No site's values stand here, and nothing of it is read back."""
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 3)
    sheet.set_column(1, 1, 26)
    sheet.set_column(2, 2, 92)
    sheet.set_row(1, 34)
    title = Text("Platser i {name}", "Sites in {name}").format(name=municipality)
    sheet.write_string(1, 1, title.in_language(language), styles.title)
    lead = Text(
        "Hämtad {day} ur SiteFinder Gävleborg", "Downloaded {day} from SiteFinder Gävleborg"
    )
    sheet.write_string(
        2, 1, lead.format(day=written(today, language)).in_language(language), styles.lead
    )
    row = 4
    write_section(sheet, styles, row, Text("Så gör du", "How to do it"), language)
    for number, step in enumerate(STEPS, start=1):
        row += 1
        sheet.write_string(row, 1, f"{number}.", styles.term)
        sheet.write_string(row, 2, step.in_language(language), styles.meaning)
    row += 2
    write_section(sheet, styles, row, Text("Bra att veta", "Good to know"), language)
    for term, meaning in RULES:
        row += 1
        text = meaning.in_language(language)
        sheet.set_row(row, 16 * (1 + len(text) // 100))
        sheet.write_string(row, 1, term.in_language(language), styles.term)
        sheet.write_string(row, 2, text, styles.meaning)
    sheet.protect("")


def write_section(
    sheet: Worksheet, styles: Styles, row: int, title: Text, language: Language
) -> None:
    sheet.set_row(row, 22)
    sheet.write_string(row, 1, title.in_language(language), styles.section)
    sheet.write_blank(row, 2, None, styles.section)
