"""A page's forms as a browser would send them."""

from html.parser import HTMLParser
from typing import Any

from starlette.testclient import TestClient

Texts = dict[str, list[str]]


class FormReader(HTMLParser):
    """Collects the controls of the form whose action begins with an address."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action = action
        self.is_inside = False
        self.texts: Texts = {}
        self.area: str | None = None
        self.chosen: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said: dict[str, Any] = dict(attrs)
        if tag == "form":
            self.is_inside = said.get("action", "").startswith(self.action)
        if not self.is_inside:
            return
        name = said.get("name") or ""
        if tag == "input" and name:
            is_ticked = said.get("type") not in ("checkbox", "radio") or "checked" in said
            if is_ticked and "__row__" not in name:
                self.texts.setdefault(name, []).append(said.get("value") or "")
        elif tag == "textarea":
            self.area = name
            self.texts.setdefault(name, []).append("")
        elif tag == "select" and "__row__" not in name:
            self.chosen = name
            self.texts[name] = [""]
        elif tag == "option" and self.chosen and "selected" in said:
            self.texts[self.chosen] = [said.get("value") or ""]

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.texts[self.area][-1] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = None
        elif tag == "select":
            self.chosen = None
        elif tag == "form":
            self.is_inside = False


def form_of(html: str, action: str) -> Texts:
    reader = FormReader(action)
    reader.feed(html)
    return reader.texts


def open_form(client: TestClient, address: str, action: str = "") -> Texts:
    """The form on a page, untouched."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return form_of(answer.text, action or address)
