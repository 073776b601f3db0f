"""The pages behind links in letters, and the one that asks for such a letter."""

from collections.abc import Sequence

from catalogue.accounts.account_links import Purpose
from catalogue.accounts.passwords import LONGEST, SHORTEST
from catalogue.database import Actor
from catalogue.errors import Fault
from frontend.rendering import Page, render
from geo.texts import Text


def choose_page(page: Page, holder: Actor, purpose: Purpose, faults: Sequence[Fault] = ()) -> str:
    """Where the holder of a link chooses a password."""
    error = " ".join(fault.text.in_language(page.language) for fault in faults)
    return render(
        "account/choose_password.html",
        page,
        holder=holder,
        purpose=purpose,
        error=error,
        shortest=SHORTEST,
        longest=LONGEST,
    )


def spent_page(page: Page, purpose: Purpose, text: Text) -> str:
    return render(
        "account/link_spent.html", page, purpose=purpose, text=text.in_language(page.language)
    )


def forgotten_page(
    page: Page, *, email: str = "", error: Text | None = None, is_sent: bool = False
) -> str:
    """The form; after it, the same words whether a letter is on its way or not."""
    return render(
        "account/forgotten.html",
        page,
        email=email,
        error=error.in_language(page.language) if error else "",
        is_sent=is_sent,
    )
