"""The pages of the second factor: putting it into an app, its recovery codes, the code at sign-in."""

import io
from collections.abc import Sequence

import segno
from markupsafe import Markup

from catalogue.accounts.second_factors import fours
from frontend.rendering import Page, render
from geo.texts import Text


def enrolment_page(
    page: Page,
    *,
    secret: str,
    sealed: str,
    uri: str,
    is_required: bool,
    error: Text | None = None,
) -> str:
    """The secret as a picture and as text, and the field for the first code."""
    return render(
        "account/enrol.html",
        page,
        secret=" ".join(fours(secret)),
        sealed=sealed,
        uri=uri,
        picture=qr_code(uri),
        is_required=is_required,
        error=error.in_language(page.language) if error else "",
    )


def codes_page(page: Page, codes: Sequence[str]) -> str:
    """The recovery codes; the only page that ever shows them."""
    return render("account/codes.html", page, codes=codes)


def code_page(page: Page, *, onward: str = "", error: Text | None = None) -> str:
    """The second step of signing in."""
    return render(
        "account/code.html",
        page,
        next=onward,
        error=error.in_language(page.language) if error else "",
    )


def qr_code(uri: str) -> Markup:
    """An SVG without a size of its own: dark on white in both colour schemes, as cameras want."""
    output = io.BytesIO()
    segno.make(uri, error="m").save(
        output, kind="svg", xmldecl=False, svgns=False, omitsize=True, nl=False,
        dark="#000", light="#fff", svgclass="qr-code", lineclass=None,
    )  # fmt: skip
    return Markup(output.getvalue().decode())  # noqa: S704 - made of numbers alone
