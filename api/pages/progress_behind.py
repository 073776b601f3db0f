"""The list behind a figure of progress, on two days."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from api.context import HasPage, HasServices
from api.pages.progress import HasMember, HasSpan
from api.parameters import refuse_unknown
from catalogue.behind.behind import behind, read_figure
from catalogue.hours.hours import plan_of
from frontend.progress_behind import Pages, behind_page

router = APIRouter(include_in_schema=False)


@router.get("/progress/behind")
def show_behind(
    request: Request,
    member: HasMember,
    page: HasPage,
    services: HasServices,
    span: HasSpan,
    figure: str = "",
    municipality: Annotated[Sequence[str], Query()] = (),
    show: Literal["changed", "unchanged"] = "changed",
    number: Annotated[int, Query(alias="page", ge=1, le=10_000)] = 1,
) -> HTMLResponse:
    refuse_unknown(request, "as_of", "since", "figure", "municipality", "show", "page")
    pages, plan = Pages(show, number), plan_of(services.settings)
    shelf_life = services.rules.shelf_life
    with services.databases.writing(member) as session:
        asked = read_figure(session, member, figure, municipality, span)
        found = behind(session, member, asked, plan, shelf_life, pages.window)
    return HTMLResponse(behind_page(page, found, pages, services.rules))
