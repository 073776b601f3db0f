"""The shortlist: what the browser keeps, drawn by the server as cards with room for a note."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from catalogue.comparisons.chosen_sites import MOST, MOST_LISTED
from catalogue.comparisons.notes import LONGEST_NOTE
from catalogue.enquiries.enquiry_input import MOST_SITES
from catalogue.fields import SITE
from catalogue.listed_values import told_mark
from catalogue.search.filters import SiteFilter
from frontend.compare import compare_address
from frontend.rendering import Page, address, render
from frontend.search_cards import MARKED_KEYS, Card, card
from geo.texts import Language, Text


def shortlist_page(
    page: Page, features: Sequence[Mapping[str, Any]], faults: Sequence[Text], today: date
) -> str:
    """The page around the list; sites that the address names are shown as they are asked for,
    without script too. Any: GeoJSON.
    """
    return render(
        "shortlist/page.html",
        page,
        items=None if not features else items(page, features, faults, today, is_kept=False),
        most=MOST_LISTED,
    )


def items(
    page: Page,
    features: Sequence[Mapping[str, Any]],
    faults: Sequence[Text],
    today: date,
    *,
    is_kept: bool,
) -> Markup:
    """The list itself; what the browser keeps can be put in order and noted on. Any: GeoJSON."""
    references = [str(feature["id"]) for feature in features]
    text = render(
        "shortlist/items.html",
        page,
        cards=[site_card(feature, page.language, today) for feature in features],
        references=references,
        faults=[fault.in_language(page.language) for fault in faults],
        compare=compare_address(page.language, references[:MOST]),
        enquiry=address(page.language, "/enquiries/new", reference=references[:MOST_SITES]),
        compared=min(len(references), MOST),
        is_kept=is_kept,
        longest_note=LONGEST_NOTE,
    )
    return Markup(text)  # noqa: S704  # our own template, escaped there


def site_card(feature: Mapping[str, Any], language: Language, today: date) -> Card:
    """As in the list of a search without conditions, which leaves nothing in doubt. Any: GeoJSON."""
    said = {**feature["properties"], "unknown": ()}
    behind = said["provenance"]
    marks = {key: told_mark(behind[key], SITE[key], today) for key in MARKED_KEYS if key in behind}
    return card(
        {**feature, "properties": said}, marks, SiteFilter(), language=language, today=today
    )
