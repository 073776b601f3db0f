"""Many sites at once over HTTP: the template, a file sent, its progress and its report."""

from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response, StreamingResponse

from api.answers import JSON, HasAnswers
from api.context import HasLanguage, HasNames, HasServices, HasVisitor, WriteSession, check_csrf
from api.file_names import disposition
from api.parameters import refuse_unknown
from api.sent_files import FileSent
from api.v1.documentation_imports import IMPORT_ANSWER, STARTED, TEMPLATE_ANSWER, UPLOAD_BODY
from catalogue import municipalities, sites
from catalogue.administration.reference_words import suggestions
from catalogue.database import Actor
from catalogue.errors import BadParameters, Fault
from catalogue.fields import SITE
from catalogue.imports import files, register
from catalogue.imports.marking import marked
from catalogue.imports.register import Import
from catalogue.imports.tasks import defer_import
from catalogue.imports.template import Subject, write_csv, write_template
from catalogue.rules import Rules
from geo.texts import Language, Text

router = APIRouter(prefix="/imports", tags=["imports"])

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
MOST_LISTED = 100

Municipality = Annotated[
    str | None, Query(description="A municipality's code; one's own where left out")
]


@router.get("/template", openapi_extra={"responses": TEMPLATE_ANSWER})
def download_template(
    request: Request,
    session: WriteSession,
    visitor: HasVisitor,
    services: HasServices,
    names: HasNames,
    language: HasLanguage,
    municipality: Municipality = None,
    format: Annotated[Literal["xlsx", "csv"], Query(description="Of the file")] = "xlsx",
) -> Response:
    """The municipality's sites as they stand, in a workbook to change and send back."""
    refuse_unknown(request, "municipality", "format")
    code = chosen_municipality(visitor.signed_in(), municipality, names)
    subject = template_subject(session, code, names, language, services.rules)
    return template_answer(subject, format)


def template_subject(
    session: Session, code: str, names: dict[str, str], language: Language, rules: Rules
) -> Subject:
    found = sites.of_municipality(session, code)
    return Subject(found, code, names[code], language, rules.today, suggestions(session))


