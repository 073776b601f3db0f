"""The page a browser gets when something is refused or missing."""

from collections.abc import Sequence

from frontend.rendering import Page, render
from geo.texts import Language, Text


def problem_page(
    language: Language,
    *,
    path: str,
    nonce: str,
    status: int,
    title: Text,
    detail: Text,
    faults: Sequence[tuple[str, Text]] = (),
) -> str:
    """What is wrong and what to do next; `faults` are places with what is wrong there."""
    return render(
        "error.html",
        Page(language=language, path=path, nonce=nonce),
        status=status,
        title=title.in_language(language),
        detail=detail.in_language(language),
        errors=[
            {"parameter": where, "detail": text.in_language(language)} for where, text in faults
        ],
    )
