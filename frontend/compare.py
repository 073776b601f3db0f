"""Sites side by side: which is better where, what differs, and what nobody knows yet."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from catalogue.access.registered_keys import RegisteredKeys
from catalogue.comparisons.chosen_sites import MOST
from catalogue.comparisons.comparison import Comparison, Part, Row, Standing
from catalogue.database import Audience
from catalogue.fields import PROFILE, SITE
from catalogue.provenance import Mark
from frontend.compare_power import power_curves
from frontend.maps import Backdrop, compared_map
from frontend.rendering import Page, address, render
from frontend.site_page import STATUS_TONES, name_of
from frontend.site_page_facts import MARK_ORDER, Fact, Told, Words
from geo.texts import Language, Text

Changes = Mapping[str, Collection[str]]
"""The keys that have changed since a list was shared, by reference."""


@dataclass(frozen=True, kw_only=True)
class Head:
    """One site above its column, and where its buttons lead; empty where there is nothing to do."""

    number: int
    reference: str
    name: Words
    municipality: str
    level: int | None
    status: str
    tone: str
    without: str
    to_left: str
    to_right: str

    def still(self) -> "Head":
        """The same without buttons, for a list whose order is somebody else's."""
        return replace(self, without="", to_left="", to_right="")


@dataclass(frozen=True)
class Cell:
    """One site's value of a field; `mark` is empty where the field carries none."""

    fact: Fact
    standing: Standing
    mark: Mark | None
    is_changed: bool = False
    """Since the list that it stands in was shared."""


@dataclass(frozen=True)
class Line:
    """One field across the sites."""

    key: str
    label: str
    cells: Sequence[Cell]
    differs: bool


@dataclass(frozen=True)
class Group:
    """The lines of a theme; `missing` are labels of what no site says anything of."""

    key: str
    title: str
    lines: Sequence[Line]
    missing: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the address asks for, and what of it could not be shown."""

    audience: Audience
    today: date
    only_differences: bool = False
    faults: Sequence[Text] = ()
    added: str = ""
    """What was typed to add a site, where that did not point out one alone."""
    suggestions: Sequence[Mapping[str, Any]] = ()
    """Sites that it may have meant, as features. Any: GeoJSON."""
    changes: Changes = field(default_factory=dict)
    registered: RegisteredKeys = field(default_factory=dict)

    def shown(self, group: Group) -> Group:
        """The group, less what is the same everywhere where only differences are asked for."""
        if not self.only_differences:
            return group
        lines = [one for one in group.lines if one.differs]
        return Group(group.key, group.title, lines, ())


def compare_page(page: Page, backdrop: Backdrop, comparison: Comparison, asked: Asked) -> str:
    language, references = page.language, comparison.references
    return render(
        "compare/page.html",
        page,
        **side_by_side(page, backdrop, comparison, asked),
        heads=heads(comparison, language, asked),
        hidden=[one.label.in_language(language) for one in comparison.hidden],
        asked=asked,
        faults=[text.in_language(language) for text in asked.faults],
        suggestions=[suggestion(one, references, language) for one in asked.suggestions],
        references=references,
        room=MOST - len(references),
        share=address(language, "/shared/new", reference=references),
        views=views(language, references),
        files={
            kind: compare_address(language, references, format=kind)
            for kind in ("xlsx", "csv", "pdf")
        },
    )


def side_by_side(
    page: Page, backdrop: Backdrop, comparison: Comparison, asked: Asked
) -> dict[str, Any]:
    """What table, curves and map say, wherever they stand. Any: values differ in type."""
    everything = groups(comparison, page.language, asked)
    shown = [one for one in map(asked.shown, everything) if one.lines or one.missing]
    outlines = [one["geometry"] for one in comparison.features]
    return {
        "groups": shown,
        "marks": used_marks(shown),
        "same": count(everything) - count(shown),
        "power": power_curves(comparison.sites, asked.today, page.language),
        "map": compared_map(page, backdrop, outlines) if outlines else None,
    }


def compare_address(language: Language, references: Sequence[str], **query: object) -> str:
    return address(language, "/compare", reference=list(references), **query)


def views(language: Language, references: Sequence[str]) -> list[tuple[str, str, str, None]]:
    """Everything, or only what differs, as `tabs` takes them."""
    return [
        (
            "all",
            Text("Alla uppgifter", "All values").in_language(language),
            compare_address(language, references) + "#values",
            None,
        ),
        (
            "differences",
            Text("Bara skillnader", "Differences only").in_language(language),
            compare_address(language, references, differences="true") + "#values",
            None,
        ),
    ]


def heads(comparison: Comparison, language: Language, asked: Asked) -> list[Head]:
    return [
        head(place, site, comparison.references, language, asked)
        for place, site in enumerate(comparison.sites)
    ]


def head(
    place: int,
    site: Mapping[str, Any],
    references: Sequence[str],
    language: Language,
    asked: Asked,
) -> Head:
    """Any: JSON."""
    differences = "true" if asked.only_differences else None

    def leading_to(order: Sequence[str]) -> str:
        return compare_address(language, order, differences=differences)

    return Head(
        number=place + 1,
        reference=site["reference"],
        name=name_of(Told(site, SITE, language, asked.today)),
        municipality=site["municipality_name"],
        level=site.get("readiness"),
        status=SITE["status"].code_label(site["status"]).in_language(language),
        tone=STATUS_TONES[site["status"]],
        without=leading_to([one for one in references if one != site["reference"]]),
        to_left=leading_to(swapped(references, place - 1)) if place else "",
        to_right=leading_to(swapped(references, place)) if place + 1 < len(references) else "",
    )


def swapped(references: Sequence[str], place: int) -> list[str]:
    """With the site at a place and the one after it in each other's place."""
    order = list(references)
    order[place], order[place + 1] = order[place + 1], order[place]
    return order