def template_answer(subject: Subject, format: Literal["xlsx", "csv"]) -> StreamingResponse:
    write, media_type = (write_csv, CSV) if format == "csv" else (write_template, XLSX)
    word = Text("platser", "sites").in_language(subject.language)
    name = f"sitefinder-{word}-{subject.municipality}-{subject.today}.{format}"
    return StreamingResponse(
        write(subject),
        media_type=media_type,
        headers={
            "Cache-Control": "private, no-store",
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )


def chosen_municipality(actor: Actor, wanted: str | None, names: dict[str, str]) -> str:
    """Whose sites are meant: raises `BadParameters`, or `NotAllowed` for another's."""
    code = wanted or actor.municipality
    if code is None or code not in names:
        text = Text("Välj bland: {codes}.", "Choose among: {codes}.")
        codes = text.format(codes=", ".join(names))
        raise BadParameters([Fault("municipality", codes, in_parameter=True)])
    sites.may_write(actor, code)
    return code


@router.post(
    "",
    status_code=202,
    openapi_extra={"requestBody": UPLOAD_BODY, "responses": STARTED},
)
def start_import(
    request: Request,
    sent: FileSent,
    session: WriteSession,
    answers: HasAnswers,
    names: HasNames,
    language: HasLanguage,
    municipality: Municipality = None,
    dry_run: Annotated[
        bool, Query(description="Only check the file and report; nothing is saved")
    ] = False,
    name: Annotated[
        str | None, Query(description="The file's name, where the body is the file itself")
    ] = None,
) -> Response:
    """A file of sites, checked by a job. Without `dry_run` it is saved if nothing is wrong."""
    refuse_unknown(request, "municipality", "dry_run", "name")
    actor = answers.visitor.signed_in()
    number = register.add(
        session,
        actor,
        chosen_municipality(actor, municipality, names),
        sent.content,
        file_name=sent.name,
        kind=files.kind_of(sent.content),
        language=language,
        writes_at_once=not dry_run,
    )
    defer_import(session, number)
    return import_answer(register.find(session, number), answers.headers, language, 202)


@router.get("")
def list_imports(
    request: Request,
    session: WriteSession,
    answers: HasAnswers,
    names: HasNames,
    language: HasLanguage,
    municipality: Municipality = None,
    limit: Annotated[int, Query(ge=1, description="Most imports; 100 at the most")] = 20,
) -> Response:
    """The municipality's imports, newest first, without their reports."""
    refuse_unknown(request, "municipality", "limit")
    code = chosen_municipality(answers.visitor.signed_in(), municipality, names)
    found = register.latest(session, code, min(limit, MOST_LISTED))
    shown = {"imports": [summary(one, language) for one in found]}
    return Response(orjson.dumps(shown), headers=answers.headers, media_type=JSON)


@router.get("/{import_id}", openapi_extra={"responses": IMPORT_ANSWER})
def read_import(
    import_id: int, session: WriteSession, answers: HasAnswers, language: HasLanguage
) -> Response:
    """How far an import has come, and its report when the file has been checked."""
    return import_answer(register.find(session, import_id), answers.headers, language)


@router.post("/{import_id}/confirm", status_code=202, openapi_extra={"responses": STARTED})
def confirm_import(
    import_id: int,
    request: Request,
    session: WriteSession,
    answers: HasAnswers,
    language: HasLanguage,
) -> Response:
    """Save everything that the report tells of, in one transaction; 409 when it cannot be."""
    check_csrf(answers.visitor, request.headers.get("x-csrf-token", ""))
    register.confirm(session, answers.visitor.signed_in(), import_id)
    defer_import(session, import_id, writes=True)
    return import_answer(register.find(session, import_id), answers.headers, language, 202)


@router.get("/{import_id}/report.xlsx", openapi_extra={"responses": TEMPLATE_ANSWER})
def download_report(
    import_id: int, session: WriteSession, answers: HasAnswers, language: HasLanguage
) -> Response:
    """The workbook that was sent, with the cells in question marked and listed."""
    return marked_answer(session, register.find(session, import_id), language)


def marked_answer(session: Session, found: Import, language: Language) -> Response:
    """Raises `NotFound` while there is no report."""
    report = register.report_of(found)
    content = register.content(session, found.id)
    stem = found.file_name.rpartition(".")[0] or found.file_name
    suffix = Text("att-rätta", "to-mend").in_language(language)
    return Response(
        marked(
            content,
            found.kind,
            found.file_name,
            report,
            language,
            place=municipalities.place(session, found.municipality),
            reading=found.reading,
        ),
        media_type=XLSX,
        headers={
            "Cache-Control": "private, no-store",
            "Content-Disposition": disposition(f"{stem}-{suffix}.xlsx"),
        },
    )


def import_answer(
    found: Import, headers: dict[str, str], language: Language, status_code: int = 200
) -> Response:
    report = found.report and localised(found.report, language)
    shown = {**summary(found, language), "report": report}
    if status_code == 202:
        headers = {**headers, "Location": f"/api/v1/imports/{found.id}"}
    return Response(orjson.dumps(shown), status_code, headers=headers, media_type=JSON)


def summary(found: Import, language: Language) -> dict[str, Any]:
    """Any: JSON."""
    return {
        "id": found.id,
        "municipality": found.municipality,
        "file": found.file_name,
        "kind": found.kind,
        "dry_run": not found.writes_at_once,
        "state": found.state,
        "may_be_confirmed": found.may_be_confirmed,
        "rows_done": found.rows_done,
        "rows_total": found.rows_total,
        "refusal": found.refusal.in_language(language) if found.refusal else None,
        "reading": found.reading or None,
        "readings": found.readings
        and [
            {**one, **{part: Text(*one[part]).in_language(language) for part in ("name", "lands")}}
            for one in found.readings
        ],
        "counts": (found.report or {}).get("counts"),
        "created_at": found.created_at,
        "ended_at": found.ended_at,
    }


def localised(report: Any, language: Language) -> dict[str, Any]:
    """The report in one language. Any: JSON."""
    return {
        "counts": report["counts"],
        "notes": [Text(*note).in_language(language) for note in report["notes"]],
        "faults": [finding(one, language) for one in report["faults"]],
        "warnings": [finding(one, language) for one in report["warnings"]],
        "sites": report["sites"],
    }


def finding(one: dict[str, Any], language: Language) -> dict[str, Any]:
    """Any: JSON."""
    field = SITE.get(one["field"])
    return {
        **one,
        "label": field.label.in_language(language) if field else None,
        "text": Text(*one["text"]).in_language(language),
        "mend": Text(*one["mend"]).in_language(language),
    }
