"""axe in a page: which rules of accessibility it breaks, as it stands now."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).parent.parent / "node_modules" / "axe-core" / "axe.min.js"
WCAG_22_AA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
EVERY_RULE: Sequence[str] = ()
"""Good practice as well."""


def violations(page: Page, tags: Sequence[str] = WCAG_22_AA) -> list[str]:
    """Each rule with the first places that break it; axe is put into a document once."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SOURCE.read_text("utf-8"))
    only = {"runOnly": list(tags)} if tags else {}
    found = page.evaluate(
        "options => axe.run(options).then(result => result.violations.map(one =>"
        " one.id + ': ' + one.nodes.map(node => node.html).slice(0, 2).join(' ')))",
        {"resultTypes": ["violations"], **only},
    )
    return [str(one) for one in found]
