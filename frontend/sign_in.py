"""The sign-in page."""

from frontend.rendering import Page, render
from geo.texts import Text


def sign_in_page(
    page: Page, *, email: str = "", onward: str = "", error: Text | None = None
) -> str:
    """The form; after a failed attempt with what was wrong and the address kept."""
    return render(
        "sign_in.html",
        page,
        email=email,
        next=onward,
        error=error.in_language(page.language) if error else "",
    )
