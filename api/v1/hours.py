"""The hours register over HTTP: read by those who belong to the project, added to, never changed."""

from collections.abc import Callable
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.answers import JSON, Answers, HasAnswers
from api.bodies import JsonObject
from api.context import HasLanguage, HasNames, WriteSession
from api.parameters import refuse_unknown
from api.v1.documentation_hours import ENTRY_BODY, MOST_AT_ONCE
from api.v1.progress import check_choices
from catalogue.database import Actor
from catalogue.errors import BadParameters, Fault, Invalid
from catalogue.hours import activities, hours, register_files
from catalogue.hours.hours import Chosen, HoursEntry, add_all, plan_of
from catalogue.hours.hours_input import NOT_A_MONTH, read_entry
from catalogue.hours.month_names import read_month
from catalogue.hours.months import MonthFigures
from catalogue.progress.progress import may_read
from geo.texts import Language, Text

router = APIRouter(tags=["hours"])
MAX_LIMIT = 1_000
FILES = {
    "csv": ("text/csv; charset=utf-8", register_files.write_csv),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        register_files.write_workbook,
    ),
}
"""Formats that are files, each with its writer."""
FORMATS = ("json", *FILES)
CHOOSING = ("municipality", "month", "from", "to", "activity", "attested")

Municipality = Annotated[str | None, Query(description="A municipality's code")]
Month = Annotated[str | None, Query(description="One month, such as 2026-05")]
First = Annotated[str | None, Query(alias="from", description="First month, such as 2026-01")]
Last = Annotated[str | None, Query(alias="to", description="Last month, such as 2026-06")]
Activity = Annotated[str | None, Query(description="A code of `GET hours/activities`")]
Is = Annotated[str | None, Query(description="true or false")]


@router.get("/hours")
def read_hours(
    request: Request,
    session: WriteSession,
    answers: HasAnswers,
    names: HasNames,
    spoken: HasLanguage,
    municipality: Municipality = None,
    month: Month = None,
    first: First = None,
    last: Last = None,
    activity: Activity = None,
    attested: Is = None,
    format: Annotated[str | None, Query(description="json, csv or xlsx")] = None,
    language: Annotated[str | None, Query(description="sv or en, of a file's words")] = None,
    limit: Annotated[int, Query(ge=1, description="Most entries; 1 000 at the most")] = 100,
    offset: Annotated[int, Query(ge=0, le=1_000_000, description="Entries passed over")] = 0,
) -> Response:
    """The entries of one's own municipality, or of all for the project; latest month first.

    Files hold every entry: one row each, and in the workbook also by month and by activity.
    """
    refuse_unknown(request, *CHOOSING, "format", "language", "limit", "offset")
    actor = answers.visitor.signed_in()
    may_read(actor)
    check_choices(format, language, FORMATS)
    wanted = read_chosen(municipality, month, first, last, activity, attested, names)
    if format in FILES:
        words: Language = "sv" if (language or spoken) == "sv" else "en"
        return file_answer(session, actor, wanted, names, answers, format, words)
    matched, total = hours.count(session, wanted)
    found = hours.entries(session, wanted, limit=min(limit, MAX_LIMIT), offset=offset)
    shown = {
        "numberMatched": matched,
        "numberReturned": len(found),
        "hours": total,
        "target_per_month": answers.services.settings.hours_per_month,
        "entries": [as_json(entry) for entry in found],
    }
    return Response(orjson.dumps(shown), headers=answers.headers, media_type=JSON)


