"""Who may open the administrator's pages, and that nobody keeps a copy of them."""

from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse

from api.context import HasLanguage, HasVisitor, sign_in_first
from catalogue.database import Actor
from catalogue.errors import NotAllowed
from geo.texts import Text


def get_admin(request: Request, visitor: HasVisitor, language: HasLanguage) -> Actor:
    """An administrator; others are refused, and who has not signed in is asked to."""
    if visitor.actor is None:
        raise sign_in_first(request, language)
    if visitor.actor.role != "admin":
        raise NotAllowed(
            Text(
                "Sidan är för dem som förvaltar tjänsten.",
                "The page is for those who administer the service.",
            )
        )
    return visitor.actor


HasAdmin = Annotated[Actor, Depends(get_admin)]


def private(html: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})


PageNumber = Annotated[int, Query(alias="page", ge=1, le=10_000)]


def one_line(form: FormData, name: str) -> str:
    """A text of a form without line breaks, or spaces around it."""
    return " ".join(str(form.get(name, "")).split())
