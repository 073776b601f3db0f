"""The page behind a figure: the list that it counts, and each change down to site and field."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from catalogue.behind.behind import Window
from catalogue.behind.lines import Behind, Difference, Group, Line, Part
from catalogue.fields import SITE
from catalogue.progress.figure_definitions import LONGEST, MEDIAN, ONCE, SUM, meaning
from catalogue.progress.progress import Progress, Span
from catalogue.progress.progress_filter import named
from catalogue.rules import Rules
from frontend.behind_steps import StepLine, signed, step_lines
from frontend.formats import number
from frontend.rendering import Page, address, render
from frontend.site_form_parts import site_path
from geo.texts import Language, Text

LINES_A_PAGE = 50
MOST_FOLDED = 50
"""How many unchanged lines lie folded on the first page; the others have pages of their own."""

Shown = Literal["changed", "unchanged"]


def behind_address(
    language: Language,
    figure: str,
    span: Span | Progress,
    municipalities: Sequence[str] = (),
    **more: object,
) -> str:
    """Where the list behind a figure stands, for the days of the page with the figure; no codes are
    all municipalities."""
    return address(
        language,
        "/progress/behind",
        figure=figure,
        municipality=list(municipalities) or None,
        as_of=span.as_of,
        since=span.since,
        **more,
    )


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line as it is read."""

    name: Text
    href: str
    below: str
    """What tells the line apart, under its name."""
    tags: Sequence[tuple[Text, str]]
    """Words and tone."""
    before: str
    now: str
    change: str
    steps: Sequence[StepLine] = ()
    also: str = ""


@dataclass(frozen=True, kw_only=True)
class GroupRow:
    """A substation and the sites that share it."""

    name: Text
    before: str
    now: str
    change: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Pages:
    """Which part of the list is shown."""

    shown: Shown
    number: int

    @property
    def window(self) -> Window:
        """The changed entries that are explained: those on the page."""
        if self.shown == "unchanged":
            return Window(0, 0)
        return Window((self.number - 1) * LINES_A_PAGE, LINES_A_PAGE)


def behind_page(page: Page, found: Behind, pages: Pages, rules: Rules) -> str:
    language = page.language
    listed = found.unchanged if pages.shown == "unchanged" else found.changed
    start = (pages.number - 1) * LINES_A_PAGE
    part = listed[start : start + LINES_A_PAGE]
    is_first = pages.shown == "changed" and pages.number == 1
    return render(
        "progress/behind.html",
        page,
        found=found,
        figure=found.figure,
        place=place(found),
        meaning=meaning(found.definition, found.plan, found.shelf_life),
        before=part_text(found.before, found, language),
        now=part_text(found.now, found, language),
        change=figure_change(found, language),
        is_grouped=found.is_grouped,
        shown=pages.shown,
        rows=rows(page, found, part, rules),
        folded=rows(page, found, found.unchanged[:MOST_FOLDED] if is_first else [], rules),
        changed_count=len(found.changed),
        unchanged_count=len(found.unchanged),
        first=start + 1,
        last=start + len(part),
        previous=turned(page, found, pages, -1, len(listed)),
        next=turned(page, found, pages, 1, len(listed)),
        all_unchanged=own_address(page.language, found, show="unchanged"),
        all_changed=own_address(page.language, found),
        back=progress_address(language, found),
        files={kind: file_address(language, found, kind) for kind in ("xlsx", "csv", "json")},
        footing=footing(found),
        is_share=bool(found.now.share or found.before.share),
        today=rules.today,
    )


def place(found: Behind) -> Text:
    return named(found.municipalities, found.names)


def rows(
    page: Page, found: Behind, part: Sequence[Line | Group], rules: Rules
) -> list[Row | GroupRow]:
    return [
        group_row(page, found, one, rules)
        if isinstance(one, Group)
        else line_row(page, found, one, rules)
        for one in part
    ]


def line_row(
    page: Page, found: Behind, line: Line, rules: Rules, group: Group | None = None
) -> Row:
    language = page.language
    labels = [SITE[key].label.in_language(language) for key in line.also if key in SITE]
    return Row(
        name=line.name,
        href=line_address(line, language),
        below=below(found, line, language),
        tags=tags(line, group),
        before=part_text(line.before, found, language),
        now=part_text(line.now, found, language),
        change=change_text(line.change, language, found.definition.decimals),
        steps=step_lines(line, found.definition, rules, language),
        also=", ".join(labels),
    )