def groups(comparison: Comparison, language: Language, asked: Asked) -> list[Group]:
    sites = [
        Told(
            site, SITE, language, asked.today, asked.registered.get(site["reference"], frozenset())
        )
        for site in comparison.sites
    ]
    profiles = [Told(profile, PROFILE, language, asked.today) for profile in comparison.profiles]
    return [
        group(one, profiles if one.is_profile else sites, asked.changes) for one in comparison.parts
    ]


def group(part: Part, columns: Sequence[Told], changes: Changes) -> Group:
    language = columns[0].language
    title = part.title
    if part.is_profile:
        title = Text("Kommunen: {part}", "The municipality: {part}").format(part=title)
    return Group(
        part.key,
        title.in_language(language),
        [line(row, columns, {} if part.is_profile else changes, part) for row in part.rows],
        [one.label.in_language(language) for one in part.missing],
    )


def line(row: Row, columns: Sequence[Told], changes: Changes, part: Part) -> Line:
    key = row.field.key
    return Line(
        f"profile-{key}" if part.is_profile else key,
        row.field.label.in_language(columns[0].language),
        [
            Cell(
                told.fact(key),
                standing,
                told.mark(key) if row.field.factual else None,
                key in changes.get(str(told.said.get("reference")), ()),
            )
            for told, standing in zip(columns, row.standings, strict=True)
        ],
        row.differs,
    )


def used_marks(shown: Sequence[Group]) -> list[Mark]:
    used = {cell.mark for one in shown for each in one.lines for cell in each.cells}
    return [mark for mark in MARK_ORDER if mark in used]


def count(shown: Sequence[Group]) -> int:
    return sum(len(one.lines) for one in shown)


def suggestion(
    feature: Mapping[str, Any], references: Sequence[str], language: Language
) -> tuple[str, str, str]:
    """Name, place and the address with the site added. Any: GeoJSON."""
    said = feature["properties"]
    named = said.get(f"name_{language}") or said.get("name_sv") or said["reference"]
    place = f"{said['municipality_name']}, {said['reference']}"
    return named, place, compare_address(language, [*references, said["reference"]])
