"""The list of public pages for search engines, as sitemaps.org describes it."""

from collections.abc import Iterable
from datetime import date
from xml.sax.saxutils import quoteattr

from frontend.rendering import address
from geo.texts import LANGUAGES

PATHS = ("/", "/municipalities", "/about/data", "/about/accessibility", "/about/privacy")
PRIVATE = (
    "/account", "/admin", "/answer", "/enquiries", "/hours", "/progress", "/sign-in", "/workspace",
)  # fmt: skip
"""Of no use without an account, or each visitor's own."""
OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


def sitemap(home: str, sites: Iterable[tuple[str, date]]) -> str:
    """`sites` are references with the day of the last change."""
    entries = [entry(home, path) for path in PATHS]
    entries += [entry(home, f"/sites/{reference}", day) for reference, day in sites]
    return f"{OPENING}{''.join(entries)}</urlset>\n"


def entry(home: str, path: str, changed: date | None = None) -> str:
    """One page in each language, each with the way to the others."""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" '
        f"href={quoteattr(home + address(language, path))}/>"
        for language in LANGUAGES
    )
    day = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
    return "".join(
        f"<url><loc>{home}{address(language, path)}</loc>{day}{links}</url>\n"
        for language in LANGUAGES
    )


def robots(home: str) -> str:
    refused = [f"Disallow: {address(language, path)}" for path in PRIVATE for language in LANGUAGES]
    return "\n".join(["User-agent: *", *refused, "", f"Sitemap: {home}/sitemap.xml", ""])
