"""What this interface is: DIGG's api-info, the OpenAPI document and its documentation."""

from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from starlette.responses import HTMLResponse, JSONResponse

from api.context import HasPage, HasServices
from frontend.api_docs import api_docs_page

router = APIRouter(tags=["about"])

RELEASED = "2026-11-23"
PROBLEM: dict[str, Any] = {
    "description": "Refused: what is wrong and what to do (RFC 9457)",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string"},
                    "instance": {"type": "string"},
                    "errors": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {
                                "pointer": {"type": "string"},
                                "parameter": {"type": "string"},
                                "detail": {"type": "string"},
                            },
                        },
                    },
                },
                "required": ["type", "title", "status", "detail", "instance"],
            }
        }
    },
}
"""The one shape of every refusal; Any: JSON."""


@router.get("/api-info")
def read_api_info(services: HasServices) -> JSONResponse:
    """The interface's name, version and state, as DIGG's REST API profile asks."""
    return JSONResponse(
        {
            "apiName": "SiteFinder",
            "apiVersion": "1.0.0",
            "apiReleased": RELEASED,
            "apiDocumentation": f"{services.settings.visited_at}/api/v1/docs",
            "apiStatus": "active",
        }
    )


@router.get("/openapi.json", include_in_schema=False)
def read_openapi(request: Request) -> JSONResponse:
    return JSONResponse(document(request.app))


@router.get("/docs", include_in_schema=False)
def show_docs(page: HasPage, request: Request) -> HTMLResponse:
    return HTMLResponse(api_docs_page(page, document(request.app)))


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document of `/api/v1`, made once; Any: JSON."""
    if app.openapi_schema is None:
        found = get_openapi(
            title="SiteFinder",
            version="1.0.0",
            summary="Land for large establishments, with the source and date of every value",
            license_info={
                "name": "CC0 1.0",
                "url": "https://creativecommons.org/publicdomain/zero/1.0/",
            },
            routes=app.routes,
        )
        found["components"] = {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "responses": {"problem": PROBLEM},
        }
        for path in found["paths"].values():
            for method, operation in path.items():
                refused = {"$ref": "#/components/responses/problem"}
                operation["responses"].pop("422", None)
                operation["responses"]["4XX"] = refused
                if method in ("post", "patch"):
                    operation["security"] = [{"token": []}]
        app.openapi_schema = found
    return app.openapi_schema
