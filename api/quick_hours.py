"""What a page of the workspace proposes to enter as hours, and what was just entered there."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import Request
from sqlalchemy.orm import Session

from api.context import Services
from catalogue.database import Actor
from catalogue.errors import NoSuchEntry
from catalogue.hours import activities, corrections, hours, locks
from catalogue.hours.hours import plan_of
from frontend.quick_hours import QuickHours

LOGGED = "logged"
"""The query parameter with the number of the entry just made."""


def quick_hours(
    request: Request,
    session: Session,
    services: Services,
    editor: Actor,
    municipality: str,
    *,
    with_sites: bool = False,
) -> QuickHours | None:
    """None before the project has begun, and where no month is open. After the project's end, hours
    go to its last month, or to the latest that is not locked."""
    closed = locks.locked(session, municipality)
    begun = plan_of(services.settings).begun(services.rules.today)
    month = max((one for one in begun if (municipality, one) not in closed), default=None)
    if month is None:
        return None
    number, logged = request.query_params.get(LOGGED, ""), None
    if number.isdecimal() and len(number) < 19:
        try:
            logged = corrections.find_own(session, editor, int(number))
        except NoSuchEntry:
            logged = None
    return QuickHours(
        municipality=municipality,
        month=month,
        role=hours.last_role(session, editor),
        sites=hours.references(session, municipality) if with_sites else (),
        activities=activities.everything(session),
        back=led_back(shown_address(request)),
        logged=logged,
    )


def shown_address(request: Request) -> str:
    """The page as the browser knows it, in its language."""
    prefix = "/en" if getattr(request.state, "language", "sv") == "en" else ""
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{prefix}{request.url.path}{query}"


def led_back(address: str, logged: int | None = None) -> str:
    """One of our own pages of the workspace, with what was just entered there."""
    parts = urlsplit(address)
    path = parts.path
    if parts.netloc or not path.removeprefix("/en").startswith("/workspace"):
        path = "/workspace"
    query = [pair for pair in parse_qsl(parts.query) if pair[0] not in (LOGGED, "saved")]
    if logged is not None:
        query.append((LOGGED, str(logged)))
    return f"{path}?{urlencode(query)}" if query else path
