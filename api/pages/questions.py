"""Questions to those who know: written at a site, followed, and their answers decided on."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.asking import ask
from api.context import HasNames, HasPage, HasServices, PageForm, Services
from api.pages.workspace import HasEditor, municipality_of, texts_of
from api.problems import status_of
from catalogue import sites
from catalogue.database import Actor
from catalogue.errors import Changed, Invalid, NotPossible
from catalogue.forms.form_texts import Texts, first
from catalogue.forms.forms import Submitted
from catalogue.questions import question_asking, question_reminders, questions
from catalogue.questions.question_acceptance import decide, whole
from catalogue.questions.question_input import ASKABLE, Receiver, read_request
from catalogue.questions.question_receivers import receivers, suggested
from catalogue.questions.questions import STAGES
from catalogue.tables import question as table
from frontend.question_form import Around, Draft, question_page, worth_asking
from frontend.questions import DONE, PATH, Listing, Told, one_question_page, questions_page
from frontend.rendering import Page, address
from frontend.site_form_parts import SECTIONS
from geo.texts import Text

router = APIRouter(include_in_schema=False)
NEW = "/workspace/sites/{reference}/questions/new"
MOST_SHOWN_RECEIVERS = 6
MOST_LISTED = 500
Number = Annotated[int, Path(ge=1, le=2**31)]


@router.get(NEW)
def show_new_question(
    reference: str,
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    field: Annotated[list[str] | None, Query()] = None,
    theme: str = "",
    name: Annotated[str, Query(max_length=120)] = "",
    receiver: Annotated[int | None, Query(ge=0, le=MOST_SHOWN_RECEIVERS)] = None,
) -> HTMLResponse:
    """The form, filled in as far as it can be told who knows."""
    with services.databases.writing(editor) as session:
        around = surroundings_of(session, services, editor, names, reference)
        keys = [key for key in ASKABLE if key in (field or ())]
        if not keys and theme in SECTIONS:
            keys = worth_asking(around.site, theme, services.rules)
        to = suggested(session, around.site, keys)
        if name:
            to = Receiver(name=name, email="")
        if receiver is not None and receiver < len(around.receivers):
            to = around.receivers[receiver]
    days = str(services.settings.question_reminder_days)
    draft = Draft(keys=keys, receiver=to, remind_after_days=days)
    return HTMLResponse(question_page(page, around, draft))


def surroundings_of(
    session: Session, services: Services, editor: Actor, names: dict[str, str], reference: str
) -> Around:
    site = sites.find_to_write(session, editor, reference)
    return Around(
        site=site,
        municipality_name=names.get(site.municipality, site.municipality),
        rules=services.rules,
        link_days=services.settings.question_days,
        receivers=receivers(session, site.municipality)[:MOST_SHOWN_RECEIVERS],
        open_questions=questions.chosen(session, [table.c.reference == reference, STAGES["open"]]),
    )


@router.post(NEW)
def send_question(
    reference: str,
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    form: PageForm,
) -> Response:
    """The question sent; or the form again with what is wrong."""
    texts = texts_of(form)
    raw = {
        "reference": reference,
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
            around = surroundings_of(session, services, editor, names, reference)
        shown = question_page(page, around, draft_of(texts, refusal))
        return HTMLResponse(shown, HTTPStatus.UNPROCESSABLE_ENTITY)
    return RedirectResponse(address(page.language, f"{PATH}/{asked.id}", done="sent"), 303)


SIMPLE = (
    "receiver_name", "receiver_email", "receiver_organisation", "language", "message", "reply_by",
    "remind_after_days",
)  # fmt: skip


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


@router.get(PATH)
def show_questions(
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    municipality: str = "",
    stage: str = "",
) -> HTMLResponse:
    code = municipality_of(editor, municipality, names)
    with services.databases.writing(editor) as session:
        found = questions.chosen(session, [table.c.municipality == code], limit=MOST_LISTED)
    listing = Listing(
        code=code,
        names=names,
        may_choose=editor.municipality is None,
        stage=stage,
        questions=found,
        rules=services.rules,
    )
    return HTMLResponse(questions_page(page, listing))


@router.get(PATH + "/{number}")
def show_question(
    number: Number, page: HasPage, services: HasServices, editor: HasEditor, done: str = ""
) -> HTMLResponse:
    return question_answer(page, services, editor, number, Told(done=DONE.get(done)))


def question_answer(
    page: Page, services: Services, editor: Actor, number: int, told: Told, status: int = 200
) -> HTMLResponse:
    with services.databases.writing(editor) as session:
        found = questions.find(session, number)
        site = sites.find(session, found.reference)
    return HTMLResponse(one_question_page(page, found, site, services.rules, told), status)


@router.post(PATH + "/{number}/decisions")
def decide_on_answers(
    number: Number, page: HasPage, services: HasServices, editor: HasEditor, form: PageForm
) -> Response:
    """What is accepted becomes a version of the site; or the page again with what is in the way."""
    sent = Submitted(texts_of(form), page.language)
    try:
        with services.databases.writing(editor) as session:
            accept, reject = decisions(session, number, sent.texts)
            decide(
                session,
                editor,
                number,
                services.rules,
                accept=accept,
                reject=reject,
                expected_version=sent.version,
            )
    except (Changed, Invalid, NotPossible) as refusal:
        told = Told(
            refusal=LOOK_AGAIN if isinstance(refusal, Changed) else refusal.text,
            faults=refusal.faults if isinstance(refusal, Invalid) else (),
        )
        return question_answer(page, services, editor, number, told, status_of(refusal))
    return done_with(page, number, "decided")


def decisions(session: Session, number: int, texts: Texts) -> tuple[list[str], dict[str, str]]:
    """The fields whose answers are accepted, and those rejected, each with the reason."""
    if everything := first(texts, "all"):
        asked = questions.find(session, number)
        why = first(texts, "all-note") if everything == "reject" else None
        return whole(asked, sites.find(session, asked.reference), why)
    chosen = {key: first(texts, f"{key}-decision") for key in ASKABLE}
    rejected = {
        key: first(texts, f"{key}-note") for key, said in chosen.items() if said == "reject"
    }
    return [key for key, said in chosen.items() if said == "accept"], rejected


LOOK_AGAIN = Text(
    "Platsen har ändrats medan du tog ställning. Inget har skrivits över. Jämför igen med det som "
    "nu står.",
    "The site was changed while you decided. Nothing was overwritten. Compare again with what now "
    "stands.",
)


@router.post(PATH + "/{number}/reminders")
def send_reminder(
    number: Number, page: HasPage, services: HasServices, editor: HasEditor, form: PageForm
) -> Response:
    with services.databases.writing(editor) as session:
        question_reminders.remind(
            session,
            editor,
            number,
            services.rules,
            link_days=services.settings.question_days,
        )
    return done_with(page, number, "reminded")


@router.post(PATH + "/{number}/withdrawal")
def withdraw_question(
    number: Number, page: HasPage, services: HasServices, editor: HasEditor, form: PageForm
) -> Response:
    with services.databases.writing(editor) as session:
        question_asking.withdraw(session, editor, number, services.rules)
    return done_with(page, number, "withdrawn")


def done_with(page: Page, number: int, done: str) -> RedirectResponse:
    return RedirectResponse(address(page.language, f"{PATH}/{number}", done=done), 303)


@router.get(PATH + "/{number}/document")
def download_document(number: Number, services: HasServices, editor: HasEditor) -> Response:
    """The file that came with an answer: never shown in place, since somebody else made it."""
    with services.databases.writing(editor) as session:
        found = questions.document(session, number)
    return Response(
        found.content,
        media_type=found.media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name)}",
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )
