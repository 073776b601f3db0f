"""The sites that a file speaks of, gathered from all its sheets; nothing is compared yet."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalogue.fields import SITE, Field
from catalogue.imports import headings
from catalogue.imports.cells import clears
from catalogue.imports.findings import Report, given_text
from catalogue.imports.headings import Headings, headings_of
from catalogue.imports.layout import tell_columns, tell_shape
from catalogue.imports.sheets import Place, Sheet, Upload, is_given
from geo.errors import GeoError
from geo.outlines import Outline
from geo.texts import Text

NEW = re.compile(r"^(?:NY|NEW)[ .:_-]?(\w{0,20})$", re.IGNORECASE)
"""What a site that is not in the catalogue yet may be called, so that other sheets can name it."""
RECORD_FIELDS: tuple[Field, ...] = tuple(
    one for one in SITE.values() if one.kind == "records" and headings.writable(one)
)
SHEET_NAME_LENGTH = 31
"""Excel's limit."""
UNREAD_WORDS = frozenset(word for name in (headings.READ_ME, headings.LISTS, headings.MARKED)
                         for word in name)  # fmt: skip


@dataclass(kw_only=True)
class Part:
    """Cells of one row under what they mean, and where each stands. Any: as the file has them."""

    place: Place
    cells: Mapping[str, tuple[Any, int]]

    def given(self, meaning: str) -> Any:
        """Any: as the file has it."""
        return self.cells[meaning][0] if meaning in self.cells else None

    def at(self, meaning: str) -> Place:
        """The cell, or the row where the cell is not there."""
        column = self.cells[meaning][1] if meaning in self.cells else 0
        return Place(self.place.sheet, self.place.row, column)


@dataclass(kw_only=True)
class SiteRow:
    """All that the file says of one site."""

    part: Part
    reference: str
    """Empty for a site without a name of its own among the sheets."""
    is_new: bool
    sources: dict[str, Part] = field(default_factory=dict)
    records: dict[str, list[Part]] = field(default_factory=dict)
    outline: Outline | GeoError | None = None

    def place_of(self, key: str) -> Place:
        """Where a fault about a field is best shown."""
        if key in self.part.cells:
            return self.part.at(key)
        if self.records.get(key):
            return self.records[key][0].place
        return self.sources[key].place if key in self.sources else self.part.place


@dataclass(kw_only=True)
class Gathering:
    """Collects the rows of one file; what cannot be placed is a finding."""

    report: Report
    rows: dict[str, SiteRow] = field(default_factory=dict)
    """By reference, or by a name of their own for those without one."""


def gather(upload: Upload, report: Report) -> list[SiteRow]:
    """The sites of the file in its order; everything odd about its shape goes to the report."""
    report.notes.extend(upload.notes)
    gathering = Gathering(report=report)
    main = sites_sheet(upload)
    if main is None:
        gathering.report.refuse(
            Place(upload.sheets[0].name if upload.sheets else "", 1),
            Text(
                "Filen har ingen rubrikrad som känns igen.",
                "The file has no row of headings that is recognised.",
            ),
            Text(
                "Utgå från mallen, eller skriv fältens namn på första raden: Referens, Namn på "
                "svenska och så vidare.",
                "Start from the template, or write the fields' names in the first row: Reference, "
                "Name in Swedish and so on.",
            ),
        )
        return []
    sheet, found = main
    add_sites(gathering, sheet, found)
    for other in upload.sheets:
        if other is not sheet:
            add_sheet(gathering, other)
    return list(gathering.rows.values())


def sites_sheet(upload: Upload) -> tuple[Sheet, Headings] | None:
    """The sheet that is called so, else the one whose headings say most."""
    kept = {record_sheet(one, language) for one in RECORD_FIELDS for language in ("sv", "en")}
    kept |= UNREAD_WORDS | set(headings.SOURCES)
    candidates = [sheet for sheet in upload.sheets if sheet.name not in kept]
    named = [sheet for sheet in candidates if sheet.name in headings.SITES]
    read = [(sheet, headings_of(sheet, headings.meanings())) for sheet in named or candidates]
    fitting = [(sheet, found) for sheet, found in read if found is not None]
    return max(fitting, key=lambda pair: len(pair[1].columns), default=None)


def record_sheet(one: Field, language: str) -> str:
    """The name of the sheet of a field that holds rows."""
    return (one.label.en if language == "en" else one.label.sv)[:SHEET_NAME_LENGTH]


def add_sites(gathering: Gathering, sheet: Sheet, found: Headings) -> None:
    tell_columns(gathering.report, sheet, found, headings.meanings())
    tell_shape(gathering.report, sheet, found)
    seen: Counter[str] = Counter()
    for part in parts(sheet, found):
        reference, is_new = named(part.given("reference"))
        if reference:
            seen[reference] += 1
            if seen[reference] > 1:
                gathering.report.refuse(
                    part.at("reference"),
                    Text(
                        "{reference} står på fler än en rad.",
                        "{reference} stands in more than one row.",
                    ).format(reference=reference),
                    Text(
                        "Behåll en rad för varje plats. Lämna referensen tom för en ny plats.",
                        "Keep one row for each site. Leave the reference empty for a new site.",
                    ),
                    reference,
                )
                continue
        row = SiteRow(part=part, reference=reference, is_new=is_new)
        row.outline = sheet.outlines.get(part.place.row)
        gathering.rows[reference or f"\0{part.place.row}"] = row


