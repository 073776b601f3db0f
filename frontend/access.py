"""The pages of access to registered values: the queue, one request, one investor, and the log."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from catalogue.access.access_requests import AccessRequest
from catalogue.access.investors import Investor
from catalogue.access.registered_views import View
from catalogue.errors import Fault
from frontend.rendering import Page, address, render
from geo.texts import Text

REQUESTS = "/admin/access-requests"
INVESTORS = "/admin/investors"
VIEWS = "/workspace/views"
MOST_NAMED = 12
KINDS: Mapping[str, Text] = {
    "page": Text("Sida", "Page"),
    "api": Text("API", "API"),
    "map": Text("Karta", "Map"),
    "file": Text("Fil", "File"),
    "fact_sheet": Text("Faktablad", "Fact sheet"),
}
DONE: Mapping[str, Text] = {
    "approved": Text(
        "Ansökan är godkänd, och den som frågade får ett mejl om det.",
        "The request is approved, and whoever asked gets an e-mail about it.",
    ),
    "refused": Text(
        "Ansökan är avslagen, och den som frågade får ett mejl.",
        "The request is refused, and whoever asked gets an e-mail.",
    ),
    "renewed": Text("De nya villkoren är sparade.", "The new terms are saved."),
    "revoked": Text(
        "Kontot är stängt, och den som hade det får ett mejl.",
        "The account is closed, and whoever had it gets an e-mail.",
    ),
}


@dataclass(frozen=True)
class Refusal:
    """Why nothing was saved; empty where nothing was in the way."""

    text: Text | None = None
    faults: Sequence[Fault] = field(default=())


NONE = Refusal()


@dataclass(frozen=True, kw_only=True)
class Views:
    """A page of the log."""

    views: Sequence[View]
    names: Mapping[str, str]
    account: int
    reference: str
    number: int
    size: int
    total: int
    days: int
    may_decide: bool


def queue_page(
    page: Page,
    waiting: Sequence[AccessRequest],
    refused: Sequence[AccessRequest],
    readers: Sequence[Investor],
    *,
    done: str,
) -> str:
    return render(
        "access/queue.html",
        page,
        waiting=waiting,
        refused=refused,
        readers=readers,
        done=DONE.get(done),
        requests=REQUESTS,
        investors=INVESTORS,
        views=VIEWS,
    )


def request_page(
    page: Page, asked: AccessRequest, typed: Mapping[str, str], refusal: Refusal
) -> str:
    return render(
        "access/request.html",
        page,
        asked=asked,
        path=f"{REQUESTS}/{asked.id}",
        requests=REQUESTS,
        investors=INVESTORS,
        said=defaultdict(str, typed),
        **told(page, refusal),
    )


def told(page: Page, refusal: Refusal) -> dict[str, object]:
    """What is wrong, as the templates want it."""
    errors = {one.where: one.text.in_language(page.language) for one in refusal.faults}
    return {
        "refusal": refusal.text,
        "errors": defaultdict(str, errors),
        "summary": [{"field": where, "text": text} for where, text in errors.items()],
    }


def investor_page(
    page: Page,
    found: Investor,
    latest: Sequence[View],
    *,
    done: str = "",
    typed: Mapping[str, str] | None = None,
    refusal: Refusal = NONE,
) -> str:
    usual = {
        "expires_on": str(found.expires_on or ""),
        "nda_on": str(found.nda_on or ""),
        "nda_reference": found.nda_reference or "",
    }
    return render(
        "access/investor.html",
        page,
        one=found,
        path=f"{INVESTORS}/{found.id}",
        requests=REQUESTS,
        views=VIEWS,
        lines=[line(view) for view in latest],
        said=defaultdict(str, typed or usual),
        done=DONE.get(done),
        **told(page, refusal),
    )


def line(view: View) -> dict[str, object]:
    """One answer of the log; the sites that are too many to name are counted."""
    return {
        "at": view.at,
        "email": view.email,
        "account_id": view.account_id,
        "kind": KINDS[view.kind],
        "sites": view.sites[:MOST_NAMED],
        "more": max(0, view.total - MOST_NAMED),
        "municipality": view.municipality,
    }


def views_page(page: Page, views: Views) -> str:
    def at(number: int) -> str:
        return address(
            page.language,
            VIEWS,
            account=views.account or None,
            reference=views.reference or None,
            page=number,
        )

    first = (views.number - 1) * views.size
    last = first + len(views.views)
    return render(
        "access/views.html",
        page,
        views=views,
        path=VIEWS,
        investors=INVESTORS,
        requests=REQUESTS,
        lines=[line(view) for view in views.views],
        first=first + 1,
        last=last,
        previous=at(views.number - 1) if views.number > 1 else "",
        next=at(views.number + 1) if last < views.total else "",
    )
