"""A question to those who know, written at a site or at a municipality's profile, and sent."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.asking import ask
from api.context import HasNames, HasPage, HasServices, PageForm, Services
from api.pages.workspace import HasEditor, municipality_of, texts_of
from catalogue.database import Actor
from catalogue.errors import Invalid
from catalogue.forms.form_texts import Texts, first
from catalogue.questions import questions
from catalogue.questions.askable_fields import ASKABLE
from catalogue.questions.question_input import Receiver, read_request
from catalogue.questions.question_receivers import receivers, suggested
from catalogue.questions.question_subjects import (
    Subject,
    askable,
    find_to_write,
    owner_of,
    reference_of,
)
from catalogue.questions.questions import STAGES
from frontend.profile_links import PROFILE_PATH
from frontend.question_form import Around, Draft, question_page, worth_asking
from frontend.questions import PATH
from frontend.rendering import Page, address

router = APIRouter(include_in_schema=False)
OF_SITE = "/workspace/sites/{reference}/questions/new"
OF_PROFILE = f"{PROFILE_PATH}/questions/new"
MOST_SHOWN_RECEIVERS = 6
SIMPLE = (
    "receiver_name", "receiver_email", "receiver_organisation", "language", "message", "reply_by",
    "remind_after_days",
)  # fmt: skip


class Wanted(BaseModel):
    """What the form is opened with."""

    field: list[str] = Field(default_factory=list)
    theme: str = ""
    """All that is worth asking about one theme, where no field is named."""
    name: str = Field("", max_length=120)
    receiver: int | None = Field(None, ge=0, le=MOST_SHOWN_RECEIVERS)
    """One of those asked before, by place."""
    municipality: str = ""


@router.get(OF_SITE)
def show_new_question(
    reference: str,
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    wanted: Annotated[Wanted, Query()],
) -> HTMLResponse:
    """The form, filled in as far as it can be told who knows."""
    return new_answer(page, services, editor, (reference, ""), wanted)


@router.get(OF_PROFILE)
def show_new_profile_question(
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    wanted: Annotated[Wanted, Query()],
) -> HTMLResponse:
    code = municipality_of(editor, wanted.municipality, names)
    return new_answer(page, services, editor, ("", code), wanted)


def new_answer(
    page: Page, services: Services, editor: Actor, subject: tuple[str, str], wanted: Wanted
) -> HTMLResponse:
    """`subject`: a site's reference, or a municipality's code."""
    with services.databases.writing(editor) as session:
        about = find_to_write(session, editor, *subject)
        around = surroundings_of(session, services, about)
        keys = [key for key in askable(about) if key in wanted.field]
        if not keys:
            keys = worth_asking(about, wanted.theme, services.rules)
        to = suggested(session, about, keys)
    if wanted.name:
        to = Receiver(name=wanted.name, email="")
    if wanted.receiver is not None and wanted.receiver < len(around.receivers):
        to = around.receivers[wanted.receiver]
    days = str(services.settings.question_reminder_days)
    draft = Draft(keys=keys, receiver=to, remind_after_days=days)
    return HTMLResponse(question_page(page, around, draft))


def surroundings_of(session: Session, services: Services, about: Subject) -> Around:
    reference, code = reference_of(about), owner_of(about)
    held = questions.about_site(reference) if reference else questions.about_profile(code)
    return Around(
        about=about,
        rules=services.rules,
        link_days=services.settings.question_days,
        receivers=receivers(session, code)[:MOST_SHOWN_RECEIVERS],
        open_questions=questions.chosen(session, [held, STAGES["open"]]),
    )


@router.post(OF_SITE)
def send_question(
    reference: str, page: HasPage, services: HasServices, editor: HasEditor, form: PageForm
) -> Response:
    """The question sent; or the form again with what is wrong."""
    return sent_answer(page, services, editor, (reference, ""), form)


@router.post(OF_PROFILE)
def send_profile_question(
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    form: PageForm,
    municipality: str = "",
) -> Response:
    code = municipality_of(editor, municipality, names)
    return sent_answer(page, services, editor, ("", code), form)


def sent_answer(
    page: Page, services: Services, editor: Actor, subject: tuple[str, str], form: FormData
) -> Response:
    texts = texts_of(form)
    raw = {
        **dict(zip(("reference", "municipality"), subject, strict=True)),
        "fields": list(texts.get("fields", ())),
        "show": list(texts.get("show", ())),
        **{name: first(texts, name) for name in SIMPLE},
    }
    try:
        with services.databases.writing(editor) as session:
            request = read_request(
                raw, services.rules.today, services.settings.question_reminder_days
            )
            asked = ask(session, services, editor, request)
    except Invalid as refusal:
        with services.databases.writing(editor) as session:
            about = find_to_write(session, editor, *subject)
            around = surroundings_of(session, services, about)
        shown = question_page(page, around, draft_of(texts, refusal))
        return HTMLResponse(shown, HTTPStatus.UNPROCESSABLE_ENTITY)
    return RedirectResponse(address(page.language, f"{PATH}/{asked.id}", done="sent"), 303)


def draft_of(texts: Texts, refusal: Invalid) -> Draft:
    return Draft(
        keys=[key for key in ASKABLE if key in texts.get("fields", ())],
        shown=frozenset(texts.get("show", ())),
        receiver=Receiver(
            name=first(texts, "receiver_name"),
            email=first(texts, "receiver_email"),
            organisation=first(texts, "receiver_organisation"),
            language="en" if first(texts, "language") == "en" else "sv",
        ),
        message=first(texts, "message"),
        reply_by=first(texts, "reply_by"),
        remind_after_days=first(texts, "remind_after_days"),
        faults=refusal.faults,
        refusal=refusal.text,
    )
