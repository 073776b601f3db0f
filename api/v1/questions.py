"""Questions to those who know over HTTP: asked, followed, reminded of and decided on."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from api.answers import JSON, Answers, HasAnswers
from api.asking import ask
from api.bodies import ExpectedVersion, JsonObject, prove_origin
from api.context import HasNames, WriteSession
from api.parameters import refuse_unknown
from api.v1.documentation import Schema, body
from api.v1.hours import check_code
from catalogue.errors import BadParameters, Fault, Invalid
from catalogue.progress.progress import may_read
from catalogue.questions import question_asking, question_reminders, questions
from catalogue.questions.askable_fields import ASKABLE
from catalogue.questions.question_acceptance import changed_since, decide
from catalogue.questions.question_input import read_request
from catalogue.questions.question_subjects import subject_of
from catalogue.questions.questions import STAGES, Answer, Question, entry_json
from catalogue.tables import question as table
from catalogue.values import to_json
from geo.texts import Text

router = APIRouter(prefix="/questions", tags=["questions"])
MAX_LIMIT = 1_000
Number = Annotated[int, Path(ge=1, le=2**31, description="The question's number")]
FIELDS: Schema = {"type": "array", "items": {"type": "string", "enum": list(ASKABLE)}}
QUESTION_BODY = body(
    {
        "type": "object",
        "properties": {
            "reference": {"type": "string", "description": "The site"},
            "municipality": {
                "type": "string",
                "description": "Code; instead of a site, for fields of that municipality's profile",
            },
            "fields": {**FIELDS, "minItems": 1, "description": "What is asked about"},
            "show": {**FIELDS, "description": "Whose present value is shown; all if left out"},
            "receiver_name": {"type": "string", "maxLength": 120},
            "receiver_email": {"type": "string", "format": "email", "maxLength": 120},
            "receiver_organisation": {"type": "string", "maxLength": 120},
            "language": {"type": "string", "enum": ["sv", "en"], "default": "sv"},
            "message": {"type": "string", "maxLength": 2_000},
            "reply_by": {"type": "string", "format": "date"},
            "remind_after_days": {
                "type": "integer",
                "minimum": 0,
                "maximum": 365,
                "description": "0 for no reminders; the installation's own if left out",
            },
        },
        "required": ["fields", "receiver_name", "receiver_email"],
        "additionalProperties": False,
    },
    {
        "reference": "GVB-2183-001",
        "fields": ["power_now_mw", "connection_lead_months"],
        "receiver_name": "Karin Ek",
        "receiver_email": "karin.ek@example.se",
        "receiver_organisation": "Ellevio",
        "message": "Vi talades vid i telefon i går.",
        "reply_by": "2030-05-01",
    },
)
ACCEPTANCE_BODY = body(
    {
        "type": "object",
        "properties": {
            "accept": {**FIELDS, "description": "Answers that become values"},
            "reject": {
                "type": "object",
                "additionalProperties": {"type": "string", "maxLength": 300},
                "description": "Answers turned down, each with a word why",
            },
        },
        "additionalProperties": False,
    },
    {"accept": ["power_now_mw"], "reject": {"connection_lead_months": "Gäller en annan station"}},
)


@router.get("")
def read_questions(
    request: Request,
    session: WriteSession,
    answers: HasAnswers,
    names: HasNames,
    municipality: Annotated[str | None, Query(description="A municipality's code")] = None,
    reference: Annotated[str | None, Query(description="One site's questions")] = None,
    stage: Annotated[
        str | None, Query(description=f"One of {', '.join(STAGES)}; all if left out")
    ] = None,
    limit: Annotated[int, Query(ge=1, description="Most questions; 1 000 at the most")] = 100,
    offset: Annotated[int, Query(ge=0, le=1_000_000, description="Questions passed over")] = 0,
) -> Response:
    """The questions of one's own municipality, or of all for the project; the latest first."""
    refuse_unknown(request, "municipality", "reference", "stage", "limit", "offset")
    may_read(answers.visitor.signed_in())
    held = []
    if code := check_code(municipality, names):
        held.append(table.c.municipality == code)
    if reference:
        held.append(table.c.reference == reference)
    if stage:
        chosen = next((held_by for name, held_by in STAGES.items() if name == stage), None)
        if chosen is None:
            text = Text("Välj bland: {names}.", "Choose among: {names}.")
            fault = Fault("stage", text.format(names=", ".join(STAGES)), in_parameter=True)
            raise BadParameters([fault])
        held.append(chosen)
    found = questions.chosen(session, held, limit=min(limit, MAX_LIMIT), offset=offset)
    shown = {
        "numberMatched": questions.count(session, held),
        "numberReturned": len(found),
        "questions": [as_json(one, answers) for one in found],
    }
    return Response(orjson.dumps(shown), headers=answers.headers, media_type=JSON)


@router.post("", status_code=201, openapi_extra={"requestBody": QUESTION_BODY})
def ask_question(given: JsonObject, session: WriteSession, answers: HasAnswers) -> Response:
    """The question sent by letter; each field that has no known value becomes unknown, asked."""
    services = answers.services
    wanted = read_request(given, services.rules.today, services.settings.question_reminder_days)
    asked = ask(session, services, answers.visitor.signed_in(), wanted)
    return one_answer(session, questions.find(session, asked.id), answers, 201)


