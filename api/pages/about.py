"""What the data means, how accessible the service is, and what it knows about its visitors."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from api.context import HasPage, HasServices
from frontend import about

router = APIRouter(prefix="/about", include_in_schema=False)


@router.get("/data")
def show_data(page: HasPage, services: HasServices) -> HTMLResponse:
    return HTMLResponse(about.data_page(page, services.rules.shelf_life))


@router.get("/accessibility")
def show_accessibility(page: HasPage, services: HasServices) -> HTMLResponse:
    return HTMLResponse(about.accessibility_page(page, services.settings.contact_email))


@router.get("/privacy")
def show_privacy(page: HasPage, services: HasServices) -> HTMLResponse:
    return HTMLResponse(about.privacy_page(page, services.settings.contact_email))
