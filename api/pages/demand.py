"""The page of what is looked for, for the project."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from api.context import HasNames, HasPage, HasServices
from api.pages.progress import HasMember
from api.parameters import refuse_unknown
from catalogue.progress import demand
from frontend.demand import demand_page

router = APIRouter(include_in_schema=False)


@router.get("/progress/demand")
def show_demand(
    request: Request,
    member: HasMember,
    page: HasPage,
    services: HasServices,
    names: HasNames,
    since: str = "",
    until: str = "",
) -> HTMLResponse:
    refuse_unknown(request, "since", "until")
    days = demand.read_days(since, until, services.rules.today)
    with services.databases.writing(member) as session:
        found = demand.demand(session, member, days)
    return HTMLResponse(
        demand_page(page, found, services.rules.today, names), headers={"Cache-Control": "no-store"}
    )
