"""Whether a workbook is one that Excel opens without repairing it, part by part.

The rules are those of ECMA-376 part 1, and the lengths that Excel adds to them.
"""

import posixpath
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# CT_Worksheet: a sequence, so each part only in its place.
IN_A_SHEET = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]
LONGEST = {"promptTitle": 32, "prompt": 255, "errorTitle": 32, "error": 255}


def faults_of(content: bytes) -> list[str]:
    """What Excel would object to, in words; empty for a sound workbook."""
    with ZipFile(BytesIO(content)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
        read = {name: fromstring(part) for name, part in parts.items() if name.endswith("l")}
        read |= {name: fromstring(part) for name, part in parts.items() if name.endswith(".rels")}
    styles = read["xl/styles.xml"]
    formats = len(styles.findall(f"{MAIN}cellXfs/{MAIN}xf"))
    sheets = {name: part for name, part in read.items() if name.startswith("xl/worksheets/sheet")}
    return [
        *undeclared(read["[Content_Types].xml"], set(parts)),
        *astray(read, set(parts)),
        *names_of_sheets(read["xl/workbook.xml"]),
        *(f"{name}: {fault}" for name, one in sheets.items() for fault in in_sheet(one, formats)),
    ]


def undeclared(types: Element, names: set[str]) -> Iterator[str]:
    endings = {one.get("Extension") for one in types}
    declared = {(one.get("PartName") or "").lstrip("/") for one in types} - {""}
    for name in names - declared - {"[Content_Types].xml"}:
        if name.rpartition(".")[2] not in endings:
            yield f"{name} has no type"
    yield from (f"{name} is not there" for name in declared - names)


def astray(read: dict[str, Element], names: set[str]) -> Iterator[str]:
    """Relations that lead to no part."""
    for name, relations in read.items():
        base = posixpath.dirname(posixpath.dirname(name))
        for one in relations if name.endswith(".rels") else ():
            target = one.get("Target") or ""
            full = posixpath.normpath(posixpath.join("/", base, target)).lstrip("/")
            if one.get("TargetMode") != "External" and full not in names:
                yield f"{name} leads to {target}"


def names_of_sheets(book: Element) -> Iterator[str]:
    names = [one.get("name") or "" for one in book.iter(f"{MAIN}sheet")]
    if len({name.casefold() for name in names}) < len(names):
        yield "two sheets have the same name"
    yield from (name for name in names if len(name) > 31 or re.search(r"[\[\]:*?/\\]", name))


def in_sheet(sheet: Element, formats: int) -> Iterator[str]:
    order = [IN_A_SHEET.index(part.tag.removeprefix(MAIN)) for part in sheet]
    if order != sorted(order):
        yield "parts out of order"
    rows = [int(row.get("r", "0")) for row in sheet.iter(f"{MAIN}row")]
    if any(later <= earlier for earlier, later in pairwise(rows)):
        yield "rows out of order"
    for cell in sheet.iter(f"{MAIN}c"):
        if int(cell.get("s", "0")) >= formats:
            yield f"{cell.get('r')} has a format that is not there"
        if cell.get("t") == "inlineStr" and cell.find(f"{MAIN}is") is None:
            yield f"{cell.get('r')} is a text without one"
        if len("".join(cell.itertext())) > 32_767:
            yield f"{cell.get('r')} is too long"
    for rule in sheet.iter(f"{MAIN}dataValidation"):
        yield from (
            f"{rule.get('sqref')}: {name} is too long"
            for name, most in LONGEST.items()
            if len(rule.get(name, "")) > most
        )
        if len(rule.findtext(f"{MAIN}formula1", "")) > 255:
            yield f"{rule.get('sqref')}: the list is too long"
