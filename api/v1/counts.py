"""How many sites pass a filter, by code and by size, and what each condition costs."""

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from api.answers import HasAnswers
from api.parameters import filter_parameters
from catalogue.listing import LISTINGS
from catalogue.search import counts, filters

router = APIRouter(prefix="/counts", tags=["sites"])


@router.get("", openapi_extra={"parameters": filter_parameters()})
def count_sites(request: Request, answers: HasAnswers) -> Response:
    """Totals, facets and histograms of the sites that pass, and what each condition costs.

    `others` has the same facets and histograms as if a field's own condition were not there;
    `relax` says how many more sites there are without each condition, `loosen` how many more
    with less asked of it: `query` is the looser filter. With `power_mw_min`, `power_by_year` says
    how many sites have those MW by each year.
    """
    wanted = filters.parse(request.query_params.multi_items(), answers.names)
    table = LISTINGS[answers.visitor.audience]
    this_year = answers.services.rules.today.year
    return answers.kept(
        ("counts", wanted.query_string()),
        lambda: orjson.dumps(
            counts.counts(answers.session, wanted, table, answers.listed(), this_year)
        ),
    )
