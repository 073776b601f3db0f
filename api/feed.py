"""The Atom feed of all sites, or of those that meet a search or may."""

from fastapi import APIRouter
from starlette.responses import Response

from api.answers import HasAnswers
from api.context import HasLanguage, HasNames, HasServices
from api.parameters import HasSearch
from catalogue.alerts import feed
from catalogue.alerts.feed import MEDIA_TYPE, Place
from frontend.search_words import chips

router = APIRouter(include_in_schema=False)


@router.get("/feed.atom")
def read_feed(
    search: HasSearch,
    services: HasServices,
    answers: HasAnswers,
    language: HasLanguage,
    names: HasNames,
) -> Response:
    """As everybody may see it, whoever asks; made once while the catalogue stays the same."""
    said = ", ".join(chip.text for chip in chips(search.wanted, names, language))
    place = Place(services.settings.visited_at, language, search.wanted.query_string(), said)

    def made() -> bytes:
        with services.databases.reading("public") as session:
            return feed.write(session, search.wanted, names, place, services.rules.now())

    return answers.kept(("feed", language, place.query), made, MEDIA_TYPE)