def named(raw: object) -> tuple[str, bool]:
    """The reference in upper case and whether it stands for a site that is new."""
    text = "" if raw is None else " ".join(str(raw).split()).upper()
    return text, not text or bool(NEW.match(text))


def parts(sheet: Sheet, found: Headings) -> Iterator[Part]:
    """Every row below the headings in which something stands."""
    columns = tuple(found.columns.items())
    for number, row in sheet.numbered():
        if number <= found.row:
            continue
        width = len(row)
        cells = {
            meaning: (row[column - 1], column)
            for column, meaning in columns
            if column <= width and is_given(row[column - 1])
        }
        if cells or number in sheet.outlines:
            yield Part(place=Place(sheet.name, number), cells=cells)


def add_sheet(gathering: Gathering, sheet: Sheet) -> None:
    """A sheet beside the sites: sources, the rows of a field, or one that is not ours."""
    for one in RECORD_FIELDS:
        if sheet.name in {record_sheet(one, "sv"), record_sheet(one, "en"), one.key}:
            add_records(gathering, sheet, one)
            return
    if sheet.name in headings.SOURCES:
        add_sources(gathering, sheet)
    elif sheet.name not in UNREAD_WORDS and any(any(map(is_given, row)) for row in sheet.rows):
        gathering.report.notes.append(
            Text(
                "Bladet {name} hör inte till mallen och läses inte.",
                "The sheet {name} is no part of the template and is not read.",
            ).format(name=sheet.name)
        )


def placed(gathering: Gathering, part: Part) -> SiteRow | None:
    """The site that a row of another sheet is about; a row about none is a finding."""
    reference, _ = named(part.given("reference"))
    row = gathering.rows.get(reference) if reference else None
    if row is None:
        gathering.report.refuse(
            part.at("reference"),
            Text(
                "Raden hör till {reference}, som inte står på bladet med platser.",
                "The row belongs to {reference}, which is not on the sheet of sites.",
            ).format(reference=reference or Text("ingen plats", "no site")),
            Text(
                "Skriv samma referens som på bladet med platser. Kalla en ny plats NY-1 på båda.",
                "Write the same reference as on the sheet of sites. Call a new site NEW-1 on both.",
            ),
            part.given("reference"),
        )
    return row


def add_records(gathering: Gathering, sheet: Sheet, one: Field) -> None:
    found = headings_of(sheet, headings.record_meanings(one))
    if found is None:
        return
    tell_columns(gathering.report, sheet, found, headings.record_meanings(one))
    tell_shape(gathering.report, sheet, found)
    keys = {column.key for column in one.columns}
    for part in parts(sheet, found):
        if part.cells.keys() & keys and (row := placed(gathering, part)) is not None:
            row.records.setdefault(one.key, []).append(part)


def add_sources(gathering: Gathering, sheet: Sheet) -> None:
    found = headings_of(sheet, headings.source_meanings())
    if found is None:
        return
    tell_columns(gathering.report, sheet, found, headings.source_meanings())
    tell_shape(gathering.report, sheet, found)
    keys = {word: meaning for word, meaning in headings.meanings().items() if meaning in SITE}
    for part in parts(sheet, found):
        if not part.cells.keys() & headings.SOURCE_PARTS.keys():
            continue
        key = keys.get(headings.told(str(part.given("field") or "")))
        if key is None or not headings.writable(SITE[key]):
            gathering.report.refuse(
                part.at("field"),
                Text(
                    "Fältet ”{name}” finns inte, eller bestäms av katalogen själv.",
                    "There is no field “{name}”, or the catalogue itself decides it.",
                ).format(name=given_text(part.given("field"))),
                Text(
                    "Skriv fältets namn som i rubriken på bladet med platser.",
                    "Write the field's name as in the heading on the sheet of sites.",
                ),
            )
            continue
        row = placed(gathering, part)
        if row is None:
            continue
        if key in row.sources:
            gathering.report.refuse(
                part.at("field"),
                Text(
                    "{field} för {reference} står på fler än en rad.",
                    "{field} for {reference} stands in more than one row.",
                ).format(field=SITE[key].label, reference=row.reference),
                Text("Behåll en av raderna.", "Keep one of the rows."),
            )
            continue
        row.sources[key] = part


def emptied(records: list[Part], one: Field) -> bool:
    """Whether the rows of a field say that all of them are to go."""
    first = one.columns[0].key
    return len(records) == 1 and clears(records[0].given(first))
