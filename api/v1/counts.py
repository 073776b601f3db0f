"""How many sites pass a filter, by code and by size, and what each condition costs."""

import orjson
from fastapi import APIRouter
from starlette.responses import Response

from api.answers import HasAnswers
from api.context import ReadSession
from api.parameters import HasFilter, filter_parameters
from catalogue.listing import LISTINGS
from catalogue.search import counting

router = APIRouter(prefix="/counts", tags=["sites"])


@router.get("", openapi_extra={"parameters": filter_parameters()})
def count_sites(wanted: HasFilter, session: ReadSession, answers: HasAnswers) -> Response:
    """Totals, facets, histograms, and for each condition how many more sites without it."""
    table = LISTINGS[answers.visitor.audience]
    return answers.kept(
        ("counts", wanted.query_string()),
        lambda: orjson.dumps(counting.counts(session, wanted, table, answers.listed(session))),
    )
