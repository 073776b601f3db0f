"""The matcher: a client's request in, requirements confirmed, and the sites that answer it."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.datastructures import UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.answer_packs import PackFormat, answer_pack
from api.answers import HasAnswers
from api.context import (
    HasNames,
    HasPage,
    HasServices,
    PageForm,
    ReadSession,
    Visitor,
)
from catalogue.errors import Fault, Invalid, UnreadableFile
from catalogue.listing import LISTINGS
from catalogue.requests.asked import Asked, asked_of, checked_text, packed, unpacked
from catalogue.requests.combinations import find_combinations
from catalogue.requests.matching import match
from catalogue.requests.places import known_places
from catalogue.requests.reading import read_text
from catalogue.requests.spreadsheets import read_spreadsheet
from frontend.match_page import PATH, Answer, Start, answer_page, start_page
from frontend.match_requirements import PATH as REQUIREMENTS
from frontend.match_requirements import confirmed, requirements_page
from frontend.rendering import address
from geo.texts import Language

router = APIRouter(include_in_schema=False)
SITES_A_PAGE = 20
HEADERS = {"Cache-Control": "private, no-store"}
REGISTRARS = ("project", "admin")


@router.get(PATH)
def show_matches(
    page: HasPage,
    session: ReadSession,
    answers: HasAnswers,
    names: HasNames,
    asked: Annotated[str, Query()] = "",
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> HTMLResponse:
    """The form for a request; or its answer, where the address holds the requirements."""
    if not asked:
        return HTMLResponse(start_page(page, Start()), headers=HEADERS)
    wanted, table = unpacked(asked, names), LISTINGS[answers.visitor.audience]
    answer = Answer(
        asked=wanted,
        found=match(session, wanted.requirements, table, names, limit=SITES_A_PAGE, offset=offset),
        together=[] if offset else find_combinations(session, wanted.requirements, table, names),
        names=names,
        today=answers.services.rules.today,
        offset=offset,
        limit=SITES_A_PAGE,
        may_ask=asks_for(answers.visitor, names),
        may_register=answers.visitor.actor is not None and answers.visitor.actor.role in REGISTRARS,
    )
    return HTMLResponse(answer_page(page, answer), headers=HEADERS)


@router.get(f"{PATH}/pack")
def download_pack(
    session: ReadSession,
    answers: HasAnswers,
    names: HasNames,
    asked: str,
    reference: Annotated[list[str] | None, Query()] = None,
    wanted: Annotated[PackFormat, Query(alias="format")] = "zip",
    lang: Language = "en",
    code_name: Annotated[str, Query(max_length=60)] = "",
) -> Response:
    """The answer pack of the sites chosen, or of the best where none are."""
    return answer_pack(
        session,
        answers,
        unpacked(asked, names),
        names,
        wanted,
        references=reference or (),
        language=lang,
        code_name=code_name,
    )


def asks_for(visitor: Visitor, names: dict[str, str]) -> frozenset[str]:
    """The municipalities whose sites the visitor may send questions about."""
    actor = visitor.actor
    if actor is None or actor.role not in ("editor", "publisher", "admin"):
        return frozenset()
    return frozenset(names) if actor.municipality is None else frozenset({actor.municipality})


@router.post(PATH)
def read_request(
    page: HasPage, services: HasServices, session: ReadSession, names: HasNames, form: PageForm
) -> Response:
    """The text or the spreadsheet read into requirements; or the form again with what is wrong."""
    text, file = str(form.get("text", "")), form.get("file")
    today, places = services.rules.today, known_places(session, names)
    try:
        if isinstance(file, UploadFile) and file.filename:
            reading = read_spreadsheet(file.file.read(), file.filename, today=today, places=places)
        else:
            reading = read_text(checked_text(text), today=today, places=places)
    except UnreadableFile as refusal:
        faults = (Fault("file", refusal.text),)
        again = start_page(page, Start(text, faults))
        return HTMLResponse(again, HTTPStatus.UNPROCESSABLE_ENTITY, HEADERS)
    except Invalid as refusal:
        again = start_page(page, Start(text, refusal.faults))
        return HTMLResponse(again, HTTPStatus.UNPROCESSABLE_ENTITY, HEADERS)
    wanted = packed(asked_of(reading))
    return RedirectResponse(address(page.language, REQUIREMENTS, asked=wanted), 303)


@router.get(REQUIREMENTS)
def show_requirements(
    page: HasPage, names: HasNames, asked: Annotated[str, Query()] = ""
) -> HTMLResponse:
    """What was read, to be confirmed; without any, a form to start from."""
    wanted = unpacked(asked, names) if asked else Asked(())
    return HTMLResponse(requirements_page(page, wanted, names), headers=HEADERS)


@router.post(REQUIREMENTS)
def confirm_requirements(page: HasPage, names: HasNames, form: PageForm) -> Response:
    """On to the answer; or the form again with what is wrong."""
    texts = {name: str(value) for name, value in form.items()}
    asked = texts.get("asked", "")
    wanted = unpacked(asked, names) if asked else Asked(())
    try:
        sure = confirmed(wanted, texts, names)
    except Invalid as refusal:
        again = requirements_page(page, wanted, names, refusal.faults)
        return HTMLResponse(again, HTTPStatus.UNPROCESSABLE_ENTITY, HEADERS)
    return RedirectResponse(address(page.language, PATH, asked=packed(sure)), 303)
