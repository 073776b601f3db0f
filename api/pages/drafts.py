"""Where a form's script leaves what is typed, every few seconds."""

import re
from http import HTTPStatus

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.context import HasServices, PageForm
from api.pages.workspace import HasEditor, texts_of
from catalogue import sites
from catalogue.database import Actor
from catalogue.errors import NotFound
from catalogue.forms import drafts
from catalogue.forms.drafts import Draft
from catalogue.forms.form_texts import first
from catalogue.forms.forms import Submitted
from geo.texts import Text

router = APIRouter(include_in_schema=False)

PLACE = re.compile(r"^(?P<whose>[A-Z]{2,5}-\d{4}-\d{3,}|\d{4})/[a-z_]{2,20}$")


@router.post("/workspace/drafts")
def keep_draft(services: HasServices, editor: HasEditor, form: PageForm) -> Response:
    """Kept; or forgotten, where nothing differs from what is saved."""
    sent = Submitted(texts_of(form), "sv")
    place = first(sent.texts, "place")
    with services.databases.writing(editor) as session:
        check_place(session, editor, place)
        if texts := first(sent.texts, "texts"):
            before = first(sent.texts, "before")
            draft = Draft(place=place, version=sent.version, before=before, texts=texts)
            drafts.keep(session, editor, draft)
        else:
            drafts.forget(session, editor, place)
    return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Cache-Control": "no-store"})


def check_place(session: Session, editor: Actor, place: str) -> None:
    """Raises `NotFound` and `NotAllowed` for a form that the editor could not save."""
    found = PLACE.match(place)
    if found is None:
        raise NotFound(Text("Formuläret finns inte.", "There is no such form."))
    whose = found["whose"]
    if whose.isdecimal():
        sites.may_write(editor, whose)
    else:
        sites.find_to_write(session, editor, whose)
