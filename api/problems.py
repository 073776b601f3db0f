"""Refusals as answers: each class its status, one body (RFC 9457), a page for browsers."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from psycopg.errors import DataError, InsufficientPrivilege, QueryCanceled
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Scope

from catalogue import errors
from catalogue.accounts.identities import IdentityRefused
from catalogue.accounts.second_factors import SecondFactorMissing, WrongCode
from catalogue.accounts.sign_ins import DoorClosed
from catalogue.accounts.tokens import TokenTooNarrow
from catalogue.errors import CatalogueError, Fault
from frontend.problems import problem_page
from frontend.rendering import Page, address
from geo.errors import GeoError
from geo.texts import Language, Text

PROBLEM = "application/problem+json"
PAGELESS = ("/api/", "/ogc", "/dcat", "/health", "/static/", "/metrics")
log = logging.getLogger("sitefinder")

STATUS: dict[type[Exception], HTTPStatus] = {
    errors.BadParameters: HTTPStatus.BAD_REQUEST,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.LinkOver: HTTPStatus.GONE,
    errors.SharedListOver: HTTPStatus.GONE,
    errors.NotSignedIn: HTTPStatus.UNAUTHORIZED,
    errors.WrongSignIn: HTTPStatus.UNAUTHORIZED,
    errors.NotAllowed: HTTPStatus.FORBIDDEN,
    errors.Changed: HTTPStatus.PRECONDITION_FAILED,
    errors.NotReady: HTTPStatus.CONFLICT,
    errors.NotPossible: HTTPStatus.CONFLICT,
    errors.TooManyAttempts: HTTPStatus.TOO_MANY_REQUESTS,
    DoorClosed: HTTPStatus.TOO_MANY_REQUESTS,
    TokenTooNarrow: HTTPStatus.FORBIDDEN,
    SecondFactorMissing: HTTPStatus.FORBIDDEN,
    WrongCode: HTTPStatus.UNAUTHORIZED,
    IdentityRefused: HTTPStatus.FORBIDDEN,
    errors.Unreadable: HTTPStatus.BAD_REQUEST,
    errors.WrongContentType: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    errors.FileTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.FileNotAccepted: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    errors.FilesAway: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.VersionMissing: HTTPStatus.PRECONDITION_REQUIRED,
    errors.NoSuchFormat: HTTPStatus.NOT_ACCEPTABLE,
    errors.Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    GeoError: HTTPStatus.UNPROCESSABLE_ENTITY,
    CatalogueError: HTTPStatus.UNPROCESSABLE_ENTITY,
}

TITLES: dict[int, Text] = {
    400: Text("Begäran går inte att läsa", "The request cannot be read"),
    401: Text("Du behöver logga in", "You need to sign in"),
    403: Text("Du har inte rätt till det här", "You are not allowed to do this"),
    404: Text("Sidan finns inte", "Not found"),
    405: Text("Adressen tar inte emot det anropet", "Method not allowed"),
    406: Text("Formatet finns inte", "Not acceptable"),
    409: Text("Steget går inte att ta nu", "Not possible now"),
    410: Text("Länken gäller inte längre", "The link holds no more"),
    412: Text("Någon annan hann före", "Somebody else was first"),
    413: Text("För stort", "Too large"),
    415: Text("Fel innehållstyp", "Unsupported media type"),
    422: Text("Uppgifterna går inte att spara", "The values cannot be saved"),
    428: Text("Versionen saknas", "The version is missing"),
    429: Text("För många försök", "Too many attempts"),
    500: Text("Tjänsten har ett fel", "The service has a fault"),
    503: Text("Tjänsten hinner inte med just nu", "The service is too busy right now"),
}
DETAILS: dict[int, Text] = {
    404: Text(
        "Adressen finns inte. Kontrollera stavningen eller börja om från startsidan.",
        "There is nothing at this address. Check the spelling or start from the first page.",
    ),
    405: Text(
        "Adressen finns, men inte för den metoden. Huvudet Allow säger vilka som går.",
        "The address exists, but not for that method. The Allow header says which do.",
    ),
    500: Text(
        "Felet är noterat hos oss. Inget du skrev har sparats; försök igen om en stund.",
        "The fault has been noted. Nothing you wrote was saved; try again in a while.",
    ),
    503: Text(
        "Frågan tog för lång tid. Begränsa sökningen och försök igen.",
        "The question took too long. Narrow the search and try again.",
    ),
}


def status_of(error: Exception) -> HTTPStatus:
    """The status of the closest class in `STATUS`."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def problem_response(
    scope: Scope,
    status: int,
    text: Text | None = None,
    faults: Sequence[Fault] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem in the language and form the asker wants."""
    request = Request(scope)
    language = language_for(request)
    title = TITLES.get(status, Text(HTTPStatus(status).phrase, HTTPStatus(status).phrase))
    detail = text or DETAILS.get(status, title)
    if is_page(request):
        page = problem_page(
            Page(
                language=language,
                path=request.url.path,
                nonce=getattr(request.state, "nonce", ""),
                account=getattr(request.state, "account", None),
            ),
            status=status,
            title=title,
            detail=detail,
            faults=[(fault.where, fault.text) for fault in faults],
            back=way_back(request),
        )
        return HTMLResponse(page, status, headers=dict(headers or {}))
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": title.in_language(language),
        "status": status,
        "detail": detail.in_language(language),
        "instance": request.url.path,
    }
    if faults:
        body["errors"] = [described(fault, language) for fault in faults]
    return Response(orjson.dumps(body), status, headers=dict(headers or {}), media_type=PROBLEM)


def way_back(request: Request) -> str:
    """The page of ours that a form was sent from; empty where nothing was sent, or from elsewhere."""
    came_from = urlsplit(request.headers.get("referer", ""))
    if request.method != "POST" or came_from.netloc != request.headers.get("host"):
        return ""
    # Two slashes would lead to another host.
    path = "/" + came_from.path.lstrip("/")
    return urlunsplit(("", "", path, came_from.query, ""))


def described(fault: Fault, language: Language) -> dict[str, str]:
    place = {"parameter": fault.where} if fault.in_parameter else {"pointer": f"/{fault.where}"}
    return {**place, "detail": fault.text.in_language(language)}


def is_page(request: Request) -> bool:
    return not request.url.path.startswith(PAGELESS)


def language_for(request: Request) -> Language:
    chosen: Language | None = getattr(request.state, "language", None)
    if chosen:
        return chosen
    return "sv" if request.headers.get("accept-language", "en").lower().startswith("sv") else "en"


def add_problems(app: FastAPI) -> None:
    """Every way a request can fail, answered in the one shape."""

    @app.exception_handler(CatalogueError)
    @app.exception_handler(GeoError)
    def refused(request: Request, error: Exception) -> Response:
        if not isinstance(error, CatalogueError | GeoError):
            raise error
        if isinstance(error, SecondFactorMissing) and is_page(request):
            onward = address(language_for(request), "/account/second-factor")
            return RedirectResponse(onward, 303, headers={"Cache-Control": "no-store"})
        faults = error.faults if isinstance(error, errors.Invalid) else ()
        headers = {}
        if isinstance(error, errors.NotSignedIn):
            headers["WWW-Authenticate"] = "Bearer"
        if isinstance(error, errors.TooManyAttempts):
            headers["Retry-After"] = str(error.seconds)
        return problem_response(request.scope, status_of(error), error.text, faults, headers)

    @app.exception_handler(RequestValidationError)
    def unreadable(request: Request, error: Exception) -> Response:
        if not isinstance(error, RequestValidationError):
            raise error
        faults = [
            Fault(str(one["loc"][-1]), Text(one["msg"], one["msg"]), one["loc"][0] == "query")
            for one in error.errors()
        ]
        return problem_response(request.scope, HTTPStatus.BAD_REQUEST, None, faults)

    @app.exception_handler(HTTPException)
    def stopped(request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            raise error
        return problem_response(request.scope, error.status_code, headers=error.headers)

    @app.exception_handler(DBAPIError)
    def database_refused(request: Request, error: Exception) -> Response:
        cause = error.__cause__ if isinstance(error, DBAPIError) else None
        if isinstance(cause, InsufficientPrivilege):
            return problem_response(
                request.scope,
                HTTPStatus.FORBIDDEN,
                Text(
                    "Ditt konto når inte den kommunens uppgifter.",
                    "Your account cannot reach that municipality's data.",
                ),
            )
        if isinstance(cause, DataError):
            return problem_response(
                request.scope,
                HTTPStatus.BAD_REQUEST,
                Text(
                    "Begäran innehåller tecken eller tal som inte kan tas emot.",
                    "The request contains characters or numbers that cannot be accepted.",
                ),
            )
        if isinstance(cause, QueryCanceled):
            return problem_response(request.scope, HTTPStatus.SERVICE_UNAVAILABLE)
        return broken(request, error)

    @app.exception_handler(ClientDisconnect)
    def gone(request: Request, _: Exception) -> Response:
        """Nobody reads the answer; a browser that leaves is no fault of anybody's."""
        log.info("%s %s: gone before all of it was sent", request.method, request.url.path)
        return Response(status_code=HTTPStatus.BAD_REQUEST)

    @app.exception_handler(Exception)
    def broken(request: Request, error: Exception) -> Response:
        log.error("%s %s", request.method, request.url.path, exc_info=error)
        return problem_response(request.scope, HTTPStatus.INTERNAL_SERVER_ERROR)
