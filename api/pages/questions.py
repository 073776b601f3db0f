"""Questions to those who know: listed, followed, and their answers decided on."""

from typing import Annotated

from fastapi import APIRouter, Path
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasNames, HasPage, HasServices, PageForm, Services
from api.file_names import disposition
from api.pages.workspace import HasEditor, municipality_of, texts_of
from api.problems import status_of
from catalogue.database import Actor
from catalogue.errors import Changed, Invalid, NotPossible
from catalogue.forms.form_texts import Texts, first
from catalogue.forms.forms import Submitted
from catalogue.questions import question_asking, question_reminders, questions
from catalogue.questions.askable_fields import ASKABLE
from catalogue.questions.question_acceptance import decide, whole
from catalogue.questions.question_subjects import subject_of
from catalogue.tables import question as table
from frontend.questions import DONE, PATH, Listing, Told, one_question_page, questions_page
from frontend.rendering import Page, address
from geo.texts import Text

router = APIRouter(include_in_schema=False)
MOST_LISTED = 500
Number = Annotated[int, Path(ge=1, le=2**31)]


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
        about = subject_of(session, found)
    return HTMLResponse(one_question_page(page, found, about, services.rules, told), status)


@router.post(PATH + "/{number}/decisions")
def decide_on_answers(
    number: Number, page: HasPage, services: HasServices, editor: HasEditor, form: PageForm
) -> Response:
    """What is accepted becomes a version; or the page again with what is in the way."""
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
        return whole(asked, subject_of(session, asked), why)
    chosen = {key: first(texts, f"{key}-decision") for key in ASKABLE}
    rejected = {
        key: first(texts, f"{key}-note") for key, said in chosen.items() if said == "reject"
    }
    return [key for key, said in chosen.items() if said == "accept"], rejected


LOOK_AGAIN = Text(
    "Någon har sparat medan du tog ställning. Inget har skrivits över. Jämför igen med det som nu "
    "står.",
    "Somebody saved while you decided. Nothing was overwritten. Compare again with what now stands.",
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
            "Content-Disposition": disposition(found.name),
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )
