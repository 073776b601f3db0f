"""The application, wired together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware

from api import feed, files, health, pages, static, v1
from api.addresses import Addresses
from api.cache import AnswerCache
from api.context import Attempts, Services
from api.middleware import BodyLimit, Headings, HeadRequests, Languages, Origins, Visits
from api.problems import add_problems
from api.search_uses import counting_searches
from api.static import HashedFiles
from api.uploads import UPLOADS
from api.view_log import ViewLog
from catalogue.database import connect
from catalogue.files.file_types import TYPES
from catalogue.files.stored_files import open_files
from catalogue.rules import Rules, rules_of
from catalogue.settings import Settings
from frontend.assets import static_folders

DOCUMENTS_KEPT = 100


def create_app(settings: Settings | None = None, rules: Rules | None = None) -> FastAPI:
    """The application for these settings; `rules` gives tests their own clock."""
    settings = settings or Settings()
    services = Services(
        settings=settings,
        databases=connect(settings),
        rules=rules or rules_of(settings),
        attempts=Attempts(settings.sign_in_attempts),
        answer_attempts=Attempts(settings.answer_attempts),
        form_attempts=Attempts(settings.form_attempts),
        cache=AnswerCache(),
        documents=AnswerCache(most=DOCUMENTS_KEPT),
        files=open_files(settings),
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        with counting_searches(services):
            yield
        services.databases.dispose()

    app = FastAPI(
        title="SiteFinder",
        version="1.0",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.services = services
    add_problems(app)
    app.include_router(health.router)
    v1.add_routes(app)
    pages.add_routes(app)
    app.include_router(files.router)
    app.include_router(feed.router)
    app.include_router(static.router)
    for prefix, folder in static_folders().items():
        app.mount(prefix, HashedFiles(directory=folder), name=prefix)
    app.router.routes.insert(0, Addresses(app.router.routes))
    # The last added is the outermost.
    app.add_middleware(Visits)
    app.add_middleware(ViewLog, services=services)
    app.add_middleware(
        BodyLimit,
        limit_bytes=settings.body_limit_mb * 1_000_000,
        wider={UPLOADS: settings.upload_limit_mb * 1_000_000},
    )
    app.add_middleware(Origins)
    app.add_middleware(
        GZipMiddleware,
        minimum_size=1_000,
        compresslevel=1,
        exclude_content_types=(*DEFAULT_EXCLUDED_CONTENT_TYPES, *TYPES),
    )
    app.add_middleware(Headings, is_secure=services.is_secure)
    app.add_middleware(Languages)
    app.add_middleware(HeadRequests)
    return app
