"""What a handler asks for: who is there, a session in the right role, the page's surroundings."""

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from hmac import compare_digest
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from api.cache import AnswerCache
from api.devices import device_of
from api.readers import note_investor
from catalogue import municipalities, state
from catalogue.accounts import sealing, sessions, tokens
from catalogue.accounts.sealing import Seal
from catalogue.accounts.second_factors import SecondFactorMissing
from catalogue.accounts.sessions import SessionLife
from catalogue.accounts.sign_ins import Origin, network_of
from catalogue.accounts.tokens import Scope
from catalogue.administration.adjustments import in_force
from catalogue.database import Actor, Audience, Databases
from catalogue.errors import NotAllowed, NotSignedIn
from catalogue.files.stored_files import StoredFiles
from catalogue.open_forms import Guard
from catalogue.rules import Rules
from catalogue.search.uses import Uses
from catalogue.settings import Settings
from catalogue.state import CatalogueState
from frontend.rendering import Page, SignedIn, address
from geo.texts import Language, Text

FACTOR_PATHS = frozenset({"/account/second-factor", "/sign-in", "/sign-out"})
"""Open to whoever must turn on the second factor first."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Attempts:
    """Counts attempts per address and account, in this process only: a first barrier that spares
    the database; `catalogue.accounts.sign_ins` counts for all processes."""

    def __init__(self, allowed: str) -> None:
        self.allowed: RateLimitItem = parse(allowed)
        self.limiter = MovingWindowRateLimiter(MemoryStorage())

    def take(self, *who: str) -> int:
        """Seconds to wait; 0 while attempts are left, and then one is used."""
        if self.limiter.hit(self.allowed, *who):
            return 0
        return self.allowed.get_expiry()


@dataclass
class Services:
    """What the process holds for its requests."""

    settings: Settings
    databases: Databases
    rules: Rules
    attempts: Attempts
    answer_attempts: Attempts
    form_attempts: Attempts
    cache: AnswerCache
    documents: AnswerCache
    """PDFs and pictures: few of them, since each is some hundred kilobytes."""
    files: StoredFiles
    uses: Uses = field(default_factory=Uses)

    def __post_init__(self) -> None:
        self.installed = self.settings
        """The settings that the process was started with."""
        self.adjusted: Mapping[str, object] = {}

    def follow(self, adjusted: Mapping[str, object]) -> None:
        """Take on what an administrator has set since the last request."""
        if adjusted != self.adjusted:
            self.settings = in_force(self.installed, adjusted)
            self.rules = self.rules.under(self.settings)
            self.adjusted = adjusted

    @property
    def session_life(self) -> SessionLife:
        return sessions.session_life(self.settings)

    @cached_property
    def seal(self) -> Seal:
        return sealing.seal_of(self.settings)

    @property
    def guard(self) -> Guard:
        return Guard(self.seal, self.settings, self.rules.now())

    @property
    def is_secure(self) -> bool:
        """Whether visitors come by https, so that cookies may be kept to it."""
        return self.settings.visited_at.startswith("https://")

    @property
    def cookie(self) -> str:
        """The session cookie's name; a browser accepts the prefix over https only."""
        return "__Host-session" if self.is_secure else "session"


async def get_services(request: Request) -> Services:
    found = request.app.state.services
    if not isinstance(found, Services):
        raise TypeError("services")
    return found


HasServices = Annotated[Services, Depends(get_services)]


@dataclass(frozen=True)
class Visitor:
    """Whoever sent the request."""

    actor: Actor | None = None
    session_secret: str | None = None
    """Set where a cookie, and not a token, says who it is."""
    scope: Scope | None = None
    """What the token may do, where one says who it is."""
    lacks_factor: bool = False
    """Whether the role asks for a second factor that the session was opened without."""

    @property
    def audience(self) -> Audience:
        """Whose view of the catalogue is read."""
        return "registered" if self.actor else "public"

    @property
    def csrf_token(self) -> str:
        """Proof that a form came from our own page; bound to the session."""
        if self.session_secret is None:
            return ""
        return sha256(f"csrf {self.session_secret}".encode()).hexdigest()

    def signed_in(self) -> Actor:
        """The account; raises `NotSignedIn`."""
        if self.actor is None:
            raise NotSignedIn
        return self.actor


async def visitor_of(request: Request, services: Services) -> Visitor:
    """Known by a bearer token or by the session cookie; raises `NotSignedIn` for a bad token,
    `TokenTooNarrow` for one that may not send this request, and `SecondFactorMissing`.

    Most visitors have neither: nothing is asked then, and no thread is needed for it.
    """
    authorization = request.headers.get("authorization", "")
    secret = request.cookies.get(services.cookie)
    if not authorization and not secret:
        return Visitor()
    visitor = await run_in_threadpool(identified, services, authorization, secret or "")
    note_investor(request, visitor.actor)
    if visitor.scope is not None:
        tokens.check(visitor.scope, request.method, request.url.path)
    if visitor.lacks_factor and request.url.path not in FACTOR_PATHS:
        raise SecondFactorMissing
    return visitor


