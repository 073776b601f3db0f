"""The documentation of the JSON interface: its OpenAPI document as a page of our own.

The usual viewers are large, ask for inline styles, and do not meet WCAG.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from frontend.rendering import Page, render
from geo.texts import Text

Json = Mapping[str, Any]
"""A part of the document; Any: JSON."""
GROUPS: dict[str, Text] = {
    "sites": Text("Platser", "Sites"),
    "map": Text("Karta", "Map"),
    "municipalities": Text("Kommuner", "Municipalities"),
    "progress": Text("Läget och nedlagd tid", "Progress and hours"),
    "about": Text("Om gränssnittet", "About the interface"),
}


@dataclass(frozen=True)
class Parameter:
    name: str
    place: str
    description: str
    kind: str


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    summary: str
    needs_token: bool
    parameters: tuple[Parameter, ...]
    example: str
    """A body that can be sent, as indented JSON; empty where none is."""

    @property
    def anchor(self) -> str:
        return f"{self.method}-{self.path.strip('/').replace('/', '-')}"


def api_docs_page(page: Page, document: Json) -> str:
    """Every operation of an OpenAPI document, by group."""
    groups: dict[str, list[Operation]] = {tag: [] for tag in GROUPS}
    for tag, operation in operations(document):
        groups.setdefault(tag, []).append(operation)
    titled = [(GROUPS.get(tag, Text(tag, tag)), found) for tag, found in groups.items() if found]
    return render("api_docs.html", page, groups=titled)


def operations(document: Json) -> Iterator[tuple[str, Operation]]:
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            content: Json = next(iter(said.get("requestBody", {}).get("content", {}).values()), {})
            example = content.get("example")
            yield (
                next(iter(said.get("tags", ())), "about"),
                Operation(
                    method=method.upper(),
                    path=path,
                    summary=said.get("description", said.get("summary", "")),
                    needs_token="security" in said,
                    parameters=tuple(parameter(one) for one in said.get("parameters", ())),
                    example=json.dumps(example, indent=2, ensure_ascii=False) if example else "",
                ),
            )


def parameter(said: Json) -> Parameter:
    return Parameter(
        said["name"], said["in"], said.get("description", ""), kind(said.get("schema", {}))
    )


def kind(schema: Json) -> str:
    """What a schema takes, in a few words: its codes, or its type and format."""
    if "items" in schema:
        return f"{kind(schema['items'])}, …"
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "anyOf" in schema:
        return " | ".join(kind(one) for one in schema["anyOf"] if one.get("type") != "null")
    return str(schema.get("format") or schema.get("type", ""))
