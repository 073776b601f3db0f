"""The page a browser gets when something is refused or missing."""

from collections.abc import Sequence

from frontend.rendering import Page, render
from geo.texts import Text


def problem_page(
    page: Page,
    *,
    status: int,
    title: Text,
    detail: Text,
    faults: Sequence[tuple[str, Text]] = (),
    back: str = "",
) -> str:
    """What is wrong and what to do next; `faults` are places with what is wrong there.

    `back` is the page that whoever sent something came from.
    """
    return render(
        "error.html",
        page,
        status=status,
        title=title.in_language(page.language),
        detail=detail.in_language(page.language),
        errors=[
            {"parameter": where, "detail": text.in_language(page.language)}
            for where, text in faults
        ],
        back=back,
    )
