"""Whoever is answered, as far as the log of registered views needs to know."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from fastapi import Request

from catalogue.database import Actor


@dataclass
class Reader:
    """Filled in once it is known that the request comes from a registered investor."""

    actor: Actor | None = None
    found: set[str] = field(default_factory=set)
    """References of the sites in the answer."""


def reader_of(request: Request) -> Reader:
    """The request's own; one that nobody looks at where the log is not there."""
    found = getattr(request.state, "reader", None)
    return found if isinstance(found, Reader) else Reader()


def note_investor(request: Request, actor: Actor | None) -> None:
    if actor is not None and actor.role == "investor":
        reader_of(request).actor = actor


def note_sites(request: Request, references: Iterable[str]) -> None:
    """Sites of an answer that its bytes do not tell, such as a packed file."""
    reader_of(request).found.update(references)
