"""What the data means, how accessible the service is, and what it knows about its visitors."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from api.context import HasPage
from frontend import about

router = APIRouter(prefix="/about", include_in_schema=False)


@router.get("/data")
def show_data(page: HasPage) -> HTMLResponse:
    return HTMLResponse(about.data_page(page))


@router.get("/accessibility")
def show_accessibility(page: HasPage) -> HTMLResponse:
    return HTMLResponse(about.accessibility_page(page))


@router.get("/privacy")
def show_privacy(page: HasPage) -> HTMLResponse:
    return HTMLResponse(about.privacy_page(page))