def file_answer(
    session: Session,
    actor: Actor,
    wanted: Chosen,
    names: dict[str, str],
    answers: Answers,
    format: str,
    language: Language,
) -> Response:
    """The register as a file of the actor's municipality, or of those chosen."""
    code = actor.municipality or wanted.municipality
    services = answers.services
    found = register_files.register(
        session,
        Chosen(**{**vars(wanted), "municipality": code}),
        names,
        plan_of(services.settings),
        services.rules.today,
        has_examples=answers.state.has_examples,
    )
    media_type, write = FILES[format]
    word = Text("timmar", "hours").in_language(language)
    name = f"sitefinder-{word}-{code or 'alla'}-{services.rules.today}.{format}"
    headers = {**answers.headers, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(write(found, language), headers=headers, media_type=media_type)


@router.get("/hours/months")
def read_months(
    request: Request,
    session: WriteSession,
    answers: HasAnswers,
    names: HasNames,
    municipality: Municipality = None,
    month: Month = None,
    first: First = None,
    last: Last = None,
    format: Annotated[str | None, Query(description="json or csv")] = None,
) -> Response:
    """One row a municipality and month: exact and whole hours, the plan, attested, locked."""
    refuse_unknown(request, "municipality", "month", "from", "to", "format")
    actor, services = answers.visitor.signed_in(), answers.services
    may_read(actor)
    check_choices(format, None, ("json", "csv"))
    wanted = read_chosen(municipality, month, first, last, None, None, names)
    whole = Chosen(**{**vars(wanted), "municipality": actor.municipality or wanted.municipality})
    found = register_files.register(
        session,
        whole,
        names,
        plan_of(services.settings),
        services.rules.today,
        has_examples=answers.state.has_examples,
    )
    if format == "csv":
        content = register_files.write_months_csv(found, "en")
        return Response(content, headers=answers.headers, media_type=FILES["csv"][0])
    shown = {"months": [month_json(one) for one in found.months]}
    return Response(orjson.dumps(shown), headers=answers.headers, media_type=JSON)


@router.post(
    "/hours",
    status_code=201,
    openapi_extra={"requestBody": ENTRY_BODY},
)
def add_hours(given: JsonObject, session: WriteSession, answers: HasAnswers) -> Response:
    """One more entry, or several: all of them or none. Nothing is ever changed: a correction is an
    entry with negative hours."""
    actor, services = answers.visitor.signed_in(), answers.services
    own = {"municipality": actor.municipality} if actor.municipality else {}
    offered, plan = activities.everything(session), plan_of(services.settings)

    def read(raw: dict[str, Any]) -> HoursEntry:
        return read_entry({**own, **raw}, plan, activities=offered, today=services.rules.today)

    if "entries" not in given:
        added = hours.add(session, actor, read(given))
        where, shown = added, as_json(added)
    else:
        written = add_all(session, actor, read_each(given, read))
        where, shown = written[0], {"entries": [as_json(entry) for entry in written]}
    headers = {
        **answers.headers,
        "Location": f"/api/v1/hours?municipality={where.municipality}&month={where.month:%Y-%m}",
    }
    return Response(orjson.dumps(shown), 201, headers=headers, media_type=JSON)


def read_each(
    given: dict[str, Any], read: Callable[[dict[str, Any]], HoursEntry]
) -> list[HoursEntry]:
    """The entries of a body with several; raises `Invalid`, under `entries/NUMBER/field`."""
    sent = given["entries"]
    is_list = isinstance(sent, list) and 0 < len(sent) <= MOST_AT_ONCE
    if len(given) > 1 or not is_list or not all(isinstance(one, dict) for one in sent):
        text = Text(
            "Skicka bara `entries`: en lista med 1–{most} rader.",
            "Send `entries` alone: a list of 1–{most} entries.",
        )
        raise Invalid([Fault("entries", text.format(most=MOST_AT_ONCE))])
    entries, faults = [], []
    for number, raw in enumerate(sent):
        try:
            entries.append(read(raw))
        except Invalid as refusal:
            faults += [Fault(f"entries/{number}/{one.where}", one.text) for one in refusal.faults]
    if faults:
        raise Invalid(faults)
    return entries


@router.get("/hours/activities")
def read_activities(request: Request, session: WriteSession, answers: HasAnswers) -> Response:
    """What hours can be spent on; one that is not `offered` stands in earlier entries only."""
    refuse_unknown(request)
    may_read(answers.visitor.signed_in())
    shown = [
        {
            "code": one.code,
            "label_sv": one.label_sv,
            "label_en": one.label_en,
            "offered": not one.retired,
        }
        for one in activities.everything(session).values()
    ]
    return Response(orjson.dumps({"activities": shown}), headers=answers.headers, media_type=JSON)


def read_chosen(
    municipality: str | None,
    month: str | None,
    first: str | None,
    last: str | None,
    activity: str | None,
    attested: str | None,
    names: dict[str, str],
) -> Chosen:
    """Which entries the query means; raises `BadParameters`."""
    told = {"month": month, "from": first, "to": last}
    read = {name: read_month(given) for name, given in told.items()}
    faults = [
        Fault(name, NOT_A_MONTH, in_parameter=True)
        for name, given in told.items()
        if given and read[name] is None
    ]
    if attested not in (None, "", "true", "false"):
        text = Text("Skriv true eller false.", "Write true or false.")
        faults.append(Fault("attested", text, in_parameter=True))
    if faults:
        raise BadParameters(faults)
    return Chosen(
        municipality=check_code(municipality, names),
        first=read["month"] or read["from"],
        last=read["month"] or read["to"],
        activity=activity or None,
        attested=attested == "true" if attested else None,
    )


def check_code(given: str | None, names: dict[str, str]) -> str | None:
    """Raises `BadParameters` for a code that no municipality has."""
    if given and given not in names:
        text = Text("Välj bland: {codes}.", "Choose among: {codes}.")
        codes = text.format(codes=", ".join(names))
        raise BadParameters([Fault("municipality", codes, in_parameter=True)])
    return given or None


def as_json(entry: HoursEntry) -> dict[str, Any]:
    """Any: JSON."""
    return {
        "id": entry.id,
        "municipality": entry.municipality,
        "month": f"{entry.month:%Y-%m}",
        "role": entry.role,
        "person": entry.person,
        "hours": entry.hours,
        "activity": entry.activity,
        "sites": entry.sites,
        "note": entry.note,
        "entered_at": entry.entered_at,
        "entered_by": entry.entered_by,
        "attested_by": entry.attested_by,
        "attested_at": entry.attested_at,
        "corrects": entry.corrects,
        "concerns": f"{entry.concerns or entry.month:%Y-%m}",
        "import": entry.import_id,
    }


def month_json(one: MonthFigures) -> dict[str, Any]:
    """Any: JSON."""
    return {
        "municipality": one.municipality,
        "month": f"{one.month:%Y-%m}",
        "hours": one.hours,
        "whole_hours": one.whole_hours,
        "target": one.target,
        "attested": one.attested,
        "of_other_months": one.of_other_months,
        "entries": one.entries,
        "locked_at": one.locked_at,
    }
