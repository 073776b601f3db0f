"""The page of what is looked for, for the project."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from api.context import HasNames, HasPage, HasServices
from api.pages.progress import HasMember
from api.parameters import refuse_unknown
from catalogue.errors import BadParameters
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
    """Days that cannot be are told of, above the usual ones."""
    refuse_unknown(request, "since", "until")
    today, faults = services.rules.today, []
    try:
        days = demand.read_days(since, until, today)
    except BadParameters as refusal:
        days, faults = demand.read_days(None, None, today), list(refusal.faults)
    with services.databases.writing(member) as session:
        found = demand.demand(session, member, days)
    shown = demand_page(page, found, today, names, faults)
    return HTMLResponse(shown, 400 if faults else 200, headers={"Cache-Control": "no-store"})