def identified(services: Services, authorization: str, secret: str) -> Visitor:
    with services.databases.writing(None) as session:
        if authorization:
            scheme, _, token = authorization.partition(" ")
            if scheme.lower() != "bearer":
                raise NotSignedIn
            holder, scope = tokens.holder(session, token.strip(), services.rules.now())
            return Visitor(holder, scope=scope)
        entered = sessions.entered(session, secret, services.rules.now(), services.session_life)
    if entered is None:
        return Visitor()
    required = entered.actor.role in services.settings.roles_with_second_factor
    return Visitor(entered.actor, secret, lacks_factor=required and not entered.is_strong)


@dataclass
class Visit:
    """One request: whoever sent it, and what it is answered with, looked up when it is needed.

    All of it hangs together here, since resolving a dependency costs as much as some answers.
    Looking up asks the database: it belongs in a handler's thread, never in the event loop.
    """

    request: Request
    services: Services
    visitor: Visitor
    session: Session
    """On the read side, with what the visitor may see."""

    @cached_property
    def state(self) -> CatalogueState:
        """Looked at once a request; changed settings are in force from then on."""
        found = state.current(self.session)
        self.services.follow(found.settings)
        return found

    @cached_property
    def names(self) -> dict[str, str]:
        """The municipalities' names by code, kept until the catalogue changes."""
        return self.services.cache.kept(
            ("names", self.state.version),
            lambda: municipalities.listed_names(self.session, self.visitor.audience),
        )

    @property
    def language(self) -> Language:
        return language_asked(self.request)

    @cached_property
    def page(self) -> Page:
        actor, request = self.visitor.actor, self.request
        account = (
            SignedIn(
                name=actor.name,
                email=actor.email,
                role=actor.role,
                municipality_name=self.names.get(actor.municipality or ""),
            )
            if actor
            else None
        )
        # For the page that tells why something was refused.
        request.state.account = account
        return Page(
            language=self.language,
            path=request.url.path.removeprefix("/en") or "/",
            query=request.url.query,
            account=account,
            nonce=request.state.nonce,
            csrf_token=self.visitor.csrf_token,
            home=self.services.settings.visited_at,
            demo=self.state.has_examples,
        )


async def get_visit(request: Request) -> Visit:
    """The request's own, made when it is first asked for; `Visits` ends it.

    Asks nothing of the database unless somebody is signed in.
    """
    found: Visit | None = getattr(request.state, "visit", None)
    if found is None:
        services = await get_services(request)
        visitor = await visitor_of(request, services)
        session = Session(services.databases.readers[visitor.audience])
        request.state.visit = found = Visit(request, services, visitor, session)
    return found


HasVisit = Annotated[Visit, Depends(get_visit)]


async def get_visitor(visit: HasVisit) -> Visitor:
    return visit.visitor


HasVisitor = Annotated[Visitor, Depends(get_visitor)]


async def get_origin(request: Request) -> Origin:
    host = request.client.host if request.client else ""
    return Origin(network_of(host), device_of(request.headers.get("user-agent", "")))


HasOrigin = Annotated[Origin, Depends(get_origin)]


async def get_reading(visit: HasVisit) -> Session:
    return visit.session


def open_writing(visit: HasVisit) -> Iterator[Session]:
    with visit.services.databases.writing(visit.visitor.signed_in()) as session:
        yield session


ReadSession = Annotated[Session, Depends(get_reading)]
WriteSession = Annotated[Session, Depends(open_writing, scope="function")]
"""Committed before the answer leaves, so that a failed commit is never reported as success."""


async def read_form(request: Request, visit: HasVisit) -> AsyncIterator[FormData]:
    """A page's form, after its proof of origin; raises `NotAllowed` without it."""
    async with request.form() as form:
        check_csrf(visit.visitor, str(form.get("csrf_token", "")))
        yield form


PageForm = Annotated[FormData, Depends(read_form)]


def check_csrf(visitor: Visitor, given: str) -> None:
    if visitor.session_secret is not None and not compare_digest(given, visitor.csrf_token):
        raise NotAllowed(
            Text(
                "Formuläret har blivit för gammalt. Ladda om sidan och skicka igen.",
                "The form is too old. Reload the page and send it again.",
            )
        )


def get_state(visit: HasVisit) -> CatalogueState:
    return visit.state


HasState = Annotated[CatalogueState, Depends(get_state)]


async def get_language(request: Request) -> Language:
    return language_asked(request)


def language_asked(request: Request) -> Language:
    """The page's language by its address; the API's by Accept-Language, English if unsaid."""
    chosen: Language | None = getattr(request.state, "language", None)
    if chosen is not None:
        return chosen
    first = request.headers.get("accept-language", "en").split(",")[0].strip().lower()
    return "sv" if first.startswith("sv") else "en"


HasLanguage = Annotated[Language, Depends(get_language)]


def sign_in_first(request: Request, language: Language) -> HTTPException:
    """Raised for a page that needs an account; signing in leads back to it."""
    query = f"?{request.url.query}" if request.url.query else ""
    onward = address(language, request.url.path.removeprefix("/en")) + query
    return HTTPException(303, headers={"Location": address(language, "/sign-in", next=onward)})


def get_names(visit: HasVisit) -> dict[str, str]:
    return visit.names


HasNames = Annotated[dict[str, str], Depends(get_names)]


def get_page(visit: HasVisit) -> Page:
    return visit.page


HasPage = Annotated[Page, Depends(get_page)]
