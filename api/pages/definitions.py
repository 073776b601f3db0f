"""The page that says what every figure of progress means, and the SQL that counts it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse

from api.context import HasPage, HasServices
from api.pages.progress import get_member
from api.parameters import refuse_unknown
from catalogue.database import Actor
from catalogue.hours.hours import plan_of
from frontend import definitions

router = APIRouter(include_in_schema=False)


@router.get("/progress/definitions")
def show_definitions(
    request: Request,
    member: Annotated[Actor, Depends(get_member)],
    page: HasPage,
    services: HasServices,
) -> HTMLResponse:
    refuse_unknown(request)
    rules = services.rules
    return HTMLResponse(
        definitions.definitions_page(
            page, plan_of(services.settings), rules.shelf_life, rules.today
        )
    )
