"""The pages on which somebody asks to see registered values, and confirms it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from catalogue.errors import Fault
from catalogue.open_forms import OPENED, TRAP
from frontend.rendering import Page, render
from geo.texts import Text


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What has been typed so far."""

    texts: Mapping[str, str]
    opened: str
    """When the form was opened, sealed."""
    faults: Sequence[Fault] = field(default=())
    refusal: Text | None = None


def register_page(page: Page, draft: Draft) -> str:
    errors = {fault.where: fault.text.in_language(page.language) for fault in draft.faults}
    return render(
        "register/new.html",
        page,
        said=defaultdict(str, draft.texts),
        opened=draft.opened,
        opened_name=OPENED,
        trap_name=TRAP,
        refusal=draft.refusal,
        errors=defaultdict(str, errors),
        summary=[{"field": where, "text": text} for where, text in errors.items() if where],
    )


def sent_page(page: Page) -> str:
    return render("register/sent.html", page)


def confirm_page(page: Page, token: str) -> str:
    """The button; without a token, that the request waits for its decision."""
    path = f"/register/confirm/{token}" if token else ""
    return render("register/confirm.html", page, path=path)
