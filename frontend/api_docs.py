"""The documentation of the JSON interface, shown by Swagger UI from our own server."""

from frontend.rendering import Page, render


def api_docs_page(page: Page) -> str:
    return render("api_docs.html", page)
