"""The searches that a reader has saved, and the form that saves one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from catalogue.alerts.alerts import FREQUENCY_WORDS
from catalogue.errors import BadParameters
from catalogue.search.filters import SiteFilter
from catalogue.search.saved_searches import LONGEST_NAME, SavedSearch, read_query
from frontend.rendering import Page, render
from frontend.search_links import SEARCHES_PATH
from frontend.search_words import chips
from geo.texts import Language, Text

LEFT_OUT = " …"


@dataclass(frozen=True, kw_only=True)
class SearchLine:
    """One saved search, with its conditions in words."""

    search: SavedSearch
    conditions: Sequence[str]
    """Empty where the search asks for what no longer exists."""
    frequency: str = ""
    """How often the reader is told of it by letter; empty for never."""


@dataclass(frozen=True, kw_only=True)
class SearchForm:
    """The search about to be saved or renamed, and what was wrong with its name."""

    query: str = ""
    conditions: Sequence[str] = ()
    name: str = ""
    number: int = 0
    """The saved search that gets a new name; 0 for a new one."""
    error: Text | None = None


@dataclass(frozen=True)
class Told:
    """What has just happened (saved, renamed, removed, told or untold), and which searches the
    reader is told of how often, by number."""

    done: str = ""
    frequencies: Mapping[int, str] = field(default_factory=dict)


NOTHING = Told()


def searches_page(
    page: Page,
    searches: Sequence[SavedSearch],
    names: Mapping[str, str],
    form: SearchForm,
    told: Told = NOTHING,
) -> str:
    return render(
        "account/searches.html",
        page,
        lines=[
            SearchLine(
                search=one,
                conditions=conditions(one.query, names, page.language),
                frequency=told.frequencies.get(one.id, ""),
            )
            for one in searches
        ],
        form=form,
        error=form.error.in_language(page.language) if form.error else "",
        longest=LONGEST_NAME,
        done=told.done,
        frequencies=list(FREQUENCY_WORDS.items()),
        path=SEARCHES_PATH,
    )


def new_search(
    wanted: SiteFilter, names: Mapping[str, str], language: Language, error: Text | None = None
) -> SearchForm:
    """A search with a name proposed from its conditions."""
    said = [chip.text for chip in chips(wanted, names, language)]
    return SearchForm(
        query=wanted.query_string(),
        conditions=said,
        name=proposed_name(said),
        error=error,
    )


def proposed_name(conditions: Sequence[str]) -> str:
    """As many whole conditions as there is room for."""
    name = ", ".join(conditions)
    if len(name) <= LONGEST_NAME:
        return name
    kept = name[: LONGEST_NAME - len(LEFT_OUT)]
    return (kept.rpartition(", ")[0] or kept) + LEFT_OUT


def conditions(query: str, names: Mapping[str, str], language: Language) -> list[str]:
    try:
        return [chip.text for chip in chips(read_query(query, names), names, language)]
    except BadParameters:
        return []
