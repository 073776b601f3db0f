"""The progress page and the sites behind its figures."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse

from api.context import HasLanguage, HasPage, HasServices, HasVisitor, Services, sign_in_first
from api.parameters import refuse_unknown
from catalogue.database import Actor
from catalogue.hours.hours import plan_of
from catalogue.progress.progress import Progress, Span, may_read, progress, read_span
from catalogue.progress.progress_gaps import gaps
from catalogue.snapshots.reporting_dates import reporting
from frontend import progress as pages

router = APIRouter(include_in_schema=False)

Day = Annotated[str, Query()]


def get_member(request: Request, visitor: HasVisitor, language: HasLanguage) -> Actor:
    """Somebody of the project; others are refused, and who has not signed in is asked to."""
    if visitor.actor is None:
        raise sign_in_first(request, language)
    may_read(visitor.actor)
    return visitor.actor


HasMember = Annotated[Actor, Depends(get_member)]


def get_span(services: HasServices, as_of: Day = "", since: Day = "") -> Span:
    return read_span(as_of, since, services.settings.baseline_date, services.rules.today)


HasSpan = Annotated[Span, Depends(get_span)]


def found_for(services: Services, member: Actor, span: Span) -> Progress:
    with services.databases.writing(member) as session:
        return progress(
            session, member, span, plan_of(services.settings), services.rules.shelf_life
        )


@router.get("/progress")
def show_progress(
    request: Request, member: HasMember, page: HasPage, services: HasServices, span: HasSpan
) -> HTMLResponse:
    refuse_unknown(request, "as_of", "since")
    found = found_for(services, member, span)
    names = {row.code: row.name.sv for row in found.rows}
    with services.databases.writing(member) as session:
        standing = gaps(session, span.as_of, names)
    return HTMLResponse(
        pages.progress_page(
            page,
            found,
            standing,
            services.rules.today,
            services.settings.baseline_date,
            reporting=reporting(services.settings, services.rules.today),
        )
    )


@router.get("/progress/sites")
def show_sites(
    request: Request,
    member: HasMember,
    page: HasPage,
    services: HasServices,
    span: HasSpan,
    municipality: str = "",
    status: str = "",
    readiness: str = "",
) -> HTMLResponse:
    """The sites that a figure counts, as they were known that day."""
    refuse_unknown(request, "as_of", "since", "municipality", "status", "readiness")
    wanted = pages.Wanted(municipality, status, readiness)
    return HTMLResponse(pages.sites_page(page, found_for(services, member, span), wanted))