def line_address(line: Line, language: Language) -> str:
    """A site's history, which says who wrote what; other things have pages of their own."""
    if line.kind == "site":
        return address(language, f"{site_path(line.key)}/history")
    return address(language, line.path) if line.path else ""


def group_row(page: Page, found: Behind, group: Group, rules: Rules) -> GroupRow:
    language = page.language
    alone = Text("Ingen station angiven", "No substation named")
    return GroupRow(
        name=Text(group.name, group.name) if group.name else alone,
        before=part_text(group.before, found, language),
        now=part_text(group.now, found, language),
        change=change_text(group.change, language, found.definition.decimals),
        rows=[line_row(page, found, line, rules, group) for line in group.lines],
    )


def below(found: Behind, line: Line, language: Language) -> str:
    about = line.about.in_language(language) if line.about else ""
    told = [about, line.key if line.kind == "site" else "", found.names.get(line.municipality, "")]
    return ", ".join(part for part in told if part and part != line.name.sv)


def tags(line: Line, group: Group | None) -> list[tuple[Text, str]]:
    told = []
    if line.is_new:
        told.append((Text("Ny", "New"), "success"))
    if line.is_withdrawn:
        told.append((Text("Tillbakadragen", "Withdrawn"), "warning"))
    if group and len(group.lines) > 1:
        if group.counts_now == line.key:
            told.append((Text("Störst, räknas", "Largest, counts"), ""))
        elif group.counts_before == line.key:
            told.append((Text("Räknades förut", "Counted before"), ""))
    return told


def part_text(part: Part, found: Behind, language: Language) -> str:
    """`57,1 % (4 av 7)` or `1 250,5`; a dash where there is nothing to say."""
    if part.value is None:
        return "–"
    text = number(part.value, language, found.definition.decimals or (1 if part.share else 0))
    if part.share is None:
        return text
    count, of = (number(one, language, 0) for one in part.share)
    return (
        Text("{text} % ({count} av {of})", "{text}% ({count} of {of})")
        .format(text=text, count=count, of=of)
        .in_language(language)
    )


def change_text(change: Difference, language: Language, decimals: int = 1) -> str:
    """`+12`, `−3` or `±0`; for a share `+3 av +1`: so many more count, of so many more."""
    if isinstance(change, tuple):
        counts, of = (signed(one, language, 0) for one in change)
        return (
            Text("{counts} av {of}", "{counts} of {of}")
            .format(counts=counts, of=of)
            .in_language(language)
        )
    return signed(change, language, max(decimals, 1))


def figure_change(found: Behind, language: Language) -> str:
    if found.change is None:
        return "–"
    return signed(found.change, language, max(found.definition.decimals, 1))


def footing(found: Behind) -> Text:
    """What the last line of the list is, by how the figure is added up."""
    added_up = found.definition.added_up
    if added_up == ONCE:
        return Text("Summa, varje station en gång", "Sum, each substation once")
    if added_up == MEDIAN:
        return Text("Median av alla värden", "Median of all values")
    if added_up == LONGEST:
        return Text("Längst", "Longest")
    if found.now.share or found.before.share:
        return Text("Andel av allt tillsammans", "Share of all together")
    return Text("Summa", "Sum") if added_up == SUM else Text("Sammanlagt", "In all")


def own_address(language: Language, found: Behind, **more: object) -> str:
    return behind_address(language, found.figure.key, found.span, found.municipalities, **more)


def turned(page: Page, found: Behind, pages: Pages, by: int, total: int) -> str:
    """The address of the page before or after; empty where there is none."""
    number = pages.number + by
    if not 1 <= number <= -(-total // LINES_A_PAGE):
        return ""
    shown = "unchanged" if pages.shown == "unchanged" else None
    return own_address(page.language, found, show=shown, page=number)


def progress_address(language: Language, found: Behind) -> str:
    """The page that the figure stands on, narrowed to municipalities where they are several."""
    several = found.municipalities if len(found.municipalities) > 1 else ()
    span = found.span
    return address(
        language,
        "/progress",
        municipality=list(several) or None,
        as_of=span.as_of,
        since=span.since,
    )


def file_address(language: Language, found: Behind, kind: str) -> str:
    """The same list as a file, at the address of the API, which has no language of its own."""
    query = {
        "figure": found.figure.key,
        "municipality": list(found.municipalities),
        "as_of": found.span.as_of,
        "since": found.span.since,
        "format": kind,
        "language": language,
    }
    return f"/api/v1/progress/changes?{urlencode(query, doseq=True)}"
