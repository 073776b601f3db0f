"""The first page: filter, list and map of the sites that pass."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from catalogue.database import Audience
from catalogue.errors import Fault
from catalogue.fields import SITE
from catalogue.readiness import LEVELS
from catalogue.search.filters import PARAMETERS, SPECIAL, SiteFilter
from catalogue.search.places import Place, named
from catalogue.search.shorthand import in_short
from frontend.maps import Backdrop, MapParts, catalogue_map
from frontend.rendering import Page, address, environment, render
from frontend.search_cards import card
from frontend.search_form import (
    NEAR_KM,
    NEAR_PLACE,
    NEAR_POINT,
    Control,
    Given,
    Group,
    SearchForm,
    form,
)
from frontend.search_hints import FEW, hints
from frontend.search_links import (
    DOWNLOADS,
    Found,
    Link,
    paging,
    saving_address,
    search_address,
    sort_links,
    watching_address,
)
from frontend.search_sentence import sentence
from frontend.search_table import table, view_links
from frontend.search_tallies import filled, tallies
from frontend.search_words import chips
from geo.texts import Language, Text

OPEN_GROUPS = 3


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What the page needs whatever is searched for."""

    names: Mapping[str, str]
    """The municipalities' by code."""
    words: Mapping[str, Sequence[str]]
    """The words in use, by field."""
    places: Sequence[Place]
    """What sites can be near, by name."""
    audience: Audience
    backdrop: Backdrop
    today: date


@dataclass(frozen=True, kw_only=True)
class SearchParts:
    """What changes with the search, as HTML that is the same for every reader of an audience."""

    count: Markup
    chips: Markup
    chip_count: int
    show: Markup
    groups: Markup
    tallies: Mapping[str, Markup]
    """What stands beside the conditions, by name."""
    list: Markup
    is_table: bool = False


def search_parts(language: Language, found: Found, around: Surroundings) -> SearchParts:
    said = answer(language, found, around)
    asked = search_form(Given(texts=texts_of([*found.wanted.pairs, *found.view_pairs])), around)
    beside = tallies(language, found.counted, [*asked.main, *asked.more], found.wanted)
    return SearchParts(
        chip_count=len(said["chips"]),
        groups=filled(form_groups(asked, language), beside),
        tallies=beside,
        is_table=found.view is not None,
        **{name: part(name, language, said) for name in ("count", "chips", "show", "list")},
    )


def part(name: str, language: Language, said: Mapping[str, Any]) -> Markup:
    """One piece of the page; Any: values differ in type."""
    text = environment(language).get_template(f"search/{name}.html").render(said)
    return Markup(text)  # noqa: S704  # our own template, escaped there


def form_groups(asked: SearchForm, language: Language) -> Markup:
    said = {
        "kept": asked.kept,
        "text": control_html(asked.text, language),
        "main": [
            group_html(one, language, is_open=place < OPEN_GROUPS)
            for place, one in enumerate(asked.main)
        ],
        "more": [group_html(one, language, is_open=False) for one in asked.more],
        "more_given": sum(one.count for one in asked.more),
        "more_wrong": any(one.is_wrong for one in asked.more),
    }
    return part("groups", language, said)


@lru_cache(maxsize=2_000)
def group_html(group: Group, language: Language, *, is_open: bool) -> Markup:
    """Kept, since most groups of most searches have nothing in them."""
    return macro("group", language)(group, is_open)


def control_html(control: Control, language: Language) -> Markup:
    return macro("control", language)(control)


def macro(name: str, language: Language) -> Callable[..., Markup]:
    found: Callable[..., Markup] = getattr(
        environment(language).get_template("search/controls.html").module, name
    )
    return found


def search_page(page: Page, parts: SearchParts, around: Surroundings) -> str:
    """The whole page."""
    return render(
        "search/page.html",
        page,
        map=map_parts(page, around),
        parts=parts,
        places=around.places,
    )


def search_answer(page: Page, parts: SearchParts, *, with_form: bool) -> str:
    """What changes with the search, for a page that is already there."""
    return render("search/answer.html", page, parts=parts, with_form=with_form)


