"""What is looked for and what sites drop out on, as JSON and as a CSV file; for the project."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.answers import JSON, HasAnswers
from api.context import HasLanguage, WriteSession
from api.parameters import refuse_unknown
from api.v1.progress import check_choices
from catalogue.progress import demand, demand_files
from geo.texts import Language

router = APIRouter(tags=["progress"])

Day = Annotated[str | None, Query(description="2026-05-01; the last 90 days if left out")]


@router.get("/progress/demand")
def read_demand(
    request: Request,
    session: WriteSession,
    answers: HasAnswers,
    spoken: HasLanguage,
    since: Day = None,
    until: Day = None,
    chosen: Annotated[
        str | None, Query(alias="format", description="json (default) or csv")
    ] = None,
    language: Annotated[
        str | None, Query(description="sv or en; Accept-Language if left out")
    ] = None,
) -> Response:
    """How often each condition was set, and which sites dropped out on it alone."""
    refuse_unknown(request, "since", "until", "format", "language")
    check_choices(chosen, language, ("json", "csv"))
    days = demand.read_days(since, until, answers.services.rules.today)
    found = demand.demand(session, answers.visitor.signed_in(), days)
    words: Language = "sv" if (language or spoken) == "sv" else "en"
    if chosen == "csv":
        name = f"sitefinder-demand-{days.since}-{days.until}.csv"
        headers = {**answers.headers, "Content-Disposition": f'attachment; filename="{name}"'}
        content = demand_files.write_csv(found, words)
        return Response(content, headers=headers, media_type="text/csv; charset=utf-8")
    return Response(demand_files.write_json(found), headers=answers.headers, media_type=JSON)
