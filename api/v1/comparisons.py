"""Sites side by side over HTTP: every field that any of them says something of, as rows."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.answers import HasAnswers
from api.comparisons import OFFERED, comparison_answer
from api.context import HasLanguage, ReadSession
from api.parameters import refuse_unknown
from catalogue.comparisons.chosen_sites import MOST, choose, read_references, side_by_side
from catalogue.errors import BadParameters, Fault
from geo.texts import Text

router = APIRouter(tags=["sites"])

References = Annotated[
    list[str] | None,
    Query(
        description=f"References of one to {MOST} sites, repeated or between commas",
        examples=[["GVB-2183-001", "GVB-2180-002"]],
    ),
]
Format = Annotated[str, Query(alias="format", description=f"One of {', '.join(OFFERED)}")]


@router.get("/comparisons")
def compare_sites(
    request: Request,
    session: ReadSession,
    answers: HasAnswers,
    language: HasLanguage,
    reference: References = None,
    chosen: Format = "json",
) -> Response:
    """The sites in the order given; each value with what is behind it, best and worst marked
    where more or less of it is better.

    A reference that does not exist, the same twice or too many are refused, and said which.
    """
    refuse_unknown(request, "reference", "format")
    if not read_references(reference or []):
        text = Text("Ange minst en beteckning.", "Give at least one reference.")
        raise BadParameters([Fault("reference", text, in_parameter=True)])
    found = choose(session, reference or [], answers.visitor.audience)
    if found.faults:
        raise BadParameters(found.faults)
    comparison = side_by_side(session, found.features, answers.visitor.audience)
    return comparison_answer(
        comparison,
        chosen,
        language=language,
        rules=answers.services.rules,
        headers=answers.headers,
    )