def refused_page(
    page: Page, pairs: Sequence[tuple[str, str]], faults: Sequence[Fault], around: Surroundings
) -> str:
    """The form as it was sent, with what is wrong at each field; nothing is searched for."""
    given = Given(texts=texts_of(pairs), errors={fault.where: fault.text for fault in faults})
    asked = search_form(given, around)
    errors = [
        {
            "field": fault.where if fault.where in asked.names else "",
            "text": f"{parameter_label(fault.where, page.language)}: "
            f"{fault.text.in_language(page.language)}",
        }
        for fault in faults
    ]
    parts = SearchParts(
        count=Markup(),
        chips=Markup(),
        chip_count=0,
        show=part("show", page.language, {"passing": None}),
        groups=filled(form_groups(asked, page.language), {}),
        tallies={},
        list=Markup(),
    )
    return render(
        "search/refused.html",
        page,
        map=map_parts(page, around),
        parts=parts,
        places=around.places,
        errors=errors,
    )


def parameter_label(name: str, language: Language) -> str:
    """What the form calls a parameter; its own name where there is no such."""
    if name in PARAMETERS:
        return PARAMETERS[name].label.in_language(language)
    own = {"near": NEAR_POINT, "near_place": NEAR_PLACE, "near_km": NEAR_KM}
    return (SPECIAL | own).get(name, Text(name, name)).in_language(language)


def map_parts(page: Page, around: Surroundings) -> MapParts:
    return catalogue_map(page, around.backdrop, words(page.language, around.names))


def words(language: Language, names: Mapping[str, str]) -> str:
    """The labels of codes that the map's popups use, as JSON."""
    said = {
        "municipalities": names,
        "plan": {
            code.code: code.label.in_language(language) for code in SITE["detaljplan_status"].codes
        },
        "levels": [text.in_language(language) for text in LEVELS],
        "cluster": Text(
            "{count} platser: {meets} passar, {may_fit} kan passa. Zooma in.",
            "{count} sites: {meets} meet, {may_fit} may fit. Zoom in.",
        ).in_language(language),
        "day": SITE["drinking_water_m3_day"].unit.in_language(language),
        "site": address(language, "/sites/"),
        "reasons": address(language, "/search/reasons/"),
    }
    return json.dumps(said, ensure_ascii=False)


def texts_of(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, text in pairs:
        if text.strip():
            found.setdefault(name, []).append(text.strip())
    return found


def search_form(given: Given, around: Surroundings) -> SearchForm:
    given = replace(given, texts=in_short(given.texts, around.places))
    return form(given, around.names, around.words, around.audience, around.today.year)


def place_of(wanted: SiteFilter, around: Surroundings) -> str:
    """The name of the point that sites should be near, where it has one."""
    near = wanted.near
    return named(near.longitude, near.latitude, around.places) if near else ""


def answer(language: Language, found: Found, around: Surroundings) -> dict[str, Any]:
    """What the count line, the chips and the list say; Any: values differ in type."""
    wanted = found.wanted
    conditions = chips(wanted, around.names, language, around.places)
    cards = [
        card(
            feature,
            found.marks.get(feature["properties"]["reference"], {}),
            wanted,
            language=language,
            today=around.today,
        )
        for feature in found.features
    ]
    return {
        "totals": found.totals,
        "passing": found.passing,
        "is_searched": bool(conditions),
        "chips": [
            Link(
                chip.text,
                search_address(
                    language,
                    wanted.without(*chip.names),
                    found.part.sort,
                    view=found.view_pairs,
                ),
            )
            for chip in conditions
        ],
        "watching": watching_address(language, wanted),
        "saving": saving_address(language, wanted) if around.audience == "registered" else "",
        "meeting": [one for one in cards if not one.reasons],
        "fitting": [one for one in cards if one.reasons],
        "sentence": sentence(wanted, around.names, place_of(wanted, around), language),
        "hints": hints(language, found, around.names, around.places)
        if found.totals.meets <= FEW
        else [],
        "sorts": sort_links(language, found),
        "views": view_links(language, found),
        "table": table(language, found, found.view, around.audience, around.today)
        if found.view
        else None,
        "downloads": [
            Link(name, path + ("&" if "?" in path else "?") + wanted.query_string())
            for name, path in DOWNLOADS.items()
        ],
        **paging(language, found),
    }
