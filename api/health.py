"""Whether the process lives, and whether it can answer."""

from fastapi import APIRouter
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse

from api.context import HasServices
from catalogue import state

router = APIRouter(prefix="/health", tags=["health"], include_in_schema=False)


@router.get("/live")
def live() -> JSONResponse:
    return JSONResponse({"status": "live"})


@router.get("/ready")
def ready(services: HasServices) -> JSONResponse:
    """503 until both sides of the database answer and the schema is there."""
    try:
        with services.databases.reading("public") as session:
            version = state.current(session).version
        with services.databases.writing(None) as session:
            session.execute(text("select 1"))
    except SQLAlchemyError:
        return JSONResponse({"status": "the database does not answer"}, 503)
    return JSONResponse({"status": "ready", "catalogue_version": version})
