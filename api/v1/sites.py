"""One site over HTTP: read, made, changed and moved."""

from datetime import date
from hashlib import sha256
from typing import Any

import orjson
from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.responses import Response

from api.answers import GEOJSON, Answers, HasAnswers
from api.bodies import ExpectedVersion, JsonObject, prove_origin
from api.context import HasLanguage, HasNames, Services, WriteSession
from api.v1.documentation import CHANGES, CREATED, SITE_BODY, TRANSITION_BODY
from catalogue import sites
from catalogue.changes import read_changes
from catalogue.database import Actor
from catalogue.errors import Fault, Invalid, NoSuchSite
from catalogue.fields import SITE
from catalogue.files import files
from catalogue.full_site import full_feature
from catalogue.listing import LISTINGS
from catalogue.search import queries
from catalogue.site import LISTED_STATUSES, Site, Status
from catalogue.sites import Saved
from catalogue.workflow import second_readings
from catalogue.workflow.transitions import Terms
from geo.texts import LANGUAGES, Language, Text

router = APIRouter(tags=["sites"])

LONGEST_REASON = 300


@router.get("/sites/{reference}")
def read_site(reference: str, answers: HasAnswers) -> Response:
    """One site with what stands behind each value; drafts for those who may see them."""
    actor = answers.visitor.actor
    own = whole(answers.services, actor, reference, answers.names) if actor else None
    if own is not None:
        answer = site_answer(own, answers)
        said = own["properties"]
        answer.headers["Link"] = links_around(reference, said["municipality"], said["status"])
        return answer
    found = queries.detail(answers.session, reference, LISTINGS[answers.visitor.audience])
    etag = f'"{found.version}-{sha256(found.feature.encode()).hexdigest()[:20]}"'
    headers = {**answers.headers, "ETag": etag}
    if answers.unchanged(etag):
        return Response(status_code=304, headers=headers)
    headers["Link"] = links_around(reference, found.municipality, found.status)
    text = files.addressed(found.feature, answers.services.settings.visited_at)
    return Response(text, headers=headers, media_type=GEOJSON)


def links_around(reference: str, municipality: str, status: str) -> str:
    """Where the site's municipality is described, once for all its sites, and the fact sheets of
    a site that is listed."""
    links = [f'</api/v1/municipalities/{municipality}>; rel="related"; title="municipality"']
    if status in LISTED_STATUSES:
        sheet = f"</sites/{reference}.pdf?lang="
        links += [
            f'{sheet}{language}>; rel="alternate"; type="application/pdf"; hreflang="{language}"'
            for language in LANGUAGES
        ]
    return ", ".join(links)


def whole(
    services: Services, actor: Actor, reference: str, names: dict[str, str]
) -> dict[str, Any] | None:
    """The site from the write side, None where the actor reads only what is listed. Any: JSON."""
    if actor.role == "investor":
        return None
    with services.databases.writing(actor) as session:
        try:
            site = sites.find(session, reference)
        except NoSuchSite:
            return None
    name = names.get(site.municipality, site.municipality)
    return full_feature(site, name, services.rules)


def site_answer(feature: dict[str, Any], answers: Answers, status_code: int = 200) -> Response:
    """A site in full; one that was just made says where it is. Any: JSON."""
    said = feature["properties"]
    headers = {**answers.headers, "ETag": f'"{said["version"]}-full"'}
    if status_code == 201:
        headers["Location"] = f"/api/v1/sites/{said['reference']}"
    home = answers.services.settings.visited_at
    text = files.addressed(orjson.dumps(feature).decode(), home)
    return Response(text, status_code, headers=headers, media_type=GEOJSON)


def saved_answer(
    saved: Saved,
    answers: Answers,
    names: dict[str, str],
    language: Language,
    *,
    status_code: int = 200,
) -> Response:
    """A site as it now stands, with what its writer should know."""
    site: Site = saved.site
    feature = full_feature(site, names.get(site.municipality, ""), answers.services.rules)
    feature["warnings"] = [
        {"pointer": f"/{one.where}", "detail": one.text.in_language(language)}
        for one in saved.warnings
    ]
    return site_answer(feature, answers, status_code)


