"""The sign-in page."""

from collections.abc import Sequence

from catalogue.accounts.identity_providers import IdentityProvider
from frontend.rendering import Page, render
from geo.texts import Text


def sign_in_page(
    page: Page,
    *,
    email: str = "",
    onward: str = "",
    error: Text | None = None,
    providers: Sequence[IdentityProvider] = (),
) -> str:
    """The form; after a failed attempt with what was wrong and the address kept."""
    return render(
        "sign_in.html",
        page,
        email=email,
        next=onward,
        providers=providers,
        error=error.in_language(page.language) if error else "",
    )


def signed_out_page(page: Page, label: str, end_url: str) -> str:
    """Signed out here; where the other service offers it, a way to sign out there too."""
    return render("account/signed_out.html", page, label=label, end_url=end_url)
