"""One site to take along: its fact sheet as a PDF, and the picture that links are shown with."""

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.answers import Answers, HasAnswers
from api.context import HasLanguage, HasNames, ReadSession, Services
from api.pages.site import neighbours
from catalogue import listing, municipalities
from catalogue.access.registered_keys import registered_keys
from catalogue.database import Audience
from catalogue.files import files
from catalogue.files.stored_files import NotStored
from catalogue.maps.reference_layers import current_layers
from catalogue.maps.site_surroundings import surroundings
from catalogue.search import queries
from frontend import share_picture
from frontend.drawn_map import drawn_map, map_box
from frontend.fact_sheet import MOST_PHOTOS, SheetSeen, fact_sheet
from frontend.rendering import address
from frontend.typesetting import pdf, png
from geo.texts import Language, Text

router = APIRouter(include_in_schema=False)
log = logging.getLogger("sitefinder")

PDF, PNG = "application/pdf", "image/png"
FILE_NAME = Text("faktablad", "fact-sheet")
MAP_WIDTH, MAP_HEIGHT = 870, 420
LEAST_PHOTO_WIDTH = 640


@router.get("/sites/{reference}.pdf")
def show_fact_sheet(
    reference: str,
    session: ReadSession,
    answers: HasAnswers,
    names: HasNames,
    spoken: HasLanguage,
    lang: Annotated[Language | None, Query()] = None,
) -> Response:
    """A listed site on two to four pages, with what the reader may see; raises `NoSuchSite`."""
    language = lang or spoken
    answer = answers.kept(
        ("fact sheet", reference, language),
        lambda: sheet(session, answers, reference, names, language),
        PDF,
        answers.services.documents,
    )
    if answer.status_code == HTTPStatus.OK:
        name = f"{reference}-{FILE_NAME.in_language(language)}.pdf"
        answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@router.get("/sites/{reference}/map.png")
def show_share_picture(
    reference: str,
    session: ReadSession,
    answers: HasAnswers,
    names: HasNames,
    spoken: HasLanguage,
    lang: Annotated[Language | None, Query()] = None,
) -> Response:
    """What a link to the site is shown with, 1200 by 630 pixels; raises `NoSuchSite`."""
    language = lang or spoken

    def made() -> bytes:
        seen = sheet_seen(session, answers, reference, names, language)
        site_map = map_of(
            session, seen, language, width=share_picture.MAP_WIDTH, height=share_picture.HEIGHT
        )
        return png(share_picture.share_picture(seen, language, site_map))

    return answers.kept(("picture", reference, language), made, PNG, answers.services.documents)


def sheet(
    session: Session,
    answers: Answers,
    reference: str,
    names: Mapping[str, str],
    language: Language,
) -> bytes:
    seen, site_map, photos = sheet_parts(session, answers, reference, names, language)
    return pdf(fact_sheet(seen, language, site_map, photos), seen.today)


def sheet_parts(
    session: Session,
    answers: Answers,
    reference: str,
    names: Mapping[str, str],
    language: Language,
) -> tuple[SheetSeen, bytes, dict[str, bytes]]:
    """The site, its map as an SVG and its photos by address; raises `NoSuchSite`."""
    services, audience = answers.services, answers.visitor.audience
    seen = sheet_seen(session, answers, reference, names, language)
    site_map = map_of(session, seen, language, width=MAP_WIDTH, height=MAP_HEIGHT)
    return seen, site_map, pictures(session, services, audience, seen.feature["properties"])


def sheet_seen(
    session: Session,
    answers: Answers,
    reference: str,
    names: Mapping[str, str],
    language: Language,
) -> SheetSeen:
    """Raises `NoSuchSite`."""
    services, audience = answers.services, answers.visitor.audience
    feature = json.loads(queries.detail(session, reference, listing.LISTINGS[audience]).feature)
    said = feature["properties"]
    return SheetSeen(
        feature=feature,
        profile=json.loads(municipalities.profile(session, said["municipality"], audience)),
        neighbours=neighbours(session, said, audience, names),
        audience=audience,
        layers=current_layers(session),
        today=services.rules.today,
        registered=registered_keys(services.databases, [feature], audience).get(
            feature["id"], frozenset()
        ),
        address=services.settings.visited_at + address(language, f"/sites/{reference}"),
    )


def map_of(
    session: Session, seen: SheetSeen, language: Language, *, width: int, height: int
) -> bytes:
    """An SVG."""
    found = seen.reaches(language)
    around = surroundings(session, map_box(seen.outline, found, height / width))
    return drawn_map(seen.outline, found, around, width=width, height=height)


def pictures(
    session: Session, services: Services, audience: Audience, said: Mapping[str, Any]
) -> dict[str, bytes]:
    """The first photos that are ours, by address, in a size fit for print. Any: JSON."""
    ours = [photo for photo in said.get("photos", []) if photo.get("thumbnails")]
    found = {}
    for photo in ours[:MOST_PHOTOS]:
        wide = [one for one in photo["thumbnails"].items() if int(one[0]) >= LEAST_PHOTO_WIDTH]
        _, path = next(iter(wide or reversed(photo["thumbnails"].items())))
        _, _, digest, name = path.split("/")
        kept = files.fetched(session, audience, digest, name)
        try:
            part = services.files.read(kept.hash if kept else digest)
        except NotStored:
            log.error("The bytes of %s are missing", digest)
            continue
        found[photo["url"]] = b"".join(part.chunks)
    return found