@router.get("/{number}")
def read_question(number: Number, session: WriteSession, answers: HasAnswers) -> Response:
    """One question, its answers, and how the site or profile states each field now, with its ETag."""
    may_read(answers.visitor.signed_in())
    return one_answer(session, questions.find(session, number), answers)


@router.post("/{number}/acceptance", openapi_extra={"requestBody": ACCEPTANCE_BODY})
def accept_answers(
    number: Number,
    given: JsonObject,
    version: ExpectedVersion,
    session: WriteSession,
    answers: HasAnswers,
) -> Response:
    """Answers accepted or rejected, against the version that they were compared with.

    An accepted value is saved with its basis, its date and who said so, as a version of the site
    or the profile.
    """
    accept, reject = read_decisions(given)
    decided = decide(
        session,
        answers.visitor.signed_in(),
        number,
        answers.services.rules,
        accept=accept,
        reject=reject,
        expected_version=version,
    )
    return one_answer(session, decided, answers)


def read_decisions(given: dict[str, Any]) -> tuple[list[str], dict[str, str]]:
    """Raises `Invalid`. Any: JSON."""
    accept, reject = given.get("accept", []), given.get("reject", {})
    is_list = isinstance(accept, list) and all(isinstance(one, str) for one in accept)
    is_map = isinstance(reject, dict) and all(isinstance(one, str) for one in reject.values())
    strange = [key[:60] for key in given if key not in ("accept", "reject")]
    if strange or not is_list or not is_map:
        text = Text(
            "Skicka en lista ”accept” och ett objekt ”reject” med skäl.",
            "Send a list “accept” and an object “reject” with reasons.",
        )
        raise Invalid([Fault((strange or ["accept"])[0], text)])
    return accept, reject


@router.post("/{number}/reminders", dependencies=[Depends(prove_origin)])
def send_reminder(number: Number, session: WriteSession, answers: HasAnswers) -> Response:
    """One more letter, with a link of its own."""
    services = answers.services
    reminded = question_reminders.remind(
        session,
        answers.visitor.signed_in(),
        number,
        services.rules,
        link_days=services.settings.question_days,
    )
    return one_answer(session, reminded, answers)


@router.post("/{number}/withdrawal", dependencies=[Depends(prove_origin)])
def withdraw_question(number: Number, session: WriteSession, answers: HasAnswers) -> Response:
    """The links hold no more, and the fields say again what they said before."""
    actor, rules = answers.visitor.signed_in(), answers.services.rules
    return one_answer(session, question_asking.withdraw(session, actor, number, rules), answers)


def one_answer(
    session: WriteSession, asked: Question, answers: Answers, status: int = 200
) -> Response:
    about = subject_of(session, asked)
    shown = as_json(asked, answers)
    for one in shown["answers"]:
        entry = questions.entry_of(about, one["key"])
        one["now"] = entry_json(entry)
        one["changed_since"] = one["decision"] is None and changed_since(asked, about, one["key"])
    headers = {**answers.headers, "ETag": f'"{about.version}-question"'}
    if status == 201:
        headers["Location"] = f"/api/v1/questions/{asked.id}"
    return Response(orjson.dumps(shown), status, headers=headers, media_type=JSON)


def as_json(asked: Question, answers: Answers) -> dict[str, Any]:
    """Any: JSON."""
    rules = answers.services.rules
    return {
        "id": asked.id,
        "municipality": asked.municipality,
        "reference": asked.reference,
        "site_name": asked.site_name,
        "stage": asked.stage,
        "overdue": asked.is_overdue(rules.now(), rules.today),
        "days_waited": asked.days_waited(rules.today),
        "fields": list(asked.keys),
        "before": {key: entry_json(entry) for key, entry in asked.were.items()},
        "receiver_name": asked.receiver_name,
        "receiver_email": asked.receiver_email,
        "receiver_organisation": asked.receiver_organisation,
        "language": asked.language,
        "message": asked.message,
        "reply_by": asked.reply_by,
        "remind_after_days": asked.remind_after_days,
        "asked_at": asked.asked_at,
        "asked_by": asked.asked_by,
        "site_version": asked.site_version,
        "expires_at": asked.expires_at,
        "reminders": asked.reminders,
        "reminded_at": asked.reminded_at,
        "answered_at": asked.answered_at,
        "answered_by": asked.answered_by,
        "remark": asked.remark,
        "document": asked.document,
        "withdrawn_at": asked.withdrawn_at,
        "settled_at": asked.settled_at,
        "answers": [answer_json(one) for one in asked.answers],
    }


def answer_json(one: Answer) -> dict[str, Any]:
    """Any: JSON."""
    return {
        "key": one.key,
        "verdict": one.verdict,
        "value": to_json(one.value),
        "basis": one.basis,
        "as_of": one.as_of,
        "ask_instead": one.other,
        "decision": one.decision,
        "decided_at": one.decided_at,
        "decided_by": one.decided_by,
        "note": one.note,
        "site_version": one.site_version,
    }
