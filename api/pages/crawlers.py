"""What search engines read first: which pages there are, and which to leave alone."""

from fastapi import APIRouter
from starlette.responses import Response

from api.answers import HasAnswers
from api.context import HasServices, ReadSession
from catalogue.listing import LISTINGS
from catalogue.search import queries
from frontend.sitemap import robots, sitemap

router = APIRouter(include_in_schema=False)


@router.get("/sitemap.xml")
def show_sitemap(session: ReadSession, answers: HasAnswers, services: HasServices) -> Response:
    """The public pages, those of listed sites last changed first, in both languages."""
    return answers.kept(
        "sitemap",
        lambda: sitemap(
            services.settings.visited_at,
            queries.last_changed(session, LISTINGS[answers.visitor.audience]),
        ),
        "application/xml",
        services.documents,
    )


@router.get("/robots.txt")
def show_robots(services: HasServices) -> Response:
    return Response(robots(services.settings.visited_at), media_type="text/plain")
