"""Sites side by side as a page, and as files from it."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.answers import HasAnswers
from api.backdrop import HasBackdrop
from api.comparisons import comparison_answer
from api.context import HasNames, HasPage, ReadSession
from catalogue.access.registered_keys import registered_keys
from catalogue.comparisons.chosen_sites import MOST, choose, side_by_side
from catalogue.database import Audience
from catalogue.errors import NotFound
from catalogue.listing import LISTINGS
from catalogue.search import filters, queries
from frontend.compare import Asked, compare_address, compare_page
from geo.texts import Text

router = APIRouter(include_in_schema=False)

LONGEST_NAME = 80
MOST_SUGGESTED = 8
HEADERS = {"Cache-Control": "private, no-cache", "Vary": "Cookie"}
FULL = Text(
    "Redan {most} platser bredvid varandra. Ta bort en innan du lägger till en annan.",
    "There are {most} sites beside each other already. Remove one before you add another.",
)
NOBODY = Text(
    "Ingen plats heter något med ”{words}”. Prova en del av namnet, kommunen eller beteckningen.",
    "No site is called anything like “{words}”. Try a part of the name, the municipality or the "
    "reference.",
)


class Given(BaseModel):
    """The parameters of the page's address."""

    reference: tuple[str, ...] = ()
    add: str = ""
    differences: str = ""
    format: str = ""


@router.get("/compare")
def show_comparison(
    given: Annotated[Given, Query()],
    page: HasPage,
    session: ReadSession,
    names: HasNames,
    answers: HasAnswers,
    backdrop: HasBackdrop,
) -> Response:
    """What can be shown is shown, with what could not and why above it."""
    audience, rules = answers.visitor.audience, answers.services.rules
    found = choose(session, given.reference, audience)
    faults = [fault.text for fault in found.faults]
    added, suggestions = given.add.strip()[:LONGEST_NAME], []
    if added and len(found.features) >= MOST:
        faults.append(FULL.format(most=str(MOST)))
    elif added:
        suggestions = called(session, added, audience, names, found.references)
        if len(suggestions) == 1:
            references = [*found.references, str(suggestions[0]["id"])]
            return RedirectResponse(compare_address(page.language, references), 303)
        if not suggestions:
            faults.append(NOBODY.format(words=added))
    if given.reference and not found.features:
        raise NotFound(faults[0])
    comparison = side_by_side(session, found.features, audience)
    if given.format:
        return comparison_answer(
            comparison,
            given.format,
            language=page.language,
            rules=rules,
            headers=answers.headers,
        )
    asked = Asked(
        audience=audience,
        today=rules.today,
        only_differences=given.differences == "true",
        faults=faults,
        added=added,
        suggestions=suggestions,
        registered=registered_keys(answers.services.databases, found.features, audience),
    )
    return HTMLResponse(compare_page(page, backdrop, comparison, asked), headers=HEADERS)


def called(
    session: Session,
    words: str,
    audience: Audience,
    names: Mapping[str, str],
    shown: Sequence[str],
) -> list[Mapping[str, Any]]:
    """The sites that a search for the words finds and that are not shown yet. Any: GeoJSON."""
    wanted = filters.parse([("text", words)], names)
    part = queries.Page(limit=MOST_SUGGESTED)
    found = map(orjson.loads, queries.features(session, wanted, LISTINGS[audience], part))
    return [feature for feature in found if feature["id"] not in shown]
