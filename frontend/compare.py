"""Sites side by side: which is better where, what differs, and what nobody knows yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

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


@dataclass(frozen=True)
class Cell:
    """One site's value of a field; `mark` is empty where the field carries none."""

    fact: Fact
    standing: Standing
    mark: Mark | None


@dataclass(frozen=True)
class Line:
    """One field across the sites."""

    key: str
    label: str
    cells: Sequence[Cell]


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


def compare_page(page: Page, backdrop: Backdrop, comparison: Comparison, asked: Asked) -> str:
    language, references = page.language, comparison.references
    everything = groups(comparison, language, asked.today)
    shown = groups(comparison, language, asked.today, only_differences=asked.only_differences)
    return render(
        "compare/page.html",
        page,
        heads=heads(comparison, language, asked),
        groups=shown,
        marks=used_marks(shown),
        same=count(everything) - count(shown),
        hidden=[field.label.in_language(language) for field in comparison.hidden],
        power=power_curves(comparison.sites, asked.today, language),
        map=compared_map(page, backdrop, [one["geometry"] for one in comparison.features])
        if comparison.features
        else None,
        asked=asked,
        faults=[text.in_language(language) for text in asked.faults],
        suggestions=[suggestion(one, references, language) for one in asked.suggestions],
        references=references,
        room=MOST - len(references),
        views=views(language, references, only_differences=asked.only_differences),
        files={
            kind: compare_address(language, references, format=kind) for kind in ("xlsx", "csv")
        },
    )


def compare_address(language: Language, references: Sequence[str], **query: object) -> str:
    return address(language, "/compare", reference=list(references), **query)


def views(
    language: Language, references: Sequence[str], *, only_differences: bool
) -> list[tuple[str, str, str, None]]:
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


def groups(
    comparison: Comparison, language: Language, today: date, *, only_differences: bool = False
) -> list[Group]:
    sites = [Told(site, SITE, language, today) for site in comparison.sites]
    profiles = [Told(profile, PROFILE, language, today) for profile in comparison.profiles]
    found = [
        group(one, profiles if one.is_profile else sites, only_differences=only_differences)
        for one in comparison.parts
    ]
    return [one for one in found if one.lines or one.missing]


def group(part: Part, columns: Sequence[Told], *, only_differences: bool) -> Group:
    language = columns[0].language
    title = part.title
    if part.is_profile:
        title = Text("Kommunen: {part}", "The municipality: {part}").format(part=title)
    return Group(
        part.key,
        title.in_language(language),
        [
            line(row, columns, is_profile=part.is_profile)
            for row in part.rows
            if row.differs or not only_differences
        ],
        [] if only_differences else [one.label.in_language(language) for one in part.missing],
    )


def line(row: Row, columns: Sequence[Told], *, is_profile: bool) -> Line:
    field = row.field
    return Line(
        f"profile-{field.key}" if is_profile else field.key,
        field.label.in_language(columns[0].language),
        [
            Cell(told.fact(field.key), standing, told.mark(field.key) if field.factual else None)
            for told, standing in zip(columns, row.standings, strict=True)
        ],
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
