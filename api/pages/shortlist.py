"""The shortlist, which the browser keeps: its page, its list drawn, and its workbook."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, Response

from api.answers import HasAnswers
from api.context import HasPage, PageForm, ReadSession
from api.pages.workspace import texts_of
from catalogue.comparisons.chosen_sites import MOST_LISTED, choose, side_by_side
from catalogue.comparisons.comparison_files import FORMATS, file_name
from catalogue.comparisons.comparison_workbook import write_comparison
from catalogue.comparisons.notes import read_notes
from frontend.shortlist import items, shortlist_page

router = APIRouter(prefix="/shortlist", include_in_schema=False)

HEADERS = {"Cache-Control": "private, no-cache", "Vary": "Cookie, X-Part"}


@router.get("")
def show_shortlist(
    request: Request,
    page: HasPage,
    session: ReadSession,
    answers: HasAnswers,
    reference: Annotated[tuple[str, ...], Query()] = (),
) -> HTMLResponse:
    """The page; or only the list, where the page asks for what the browser keeps."""
    found = choose(session, reference, answers.visitor.audience, MOST_LISTED)
    faults = [fault.text for fault in found.faults]
    today = answers.services.rules.today
    if "x-part" in request.headers:
        content: str = items(page, found.features, faults, today, is_kept=True)
    else:
        content = shortlist_page(page, found.features, faults, today)
    return HTMLResponse(content, headers=HEADERS)


@router.post("/workbook")
def download_workbook(
    page: HasPage, session: ReadSession, answers: HasAnswers, form: PageForm
) -> Response:
    """The sites side by side with the notes, which only the browser knows."""
    notes = read_notes(texts_of(form))
    audience, today = answers.visitor.audience, answers.services.rules.today
    found = choose(session, list(notes), audience, MOST_LISTED)
    comparison = side_by_side(session, found.features, audience)
    content = write_comparison(
        comparison, page.language, today, [notes[one] for one in found.references]
    )
    name = file_name("xlsx", page.language, today)
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return Response(content, headers=headers, media_type=FORMATS["xlsx"].media_type)
