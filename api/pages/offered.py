"""Which sites were offered to clients, for the municipality whose sites they are."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from api.context import HasNames, HasPage, HasServices
from api.pages.workspace import PRIVATE, HasReader
from catalogue.requests.offered import offers
from frontend.offered import PATH, offered_page
from frontend.workspace import Choice

router = APIRouter(include_in_schema=False)


@router.get(PATH)
def show_offers(
    page: HasPage, services: HasServices, reader: HasReader, names: HasNames, municipality: str = ""
) -> HTMLResponse:
    """All that the reader may know of, or one municipality's."""
    code = reader.municipality or (municipality if municipality in names else "")
    with services.databases.writing(reader) as session:
        found = offers(session, code)
    choice = Choice(code=code, names=names, may_choose=reader.municipality is None)
    return HTMLResponse(offered_page(page, found, choice), headers=PRIVATE)
