"""The log as a page and as a file."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import HTMLResponse, Response

from api.context import HasLanguage, HasNames, HasPage, HasServices
from api.pages.admin.access import HasAdmin, PageNumber, private
from catalogue.administration import audit
from catalogue.administration.audit import AuditSearch
from frontend.admin.audit import PATH, audit_csv, audit_page
from frontend.admin.paging import PAGE_SIZE, paging

router = APIRouter(include_in_schema=False)

MOST_IN_FILE = 100_000
Words = Annotated[str, Query(max_length=200)]


def get_search(
    kind: Words = "", actor: Words = "", subject: Words = "", since: Words = "", until: Words = ""
) -> AuditSearch:
    return AuditSearch(
        kind=kind, actor=actor.strip(), subject=subject.strip(), since=day(since), until=day(until)
    )


def day(text: str) -> date | None:
    """What a date field sends; anything else is no condition."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


HasSearch = Annotated[AuditSearch, Depends(get_search)]


@router.get(PATH)
def show_log(
    page: HasPage,
    services: HasServices,
    admin: HasAdmin,
    names: HasNames,
    search: HasSearch,
    number: PageNumber = 1,
) -> HTMLResponse:
    held = search.conditions()
    with services.databases.writing(admin) as session:
        total = audit.count(session, *held)
        offset = (number - 1) * PAGE_SIZE
        events = audit.events(session, *held, limit=PAGE_SIZE, offset=offset)
    return private(audit_page(page, events, search, paging(page, number, total), names))


@router.get(f"{PATH}.csv")
def download_log(
    services: HasServices,
    admin: HasAdmin,
    names: HasNames,
    language: HasLanguage,
    search: HasSearch,
) -> Response:
    with services.databases.writing(admin) as session:
        events = audit.events(session, *search.conditions(), limit=MOST_IN_FILE)
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": 'attachment; filename="sitefinder-log.csv"',
    }
    text = audit_csv(events, names, language)
    return Response(text, headers=headers, media_type="text/csv; charset=utf-8")
