"""What is done with hours that are entered: attested, corrected, locked, a name removed."""

from datetime import date
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from api.answers import JSON, HasAnswers
from api.bodies import JsonObject
from api.context import HasNames, WriteSession
from api.parameters import refuse_unknown
from api.v1.documentation_hours import ATTEST_BODY, CORRECTION_BODY, LOCK_BODY, NAME_BODY
from api.v1.hours import as_json
from catalogue.errors import Fault, Invalid
from catalogue.hours import attesting, corrections, locks, person_names
from catalogue.hours.hours import plan_of
from catalogue.hours.hours_input import NOT_A_MONTH
from catalogue.hours.locks import LockStep, Wanted
from catalogue.hours.month_names import read_month
from catalogue.progress.progress import may_read
from geo.texts import Text

router = APIRouter(prefix="/hours", tags=["hours"])

Number = Annotated[int, Path(ge=1, le=2**62, description="The entry's number")]


@router.post("/attest", openapi_extra={"requestBody": ATTEST_BODY})
def attest_hours(
    given: JsonObject, session: WriteSession, answers: HasAnswers, names: HasNames
) -> Response:
    """A month's entries attested, by whoever has the right; one's own are left to somebody else."""
    actor = answers.visitor.signed_in()
    faults = unknown_keys(given, "municipality", "month", "entries")
    code = municipality_in(given, names, faults, own=actor.municipality)
    month = month_in(given, "month", faults)
    numbers = given.get("entries")
    is_list = isinstance(numbers, list) and all(type(one) is int for one in numbers)
    if numbers is not None and not is_list:
        text = Text("En lista med radernas nummer.", "A list of the entries' numbers.")
        faults.append(Fault("entries", text))
    if faults:
        raise Invalid(faults)
    done = attesting.attest(session, actor, code or "", month, numbers)
    shown = {"attested": done.entries, "hours": done.hours, "own_left": done.own_left}
    return Response(orjson.dumps(shown), headers=answers.headers, media_type=JSON)


@router.post(
    "/{number}/correction", status_code=201, openapi_extra={"requestBody": CORRECTION_BODY}
)
def correct_hours(
    number: Number, given: JsonObject, session: WriteSession, answers: HasAnswers
) -> Response:
    """The entry taken back by a counter-entry, and entered anew as it should be."""
    services = answers.services
    faults = unknown_keys(given, "month", "hours", "activity", "role", "person", "sites", "note")
    if faults:
        raise Invalid(faults)
    done = corrections.correct(
        session,
        answers.visitor.signed_in(),
        number,
        given,
        plan_of(services.settings),
        services.rules.today,
    )
    shown = {
        "corrected": done.corrected.id,
        "counter": as_json(done.counter),
        "instead": as_json(done.instead) if done.instead else None,
    }
    return Response(orjson.dumps(shown), 201, headers=answers.headers, media_type=JSON)


@router.get("/locks")
def read_locks(request: Request, session: WriteSession, answers: HasAnswers) -> Response:
    """The months that are closed, and every decision that closed or opened one."""
    refuse_unknown(request)
    may_read(answers.visitor.signed_in())
    closed = locks.locked(session)
    shown = {
        "locked": [
            {"municipality": code, "month": f"{month:%Y-%m}", "since": since}
            for (code, month), since in sorted(closed.items())
        ],
        "history": [step_json(step) for step in locks.history(session)],
    }
    return Response(orjson.dumps(shown), headers=answers.headers, media_type=JSON)


@router.post("/locks", status_code=201, openapi_extra={"requestBody": LOCK_BODY})
def change_locks(
    given: JsonObject, session: WriteSession, answers: HasAnswers, names: HasNames
) -> Response:
    """Months closed for entries, or opened again with a reason; for the project office."""
    actor, services = answers.visitor.signed_in(), answers.services
    faults = unknown_keys(given, "municipality", "month", "from", "locked", "reason")
    code = municipality_in(given, names, faults) if given.get("municipality") else None
    last = month_in(given, "month", faults)
    first = month_in(given, "from", faults) if given.get("from") else last
    if not isinstance(given.get("locked"), bool):
        faults.append(Fault("locked", Text("Ska vara true eller false.", "Must be true or false.")))
    if not isinstance(given.get("reason", ""), str):
        faults.append(Fault("reason", Text("Ska vara text.", "Must be text.")))
    if faults:
        raise Invalid(faults)
    wanted = Wanted(
        municipalities=[code] if code else list(names),
        first=first,
        last=last,
        is_locked=given["locked"],
        reason=given.get("reason", ""),
    )
    plan = plan_of(services.settings)
    changed = locks.change(session, actor, wanted, plan.begun(services.rules.today))
    content = orjson.dumps({"changed": changed})
    return Response(content, 201, headers=answers.headers, media_type=JSON)


@router.post("/names/removal", openapi_extra={"requestBody": NAME_BODY})
def remove_name(
    given: JsonObject, session: WriteSession, answers: HasAnswers, names: HasNames
) -> Response:
    """A person's name taken out of the register; the entries and their hours stay."""
    actor = answers.visitor.signed_in()
    may_read(actor)
    faults = unknown_keys(given, "name", "municipality")
    code = municipality_in(given, names, faults) if given.get("municipality") else None
    name = given.get("name")
    if not isinstance(name, str) or not name.strip():
        faults.append(Fault("name", Text("Ange namnet.", "Give the name.")))
    if faults:
        raise Invalid(faults)
    removed = person_names.remove(session, actor, str(name), code)
    shown = orjson.dumps({"entries": removed})
    return Response(shown, headers=answers.headers, media_type=JSON)


def unknown_keys(given: dict[str, Any], *known: str) -> list[Fault]:
    """Any: JSON."""
    text = Text("Fältet finns inte.", "There is no such field.")
    return [Fault(str(key)[:60], text) for key in given if key not in known]


def municipality_in(
    given: dict[str, Any], names: dict[str, str], faults: list[Fault], own: str | None = None
) -> str | None:
    """A code, one's own where none is given. Any: JSON."""
    code = given.get("municipality") or own
    if code in names:
        return str(code)
    text = Text("Välj bland: {codes}.", "Choose among: {codes}.")
    faults.append(Fault("municipality", text.format(codes=", ".join(names))))
    return None


def month_in(given: dict[str, Any], key: str, faults: list[Fault]) -> date:
    """Any: JSON."""
    month = read_month(given.get(key))
    if month is None:
        faults.append(Fault(key, NOT_A_MONTH))
        return date.min
    return month


def step_json(step: LockStep) -> dict[str, Any]:
    """Any: JSON."""
    return {
        "locked": step.is_locked,
        "municipalities": step.municipalities,
        "from": f"{step.first:%Y-%m}",
        "to": f"{step.last:%Y-%m}",
        "reason": step.reason,
        "at": step.at,
        "by": step.by,
    }
