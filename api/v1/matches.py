"""A client's requirements over HTTP: which sites answer them, how far off the others are."""

from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.answer_packs import MEDIA_TYPES, PackFormat, answer_pack
from api.answers import JSON, HasAnswers
from api.bodies import OpenJsonObject
from api.context import HasLanguage, HasNames, ReadSession
from api.parameters import refuse_unknown
from api.v1.documentation import body
from api.v1.documentation_matches import EXAMPLE, MATCHES, REQUEST
from catalogue.listing import LISTINGS
from catalogue.requests.asked import Asked, read_asked
from catalogue.requests.combinations import Combination, find_combinations
from catalogue.requests.matching import MOST_SITES, Match, Matching, Result, match
from catalogue.requests.places import known_places
from catalogue.requests.requirements import Requirement
from catalogue.requests.wording import words
from frontend.match_page import MOST_PACKED
from geo.texts import Language

router = APIRouter(tags=["sites"])


@router.post(
    "/matches",
    openapi_extra={"requestBody": body(REQUEST, EXAMPLE)},
    responses={
        200: {
            "description": "The sites, ranked; or the answer pack",
            "content": {JSON: {"schema": MATCHES}, **{kind: {} for kind in MEDIA_TYPES.values()}},
        }
    },
)
def match_sites(
    request: Request,
    given: OpenJsonObject,
    session: ReadSession,
    answers: HasAnswers,
    names: HasNames,
    spoken: HasLanguage,
    limit: Annotated[
        int,
        Query(ge=1, description=f"At most so many sites; more than {MOST_SITES} is taken as that"),
    ] = 20,
    offset: Annotated[int, Query(ge=0, le=1_000_000, description="Sites passed over")] = 0,
    wanted: Annotated[
        Literal["json"] | PackFormat,
        Query(alias="format", description="The answer pack: xlsx, pdf, or zip with fact sheets"),
    ] = "json",
    reference: Annotated[
        list[str] | None,
        Query(description=f"Sites of the pack, at most {MOST_PACKED}; the best if left out"),
    ] = None,
    chosen: Annotated[
        Language | None, Query(alias="language", description="Accept-Language if left out")
    ] = None,
) -> Response:
    """Every published site against every requirement: met, not met or unknown; the best first.

    Send either a client's `text`, which is read by rules, or `requirements`. What the rules did not
    cover stands in `not_understood`. Near misses fail a single must by at most a fifth of its mark;
    combinations are neighbouring sites that together reach the hectares. A file is the answer pack.
    """
    refuse_unknown(request, "limit", "offset", "format", "reference", "language")
    places, language = known_places(session, names), chosen or spoken
    asked = read_asked(given, places, answers.services.rules.today)
    if wanted != "json":
        sites = reference or ()
        return answer_pack(
            session, answers, asked, names, wanted, references=sites, language=language
        )
    table = LISTINGS[answers.visitor.audience]
    found = match(
        session, asked.requirements, table, names, limit=min(limit, MOST_SITES), offset=offset
    )
    together = find_combinations(session, asked.requirements, table, names)
    said = answer_json(asked, found, together, names, language)
    said["timeStamp"] = answers.services.rules.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    return Response(orjson.dumps(said), headers=answers.headers, media_type=JSON)


def answer_json(
    asked: Asked,
    found: Matching,
    together: list[Combination],
    names: dict[str, str],
    language: Language,
) -> dict[str, Any]:
    """Any: JSON."""
    return {
        "requirements": [
            {**one.model_dump(mode="json"), "words": words(one, names).in_language(language)}
            for one in asked.requirements
        ],
        "not_understood": asked.not_understood,
        "numberMatched": found.total,
        "numberReturned": len(found.sites),
        "meets": found.meets,
        "may_fit": found.may_fit,
        "fails": found.fails,
        "sites": [site_json(one, asked.requirements) for one in found.sites],
        "near_misses": [site_json(one, asked.requirements) for one in found.near_misses],
        "combinations": [combination_json(one, asked.requirements) for one in together],
    }


def site_json(site: Match, requirements: tuple[Requirement, ...]) -> dict[str, Any]:
    """Any: JSON."""
    told = ("name_sv", "name_en", "municipality", "municipality_name", "readiness")
    return {
        "reference": site.reference,
        **{key: site.properties.get(key) for key in told},
        "fit": site.fit,
        "score": site.score,
        "unknown": site.unknown,
        "results": [
            result_json(one, result)
            for one, result in zip(requirements, site.results, strict=True)
        ],
    }  # fmt: skip


def result_json(requirement: Requirement, result: Result) -> dict[str, Any]:
    """Any: JSON."""
    return {
        "key": requirement.key,
        "result": result.outcome,
        "value": result.value,
        "gap": result.gap,
    }


def combination_json(one: Combination, requirements: tuple[Requirement, ...]) -> dict[str, Any]:
    """Any: JSON."""
    return {
        "references": [part.reference for part in one.parts],
        "fit": one.fit,
        "apart_km": one.apart_km,
        "shared_substations": one.shared_substations,
        "results": [
            result_json(requirements[place], result) for place, result in one.results.items()
        ],
    }
