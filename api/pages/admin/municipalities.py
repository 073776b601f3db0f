"""The municipalities as an administrator follows them, and who serves each."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse

from api.context import HasPage, HasServices, PageForm
from api.pages.admin.access import HasAdmin, private
from catalogue.administration import municipal_standing, organisations
from catalogue.errors import NoSuchMunicipality
from frontend.admin.municipalities import PATH, municipalities_page, municipality_page
from frontend.rendering import address

router = APIRouter(prefix=PATH, include_in_schema=False)


@router.get("")
def list_municipalities(page: HasPage, services: HasServices, admin: HasAdmin) -> HTMLResponse:
    with services.databases.writing(admin) as session:
        standings = municipal_standing.standings(session)
    return private(municipalities_page(page, standings))


@router.get("/{code}")
def show_municipality(
    code: str, page: HasPage, services: HasServices, admin: HasAdmin, saved: bool = False
) -> HTMLResponse:
    with services.databases.writing(admin) as session:
        standings = {one.code: one for one in municipal_standing.standings(session)}
        if code not in standings:
            raise NoSuchMunicipality(code)
        listed = [one.organisation for one in organisations.everyone(session)]
        serves = {one.id: unsure for one, unsure in organisations.serving(session, code)}
    return private(municipality_page(page, standings[code], listed, serves, saved=saved))


@router.post("/{code}")
def change_suppliers(
    code: str, page: HasPage, services: HasServices, admin: HasAdmin, form: PageForm
) -> RedirectResponse:
    """Those ticked serve the municipality, and no others; that is then confirmed."""
    numbers = [int(str(one)) for one in form.getlist("served_by") if str(one).isdigit()]
    with services.databases.writing(admin) as session:
        organisations.confirm_serving(session, code, numbers)
    return RedirectResponse(address(page.language, f"{PATH}/{code}", saved="true"), 303)
