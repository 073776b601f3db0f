"""The administrator's first page: what needs attention, and whether the installation is sound."""

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse

from api.context import HasPage, HasServices, HasState, Services
from api.pages.admin.access import HasAdmin, private
from catalogue.administration import attention, soundness
from catalogue.administration.soundness import Finding
from catalogue.state import CatalogueState
from frontend.admin.overview import PATH, overview_page

router = APIRouter(prefix=PATH, include_in_schema=False)

LOOKED_EVERY_S = 60
"""Looking everything over reads the whole catalogue."""


@router.get("")
def show_overview(
    page: HasPage, services: HasServices, admin: HasAdmin, state: HasState
) -> HTMLResponse:
    findings = looked_over(services, state)
    with services.databases.writing(admin) as session:
        matters = attention.matters(session, findings, services.settings, services.rules.now())
    return private(overview_page(page, matters, findings))


def looked_over(services: Services, state: CatalogueState) -> list[Finding]:
    """Not older than a minute, and made anew when the catalogue changes."""
    minute = int(services.rules.now().timestamp()) // LOOKED_EVERY_S

    def look() -> list[Finding]:
        with Session(services.databases.owner) as session:
            return soundness.look_inside(session, services.settings)

    return services.cache.kept(("soundness", state.version, minute), look)
