"""The first page: filter, list and map."""

from dataclasses import replace
from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from api.answers import Answers, HasAnswers
from api.backdrop import backdrop_of
from api.context import HasPage, HasVisit, ReadSession
from api.devices import is_robot
from api.parameters import HasFilter, SiteSearch, read_search
from catalogue import listed_values
from catalogue.errors import BadParameters
from catalogue.listing import LISTINGS
from catalogue.search import counting, places, queries
from catalogue.search.counts import YEARS_AHEAD
from catalogue.search.filters import SiteFilter
from catalogue.search.shorthand import spelled_out
from catalogue.search.table_columns import read_view, without_view
from catalogue.search.tallied import EVERY_FIELD, MOST_ASKED, POWER
from frontend.rendering import Page, address
from frontend.search import (
    SearchParts,
    Surroundings,
    refused_page,
    search_answer,
    search_page,
    search_parts,
)
from frontend.search_cards import MARKED_KEYS
from frontend.search_links import Found, search_address
from frontend.search_words import reasons
from geo.texts import Language

router = APIRouter(include_in_schema=False)
EVERY_FIELD_UP_TO = 2_000
"""Sites; with more, counting every field would take longer than the search itself."""
HEADERS = {"Cache-Control": "private, no-cache", "Vary": "HX-Request, Cookie"}


def surroundings(visit: HasVisit) -> Surroundings:
    session, audience, cache = visit.session, visit.visitor.audience, visit.services.cache
    return Surroundings(
        names=visit.names,
        words=cache.kept(
            ("words", visit.state.version, audience),
            lambda: listed_values.words_in_use(session, LISTINGS[audience]),
        ),
        places=cache.kept(("places", visit.state.layers_version), lambda: places.places(session)),
        audience=audience,
        backdrop=backdrop_of(visit),
        today=visit.services.rules.today,
    )


HasSurroundings = Annotated[Surroundings, Depends(surroundings)]


@router.get("/")
def show_search(request: Request, answers: HasAnswers) -> Response:
    """The whole page, or only what changes where the page asks for itself again.

    A form sends its empty fields and its shorthand too: the visitor is led to the address
    without them.
    """
    page, around = answers.visit.page, surroundings(answers.visit)
    asked = request.query_params.multi_items()
    pairs = asked
    is_part = (
        "hx-request" in request.headers and "hx-history-restore-request" not in request.headers
    )
    try:
        pairs = spelled_out(asked, around.places)
        if not is_part and (pairs != asked or any(not text.strip() for _, text in pairs)):
            return RedirectResponse(address(page.language, "/", **filled(pairs)), 303)
        view = read_view(pairs, around.audience)
        search = replace(read_search(without_view(pairs), around.names), view=view)
    except BadParameters as refusal:
        return HTMLResponse(refused_page(page, pairs, refusal.faults, around), 400, HEADERS)
    parts = kept_parts(answers.session, search, around, page.language, answers)
    note_use(request, search, answers)
    if is_part:
        content = search_answer(page, parts, with_form="hx-boosted" in request.headers)
        return HTMLResponse(content, headers=HEADERS | pushed(page, search))
    return HTMLResponse(search_page(page, parts, around), headers=HEADERS)


@router.get("/search/reasons/{reference}")
def show_reasons(
    reference: str, page: HasPage, session: ReadSession, around: HasSurroundings, wanted: HasFilter
) -> PlainTextResponse:
    """Why a site only may fit a search, for its popup on the map."""
    found = queries.feature(session, wanted, LISTINGS[around.audience], reference)
    said = orjson.loads(found)["properties"]
    return PlainTextResponse(". ".join(reasons(said, page.language, around.today)), headers=HEADERS)


def note_use(request: Request, search: SiteSearch, answers: Answers) -> None:
    """Whoever looks for land is counted: not the project's own people, robots or further pages."""
    actor = answers.visitor.actor
    is_reader = actor is None or actor.role == "investor"
    if is_reader and not search.page.offset and not is_robot(request.headers.get("user-agent", "")):
        answers.services.uses.note(search.wanted, answers.visitor.audience)


def pushed(page: Page, search: SiteSearch) -> dict[str, str]:
    """The permanent link of the search, for the browser's address bar."""
    part = search.page
    return {"HX-Push-Url": search_address(
        page.language, search.wanted, part.sort, part.offset,
        view=search.view.pairs if search.view else (),
    )}  # fmt: skip


def filled(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, text in pairs:
        if text.strip():
            found.setdefault(name, []).append(text.strip())
    return found


def kept_parts(
    session: Session,
    search: SiteSearch,
    around: Surroundings,
    language: Language,
    answers: Answers,
) -> SearchParts:
    """The answer to a search, made once while the catalogue stays the same."""
    key = (
        "search", answers.state.version, answers.state.layers_version, around.audience,
        around.today, language, search.wanted.query_string(), search.page, search.view,
    )  # fmt: skip
    return answers.services.cache.kept(
        key,
        lambda: search_parts(language, find(session, search, around, answers.listed()), around),
    )


def counted_keys(wanted: SiteFilter, listed: int) -> tuple[str, ...]:
    """Every field in a catalogue of usual size; in a huge one those asked about most, and now."""
    if listed <= EVERY_FIELD_UP_TO:
        return (*EVERY_FIELD, POWER)
    asked = [one.key for one in wanted.conditions if one.key in EVERY_FIELD]
    return tuple(dict.fromkeys([*MOST_ASKED, POWER, *asked]))


def years_from(this_year: int) -> range:
    return range(this_year, this_year + YEARS_AHEAD + 1)


def find(session: Session, search: SiteSearch, around: Surroundings, listed: int) -> Found:
    """What the search finds among the `listed` sites."""
    table, wanted = LISTINGS[around.audience], search.wanted
    totals, some = queries.found(session, wanted, table, search.page, listed)
    features = [orjson.loads(text) for text in some]
    references = [feature["properties"]["reference"] for feature in features]
    marked = search.view.columns if search.view else MARKED_KEYS
    return Found(
        wanted=wanted,
        part=search.page,
        totals=totals,
        features=features,
        marks=listed_values.marks(session, table, references, marked, around.today),
        view=search.view,
        counted=counting.counted(
            session, wanted, table, counted_keys(wanted, listed), years_from(around.today.year)
        ),
    )
