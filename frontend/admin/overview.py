"""The first page: what needs attention, and every finding about the installation."""

from collections.abc import Sequence

from catalogue.administration.attention import Matter
from catalogue.administration.soundness import Finding
from frontend.admin.sections import admin_page
from frontend.rendering import Page

PATH = "/admin"


def overview_page(page: Page, matters: Sequence[Matter], findings: Sequence[Finding]) -> str:
    return admin_page(page, "overview.html", PATH, matters=matters, findings=findings)
