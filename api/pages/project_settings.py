"""The page where the project office reads the project's settings and how they have changed."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from api.context import HasPage, HasServices
from api.pages.indicators import PRIVATE, HasKeeper
from api.parameters import refuse_unknown
from catalogue.administration import adjustments
from catalogue.administration.adjustments import OF_THE_PROJECT
from frontend.project_settings import SETTINGS_PATH, project_settings_page

router = APIRouter(prefix=SETTINGS_PATH, include_in_schema=False)
MOST_CHANGES = 500


@router.get("")
def show_project_settings(
    request: Request, page: HasPage, services: HasServices, keeper: HasKeeper
) -> HTMLResponse:
    refuse_unknown(request)
    with services.databases.writing(keeper) as session:
        latest = adjustments.latest(session)
        history = adjustments.history(session, MOST_CHANGES, OF_THE_PROJECT)
    content = project_settings_page(page, services.settings, latest, history)
    return HTMLResponse(content, headers=PRIVATE)