@router.post(
    "/sites", status_code=201, openapi_extra={"requestBody": SITE_BODY, "responses": CREATED}
)
def create_site(
    body: JsonObject,
    session: WriteSession,
    answers: HasAnswers,
    names: HasNames,
    language: HasLanguage,
) -> Response:
    """A new draft in the municipality named by code."""
    municipality = body.get("municipality")
    if not isinstance(municipality, str) or municipality not in names:
        raise Invalid(
            [
                Fault(
                    "municipality",
                    Text(
                        "Ange kommunens kod, som {codes}.",
                        "Give the municipality's code, such as {codes}.",
                    ).format(codes=", ".join(list(names)[:3])),
                )
            ]
        )
    rules = answers.services.rules
    changes = read_changes(body, SITE, today=rules.today, kept=frozenset({"municipality"}))
    saved = sites.create(session, answers.visitor.signed_in(), municipality, changes, rules)
    return saved_answer(saved, answers, names, language, status_code=201)


@router.patch("/sites/{reference}", openapi_extra={"requestBody": CHANGES})
def change_site(
    reference: str,
    body: JsonObject,
    version: ExpectedVersion,
    session: WriteSession,
    answers: HasAnswers,
    names: HasNames,
    language: HasLanguage,
) -> Response:
    """The site with the given values changed; null empties a field, one left out stays."""
    rules = answers.services.rules
    changes = read_changes(body, SITE, today=rules.today, kept=frozenset())
    saved = sites.change(
        session,
        answers.visitor.signed_in(),
        reference,
        changes,
        rules,
        expected_version=version,
    )
    return saved_answer(saved, answers, names, language)


@router.post("/sites/{reference}/transitions", openapi_extra={"requestBody": TRANSITION_BODY})
def move_site(
    reference: str,
    body: JsonObject,
    session: WriteSession,
    answers: HasAnswers,
    names: HasNames,
    language: HasLanguage,
) -> Response:
    """The site in its next status; some steps ask for a reason, a reservation for its last day."""
    to, terms = read_step(body)
    saved = sites.move(
        session,
        answers.visitor.signed_in(),
        reference,
        to,
        answers.services.rules,
        terms=terms,
    )
    return saved_answer(saved, answers, names, language)


@router.post("/sites/{reference}/second-reading", dependencies=[Depends(prove_origin)])
def read_changes_of_others(
    reference: str,
    version: ExpectedVersion,
    session: WriteSession,
    answers: HasAnswers,
    names: HasNames,
    language: HasLanguage,
) -> Response:
    """What others changed on a published site has been read; where two people are asked for."""
    actor, rules = answers.visitor.signed_in(), answers.services.rules
    saved = second_readings.read(session, actor, reference, rules, expected_version=version)
    return saved_answer(saved, answers, names, language)


class StepBody(BaseModel):
    """The body of a step."""

    model_config = ConfigDict(extra="forbid")

    to: Status
    reason: str = Field("", max_length=LONGEST_REASON)
    reserved_until: date | None = None


def read_step(given: dict[str, Any]) -> tuple[Status, Terms]:
    """Raises `Invalid` with each part that is wrong; Any: JSON."""
    try:
        step = StepBody.model_validate(given)
    except ValidationError as refusal:
        wrong = [str(one["loc"][0]) for one in refusal.errors()]
        faults = [Fault(part[:60], STEP_PARTS.get(part, STEP_PARTS["to"])) for part in wrong]
        raise Invalid(faults) from refusal
    return step.to, Terms(step.reason, step.reserved_until)


STEP_PARTS = {
    "to": Text("Skicka ”to” med en av {codes}.", "Send “to” with one of {codes}.").format(
        codes=", ".join(entry.code for entry in SITE["status"].codes)
    ),
    "reason": Text("Text, högst 300 tecken.", "Text, at most 300 characters."),
    "reserved_until": Text("Ett datum, som 2027-05-01.", "A date, such as 2027-05-01."),
}
