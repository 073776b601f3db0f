"""The progress page and the sites behind its figures."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse

from api.context import HasLanguage, HasPage, HasServices, HasVisitor, Services, sign_in_first
from api.parameters import refuse_unknown
from catalogue.database import Actor
from catalogue.hours.hours import plan_of
from catalogue.progress.progress import (
    Progress,
    Span,
    may_read,
    progress,
    read_span,
    readable_names,
)
from catalogue.progress.progress_fields import field_on, read_field
from catalogue.progress.progress_filter import Given, ProgressFilter, read_filter
from catalogue.progress.progress_gaps import gaps
from catalogue.progress.progress_levels import levels_on
from catalogue.progress.progress_themes import theme_progress
from catalogue.progress.readings import Reading
from catalogue.progress.trends import trends
from catalogue.snapshots.reporting_dates import reporting
from frontend import progress as pages
from frontend.progress_sites import Wanted, sites_page
from frontend.progress_waiting import waiting_page

router = APIRouter(include_in_schema=False)

Day = Annotated[str, Query()]
FILTER_NAMES = ("as_of", "since", "period", "municipality", "theme")


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


def get_filter(
    services: HasServices,
    member: HasMember,
    as_of: Day = "",
    since: Day = "",
    period: Annotated[str, Query()] = "",
    municipality: Annotated[Sequence[str], Query()] = (),
    theme: Annotated[str, Query()] = "",
) -> ProgressFilter:
    given = Given(as_of=as_of, since=since, period=period, municipality=municipality, theme=theme)
    with services.databases.writing(member) as session:
        names = readable_names(session, member)
    return read_filter(given, names, services.settings.baseline_date, services.rules.today)


HasFilter = Annotated[ProgressFilter, Depends(get_filter)]


@router.get("/progress")
def show_progress(
    request: Request,
    member: HasMember,
    page: HasPage,
    services: HasServices,
    chosen: HasFilter,
    unfold: bool = False,
) -> HTMLResponse:
    refuse_unknown(request, *FILTER_NAMES, "unfold")
    with services.databases.writing(member) as session:
        names = readable_names(session, member)
        found = view(session, member, services, chosen)
    return HTMLResponse(
        pages.progress_page(page, found, chosen, names, services.rules.today, is_unfolded=unfold)
    )


def view(
    session: Session, member: Actor, services: Services, chosen: ProgressFilter
) -> pages.Found:
    """What the page shows of the municipalities and the theme chosen."""
    plan, shelf_life = plan_of(services.settings), services.rules.shelf_life
    found = progress(session, member, chosen.span, plan, shelf_life, chosen=chosen.municipalities)
    names = {row.code: row.name.sv for row in found.rows}
    waiting = gaps(session, found.as_of, names)
    reading = Reading(session, names, plan, shelf_life, is_part=bool(chosen.municipalities))
    return pages.Found(
        progress=found,
        gaps=waiting.within(chosen.theme) if chosen.theme else waiting,
        levels=levels_on(session, found.as_of, names, shelf_life),
        levels_before=levels_on(session, found.since, names, shelf_life),
        theme=theme_progress(session, found, chosen.theme) if chosen.theme else None,
        trends=trends(reading, services.settings.baseline_date, found.as_of),
        reporting=reporting(services.settings, services.rules.today),
    )


@router.get("/progress/waiting")
def show_waiting(
    request: Request,
    member: HasMember,
    page: HasPage,
    services: HasServices,
    chosen: HasFilter,
    who: Annotated[str | None, Query(max_length=200)] = None,
) -> HTMLResponse:
    """What waits for one who has the answer, as it was known that day."""
    refuse_unknown(request, *FILTER_NAMES, "who")
    with services.databases.writing(member) as session:
        names = readable_names(session, member)
        places = {
            code: name
            for code, name in names.items()
            if not chosen.municipalities or code in chosen.municipalities
        }
        found = gaps(session, chosen.span.as_of, places)
    found = found.within(chosen.theme) if chosen.theme else found
    found = found if who is None else found.owed_by(who)
    return HTMLResponse(waiting_page(page, found, chosen, who, names, services.rules.today))


@router.get("/progress/sites")
def show_sites(
    request: Request,
    member: HasMember,
    page: HasPage,
    services: HasServices,
    span: HasSpan,
    municipality: Annotated[Sequence[str], Query()] = (),
    status: str = "",
    readiness: str = "",
    field: str = "",
    mark: str = "",
) -> HTMLResponse:
    """The sites that a figure counts, as they were known that day."""
    refuse_unknown(
        request, "as_of", "since", "municipality", "status", "readiness", "field", "mark"
    )
    wanted = Wanted(municipality, status, readiness, read_field(field, mark), mark)
    found = found_for(services, member, span)
    with services.databases.writing(member) as session:
        codes = [row.code for row in found.rows]
        behind = field_on(session, span.as_of, wanted.field, codes) if wanted.field else {}
    return HTMLResponse(sites_page(page, found, wanted, behind))
