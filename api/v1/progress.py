"""The figures of progress over HTTP: as JSON and CSV, as a workbook and on one sheet of paper."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.answers import HasAnswers
from api.context import HasLanguage, WriteSession
from api.parameters import refuse_unknown
from catalogue.errors import BadParameters, Fault
from catalogue.progress.progress import read_span, readable_names
from catalogue.progress.progress_files import file_name
from catalogue.progress.progress_filter import Narrowing, read_narrowing
from catalogue.progress.reports import Report, report
from frontend.progress_formats import FORMATS
from geo.texts import LANGUAGES, Language, Text

router = APIRouter(tags=["progress"])

AsOf = Annotated[
    str | None,
    Query(description="The day shown, as it was known then: 2026-05-01; today if left out"),
]
Since = Annotated[
    str | None, Query(description="The day compared with; the project's baseline if left out")
]
Municipality = Annotated[
    Sequence[str],
    Query(
        description="Codes or names, repeated or with commas between; in all is then of these "
        "together. All that you may see if left out"
    ),
]


@router.get("/progress")
def read_progress(
    request: Request,
    session: WriteSession,
    answers: HasAnswers,
    spoken: HasLanguage,
    as_of: AsOf = None,
    since: Since = None,
    municipality: Municipality = (),
    theme: Annotated[
        str | None,
        Query(
            description="One of land, plan, power, water, transport and permits: only the figures "
            "that are counted by theme, and its fields one by one; not as pdf"
        ),
    ] = None,
    chosen: Annotated[
        str | None, Query(alias="format", description="json (default), csv, xlsx or pdf")
    ] = None,
    language: Annotated[
        str | None, Query(description="sv or en; Accept-Language if left out")
    ] = None,
) -> Response:
    """Every figure per municipality and in all, with its definition, its dates and its change."""
    refuse_unknown(request, "as_of", "since", "municipality", "theme", "format", "language")
    check_choices(chosen, language)
    services, actor = answers.services, answers.visitor.signed_in()
    settings, rules = services.settings, services.rules
    span = read_span(as_of, since, settings.baseline_date, rules.today)
    words: Language = "sv" if (language or spoken) == "sv" else "en"
    wanted = chosen or preferred(request.headers.get("accept", ""))
    narrowed = read_narrowing(municipality, theme or "", readable_names(session, actor))
    refuse_theme(narrowed, wanted)
    has_trend = FORMATS[wanted].has_trend
    found = report(session, actor, span, settings, rules, has_trend=has_trend, narrowed=narrowed)
    return progress_answer(found, wanted, words, answers.headers)


def check_choices(
    chosen: str | None, language: str | None, formats: tuple[str, ...] = tuple(FORMATS)
) -> None:
    """Raises `BadParameters` for a format or a language that there is not."""
    offered = {"format": (chosen, formats), "language": (language, LANGUAGES)}
    faults = [
        Fault(
            name,
            Text("Välj bland: {names}.", "Choose among: {names}.").format(names=", ".join(names)),
            in_parameter=True,
        )
        for name, (given, names) in offered.items()
        if given is not None and given not in names
    ]
    if faults:
        raise BadParameters(faults)


def refuse_theme(narrowed: Narrowing, chosen: str) -> None:
    """Raises `BadParameters` for a theme in the report, which has its place for all of them."""
    if narrowed.theme and chosen == "pdf":
        text = Text(
            "Rapporten visar alla teman. Ta bort temat, eller välj json, csv eller xlsx.",
            "The report shows all themes. Leave the theme out, or choose json, csv or xlsx.",
        )
        raise BadParameters([Fault("theme", text, in_parameter=True)])


def preferred(accept: str) -> str:
    """The first of our formats that the client names; JSON where it names none."""
    offered = {kind.media_type.partition(";")[0]: name for name, kind in FORMATS.items()}
    named = (part.partition(";")[0].strip() for part in accept.lower().split(","))
    return next((offered[one] for one in named if one in offered), "json")


def progress_answer(
    found: Report, chosen: str, language: Language, headers: dict[str, str]
) -> Response:
    kind = FORMATS[chosen]
    if kind.is_file:
        name = file_name(found, language, chosen)
        headers = {**headers, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(kind.write(found, language), headers=headers, media_type=kind.media_type)
