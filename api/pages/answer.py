"""The answer to a question, by whoever holds its link; no account is needed for it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasNames, HasPage, HasServices, PageForm
from api.pages.workspace import texts_of
from catalogue.administration.reference_words import suggestions
from catalogue.errors import Invalid, TooManyAttempts
from catalogue.questions import question_letters, question_links
from catalogue.questions.question_answers import LARGEST_DOCUMENT_MB, SentAnswer, read_given
from frontend.answer_page import Place, Refused, answer_page, receipt_page
from frontend.rendering import address
from geo.texts import Language


def slow_down(request: Request, services: HasServices) -> None:
    """Nobody guesses a link; this keeps whoever tries from being a burden. Raises."""
    who = request.client.host if request.client else ""
    if wait := services.answer_attempts.take("answer", who):
        raise TooManyAttempts(wait)


router = APIRouter(prefix="/answer", include_in_schema=False, dependencies=[Depends(slow_down)])
Token = Annotated[str, Path(max_length=100)]


@router.get("/{token}")
def show_question(
    token: Token, page: HasPage, services: HasServices, names: HasNames, sent: str = ""
) -> HTMLResponse:
    """The form, or what was answered."""
    with services.databases.writing(None) as session:
        asked = question_links.open_link(session, token, services.rules.now())
        words = suggestions(session)
    name = names.get(asked.municipality, asked.municipality)
    if asked.answered_at is not None:
        return HTMLResponse(receipt_page(page, asked, name, just_sent=sent == "yes"))
    place = Place(token=token, municipality_name=name, rules=services.rules, suggestions=words)
    return HTMLResponse(answer_page(page, asked, place))


@router.post("/{token}")
def take_answer(
    token: Token, page: HasPage, services: HasServices, names: HasNames, form: PageForm
) -> Response:
    """The answer kept, once; or the form again with what is wrong."""
    rules = services.rules
    sent = sent_answer(form, page.language)
    with services.databases.writing(None) as session:
        asked = question_links.open_link(session, token, rules.now())
        words = suggestions(session)
        name = names.get(asked.municipality, asked.municipality)
        there = address(page.language, f"/answer/{token}")
        if asked.answered_at is not None:
            return RedirectResponse(there, 303)
        try:
            given = read_given(asked, sent, rules.today)
        except Invalid as refusal:
            place = Place(token=token, municipality_name=name, rules=rules, suggestions=words)
            refused = Refused(
                texts=sent.texts,
                faults=refusal.faults,
                text=refusal.text,
                had_document=bool(sent.content),
            )
            return HTMLResponse(answer_page(page, asked, place, refused), 422)
        if question_links.take(session, token, given, rules.now()):
            question_letters.send_receipt(session, asked, token, name)
            question_letters.tell_asker(session, asked, given.name)
    return RedirectResponse(f"{there}?sent=yes", 303)


def sent_answer(form: FormData, language: Language) -> SentAnswer:
    """What was typed, and of a file one byte more than is accepted at the most."""
    file = form.get("document")
    if not isinstance(file, UploadFile) or not file.filename:
        return SentAnswer(texts_of(form), language)
    content = file.file.read(LARGEST_DOCUMENT_MB * 1_000_000 + 1)
    return SentAnswer(texts_of(form), language, file.filename, content)
