"""The steering group's report: its page, its sheet of paper, the workbook, and sending it."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.answers import HasAnswers
from api.context import HasPage, HasServices, PageForm, Services
from api.pages.progress import HasMember, HasSpan
from api.parameters import refuse_unknown
from api.v1.progress import progress_answer, refuse_theme
from catalogue.database import Actor
from catalogue.errors import Invalid
from catalogue.progress import report_sendings
from catalogue.progress.progress import WHOLE_READERS, Span, read_span, readable_names
from catalogue.progress.progress_filter import Narrowing, read_narrowing
from catalogue.progress.reports import Report, report
from frontend.progress_formats import FORMATS
from frontend.progress_report import PATH, report_page
from frontend.rendering import address
from frontend.report_sending import sending_page

router = APIRouter(prefix=PATH, include_in_schema=False)
PRIVATE = {"Cache-Control": "private, no-store"}
SHOWN_SENDINGS = 20


def get_narrowing(
    services: HasServices,
    member: HasMember,
    municipality: Annotated[Sequence[str], Query()] = (),
    theme: Annotated[str, Query()] = "",
) -> Narrowing:
    with services.databases.writing(member) as session:
        return read_narrowing(municipality, theme, readable_names(session, member))


HasNarrowing = Annotated[Narrowing, Depends(get_narrowing)]


def report_for(services: Services, member: Actor, span: Span, narrowed: Narrowing) -> Report:
    with services.databases.writing(member) as session:
        return report(session, member, span, services.settings, services.rules, narrowed=narrowed)


@router.get("")
def show_report(
    request: Request,
    member: HasMember,
    page: HasPage,
    services: HasServices,
    span: HasSpan,
    narrowed: HasNarrowing,
    done: Annotated[str, Query()] = "",
) -> HTMLResponse:
    """The whole project's, that of some municipalities, or that of the reader's own."""
    refuse_unknown(request, "as_of", "since", "municipality", "theme", "done")
    refuse_theme(narrowed, "pdf")
    content = report_page(
        page,
        report_for(services, member, span, narrowed),
        services.rules.today,
        may_send=member.role in WHOLE_READERS,
        sent=done == "sent",
    )
    return HTMLResponse(content, headers=PRIVATE)


@router.get(".pdf")
def download_sheet(
    request: Request,
    member: HasMember,
    page: HasPage,
    services: HasServices,
    answers: HasAnswers,
    span: HasSpan,
    narrowed: HasNarrowing,
) -> Response:
    """On one sheet of paper."""
    refuse_unknown(request, "as_of", "since", "municipality", "theme")
    refuse_theme(narrowed, "pdf")
    found = report_for(services, member, span, narrowed)
    return progress_answer(found, "pdf", page.language, answers.headers)


@router.get(".xlsx")
def download_workbook(
    request: Request,
    member: HasMember,
    page: HasPage,
    services: HasServices,
    answers: HasAnswers,
    span: HasSpan,
    narrowed: HasNarrowing,
) -> Response:
    refuse_unknown(request, "as_of", "since", "municipality", "theme")
    found = report_for(services, member, span, narrowed)
    return progress_answer(found, "xlsx", page.language, answers.headers)


def get_sender(member: HasMember) -> Actor:
    """Somebody who follows the whole project."""
    report_sendings.may_send(member)
    return member


HasSender = Annotated[Actor, Depends(get_sender)]


@router.get("/send")
def show_sending(
    request: Request, sender: HasSender, page: HasPage, services: HasServices, span: HasSpan
) -> HTMLResponse:
    """To whom the report would go, and when it has gone before."""
    refuse_unknown(request, "as_of", "since")
    with services.databases.writing(sender) as session:
        before = report_sendings.sendings(session, SHOWN_SENDINGS)
    return HTMLResponse(sending_page(page, span, services.settings, before), headers=PRIVATE)


@router.post("/send")
def send(sender: HasSender, page: HasPage, services: HasServices, form: PageForm) -> Response:
    settings, rules = services.settings, services.rules
    as_of, since = (str(form.get(name, "")) for name in ("as_of", "since"))
    span = read_span(as_of, since, settings.baseline_date, rules.today)
    try:
        with services.databases.writing(sender) as session:
            report_sendings.send_by_hand(session, sender, span, settings, rules, FORMATS)
    except Invalid as refusal:
        with services.databases.writing(sender) as session:
            before = report_sendings.sendings(session, SHOWN_SENDINGS)
        content = sending_page(page, span, settings, before, refusal.faults)
        return HTMLResponse(content, 422, PRIVATE)
    onward = address(page.language, PATH, as_of=span.as_of, since=span.since, done="sent")
    return RedirectResponse(onward, 303)
