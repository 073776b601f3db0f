"""How many sites pass a filter, by code and by size, and what each condition costs."""

import orjson
from fastapi import APIRouter
from starlette.responses import Response

from api.answers import HasAnswers
from api.context import ReadSession
from api.parameters import HasFilter, filter_parameters
from catalogue.listing import LISTINGS
from catalogue.search import counts

router = APIRouter(prefix="/counts", tags=["sites"])


@router.get("", openapi_extra={"parameters": filter_parameters()})
def count_sites(wanted: HasFilter, session: ReadSession, answers: HasAnswers) -> Response:
    """Totals, facets and histograms of the sites that pass, and what each condition costs.

    `others` has the same facets and histograms as if a field's own condition were not there;
    `relax` says how many more sites there are without each condition, `loosen` how many more
    with less asked of it: `query` is the looser filter. With `power_mw_min`, `power_by_year` says
    how many sites have those MW by each year.
    """
    table = LISTINGS[answers.visitor.audience]
    this_year = answers.services.rules.today.year
    return answers.kept(
        ("counts", wanted.query_string()),
        lambda: orjson.dumps(
            counts.counts(session, wanted, table, answers.listed(session), this_year)
        ),
    )
