"""How the cells of a template look: one accent, hairlines, and open cells white."""

from typing import Any

from xlsxwriter.workbook import Workbook

INK, SOFT, ACCENT = "#1B1F1C", "#5B655F", "#1C5B43"
TINT, DEEPER_TINT, QUIET, LINE = "#E9F2ED", "#D3E5DB", "#F3F4F1", "#DADFDB"
FONT = "Calibri"
TEXT_KINDS = frozenset(
    {"text", "long_text", "link", "code", "codes", "list", "span", "integers", "flag"}
)
"""Kept as text, so that Excel makes no date of 12–24 and drops no zero."""


class Styles:
    """The formats of one workbook, made once. Any: XlsxWriter ships no types."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.locked = self.made(font_color=SOFT, bg_color=QUIET, locked=True, **self.edges())
        self.title = self.made(font_size=22, bold=True, font_color=ACCENT)
        self.lead = self.made(font_size=12, font_color=SOFT)
        self.section = self.made(font_size=13, bold=True, font_color=ACCENT, top=1, top_color=LINE)
        self.term = self.made(bold=True, valign="top", text_wrap=True)
        self.meaning = self.made(valign="top", text_wrap=True)
        self.cells = {
            kind: self.made(num_format=number_format(kind), locked=False, **self.edges())
            for kind in (*TEXT_KINDS, "number", "integer", "date")
        }
        self.bands = [
            self.made(bold=True, font_color=colour, bg_color=fill, font_size=12, indent=0,
                      valign="vcenter", left=1, left_color="#FFFFFF")
            for colour, fill in (("#FFFFFF", ACCENT), ("#FFFFFF", "#2F7357"))
        ]  # fmt: skip
        self.headings = {
            (row, is_needed): self.made(**heading(row, is_needed=is_needed))
            for row in (1, 2, 3)
            for is_needed in (True, False)
        }

    def made(self, **parts: Any) -> Any:
        return self.book.add_format({"font_name": FONT, "font_size": 11, "font_color": INK} | parts)

    def edges(self) -> dict[str, Any]:
        return {"border": 1, "border_color": LINE}

    def cell(self, kind: str) -> Any:
        return self.cells[kind]

    def band(self, number: int) -> Any:
        return self.bands[number % 2]

    def heading(self, row: int, *, is_needed: bool) -> Any:
        """Of the name, the unit or the key; what is needed before publishing stands out."""
        return self.headings[row, is_needed]


def heading(row: int, *, is_needed: bool) -> dict[str, Any]:
    shared = {"bg_color": TINT, "locked": True, "border": 1, "border_color": LINE}
    if row == 1:
        tint = DEEPER_TINT if is_needed else TINT
        return shared | {
            "bold": is_needed, "text_wrap": True, "valign": "vcenter", "bg_color": tint,
        }  # fmt: skip
    size = 10 if row == 2 else 8
    return shared | {"font_color": SOFT, "font_size": size}


def number_format(kind: str) -> str:
    if kind == "date":
        return "yyyy-mm-dd"
    return "@" if kind in TEXT_KINDS else "General"
