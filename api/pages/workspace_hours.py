"""Hours entered from the workspace in one go, and taken back."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import RedirectResponse, Response

from api.context import HasPage, HasServices, PageForm
from api.pages import hours as register
from api.pages.workspace import HasEditor
from api.quick_hours import led_back
from catalogue.errors import Invalid
from catalogue.hours import corrections, hours
from catalogue.hours.hours import plan_of
from frontend.quick_hours import QUICK_HOURS_PATH

router = APIRouter(prefix=QUICK_HOURS_PATH, include_in_schema=False)


@router.post("")
def log_hours(page: HasPage, services: HasServices, editor: HasEditor, form: PageForm) -> Response:
    """Entered, and back to where the work was done; a refusal is shown in the register's form."""
    raw = {key: str(form.get(key, "")) for key in hours.KEYS if key != "sites" and key in form}
    sent = {**raw, "sites": [str(one) for one in form.getlist("sites") if one]}
    try:
        added = register.enter(services, editor, sent)
    except Invalid as refusal:
        return register.refused(page, services, editor, {"municipality": "", **sent}, refusal)
    return RedirectResponse(led_back(str(form.get("back", "")), added.id), 303)


@router.post("/{number}/removal")
def take_back(
    number: Annotated[int, Path(ge=1, le=2**62)],
    services: HasServices,
    editor: HasEditor,
    form: PageForm,
) -> RedirectResponse:
    with services.databases.writing(editor) as session:
        corrections.take_back(
            session, editor, number, plan_of(services.settings), services.rules.today
        )
    return RedirectResponse(led_back(str(form.get("back", ""))), 303)
