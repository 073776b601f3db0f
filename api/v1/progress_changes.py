"""The list behind a figure of progress over HTTP, and why the figure has changed."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.answers import HasAnswers
from api.context import HasLanguage, WriteSession
from api.parameters import refuse_unknown
from api.v1.progress import AsOf, Municipality, Since, check_choices, preferred
from catalogue.behind.behind import Window, behind, read_figure
from catalogue.behind.behind_files import FORMATS, file_name
from catalogue.behind.lines import Behind
from catalogue.hours.hours import plan_of
from catalogue.progress.progress import read_span
from geo.texts import Language

router = APIRouter(tags=["progress"])


@router.get("/progress/changes")
def read_changes(
    request: Request,
    session: WriteSession,
    answers: HasAnswers,
    spoken: HasLanguage,
    figure: Annotated[
        str, Query(description="The figure's key, as /api/v1/progress lists them: area_net_ha")
    ] = "",
    municipality: Municipality = (),
    as_of: AsOf = None,
    since: Since = None,
    chosen: Annotated[
        str | None, Query(alias="format", description="json (default), csv or xlsx")
    ] = None,
    language: Annotated[
        str | None, Query(description="sv or en; Accept-Language if left out")
    ] = None,
) -> Response:
    """What a figure counts on two days, and each change down to the site and the field.

    The lines come to the figure, and the steps of a line to its change; lines that have changed
    come first, the largest change first, and the first 200 of them are explained.
    """
    refuse_unknown(request, "figure", "municipality", "as_of", "since", "format", "language")
    check_choices(chosen, language, tuple(FORMATS))
    services, actor = answers.services, answers.visitor.signed_in()
    settings, rules = services.settings, services.rules
    span = read_span(as_of, since, settings.baseline_date, rules.today)
    asked = read_figure(session, actor, figure, municipality, span)
    found = behind(session, actor, asked, plan_of(settings), rules.shelf_life, Window())
    words: Language = "sv" if (language or spoken) == "sv" else "en"
    wanted = chosen or preferred(request.headers.get("accept", ""))
    return changes_answer(found, wanted, words, answers.headers)


def changes_answer(
    found: Behind, chosen: str, language: Language, headers: dict[str, str]
) -> Response:
    kind = FORMATS[chosen]
    if kind.is_file:
        name = file_name(found, language, chosen)
        headers = {**headers, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(kind.write(found, language), headers=headers, media_type=kind.media_type)
