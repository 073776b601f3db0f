"""Figures of progress over time: the ends of months, as JSON and as a CSV file."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.answers import HasAnswers
from api.context import HasLanguage, WriteSession
from api.parameters import refuse_unknown
from api.v1.progress import check_choices
from catalogue.hours.hours import plan_of
from catalogue.progress.series import series
from catalogue.progress.series_files import FORMATS
from catalogue.progress.series_input import read_wanted
from geo.texts import Language

router = APIRouter(tags=["progress"])


@router.get("/progress/series")
def read_series(
    request: Request,
    session: WriteSession,
    answers: HasAnswers,
    spoken: HasLanguage,
    first: Annotated[
        str | None,
        Query(alias="from", description="The first month: 2023-10; the project's if left out"),
    ] = None,
    last: Annotated[
        str | None,
        Query(alias="to", description="The last month: 2026-09; the latest if left out"),
    ] = None,
    figure: Annotated[
        list[str] | None, Query(description="Keys of figures, repeated; all if left out")
    ] = None,
    municipality: Annotated[
        str | None, Query(description="A municipality's code; all, and their total, if left out")
    ] = None,
    chosen: Annotated[
        str | None, Query(alias="format", description="json (default) or csv")
    ] = None,
    language: Annotated[
        str | None, Query(description="sv or en; Accept-Language if left out")
    ] = None,
) -> Response:
    """Figures at the end of each month, as they were known then; a month that is not over yet is
    told as of today. Each figure is a list with a number a day, null where nothing can be said."""
    refuse_unknown(request, "from", "to", "figure", "municipality", "format", "language")
    check_choices(chosen, language, tuple(FORMATS))
    services, actor = answers.services, answers.visitor.signed_in()
    plan, rules = plan_of(services.settings), services.rules
    given = {"from": first, "to": last, "municipality": municipality}
    wanted = read_wanted(given, figure or [], plan, rules.today)
    found = series(session, actor, wanted, plan, rules.shelf_life)
    kind = FORMATS[chosen or "json"]
    words: Language = "sv" if (language or spoken) == "sv" else "en"
    headers = answers.headers
    if chosen == "csv":
        name = f"sitefinder-series-{wanted.days[0]}-{wanted.days[-1]}.csv"
        headers = {**headers, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(kind.write(found, words), headers=headers, media_type=kind.media_type)
