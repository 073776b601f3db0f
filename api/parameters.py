"""The query of a request as a filter, with its paging, order and format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request

from api.context import HasNames
from catalogue.errors import BadParameters, Fault
from catalogue.search import filters
from catalogue.search.filters import PARAMETERS, SPECIAL, Parameter, SiteFilter
from catalogue.search.queries import MAX_LIMIT, SORT_KEYS, Page, read_sort
from catalogue.search.table_columns import TableView
from geo.texts import Text

PAGING = ("limit", "offset", "sort", "format")


@dataclass(frozen=True)
class SiteSearch:
    """Which sites, which part of them, in which format."""

    wanted: SiteFilter
    page: Page
    format: str | None = None
    view: TableView | None = None
    """The table, where a page does not show a list."""


async def get_filter(request: Request, names: HasNames) -> SiteFilter:
    """The filter of a query that holds nothing else; raises `BadParameters`."""
    return filters.parse(request.query_params.multi_items(), names)


async def get_search(request: Request, names: HasNames) -> SiteSearch:
    return read_search(request.query_params.multi_items(), names)


def read_search(pairs: Sequence[tuple[str, str]], names: Mapping[str, str]) -> SiteSearch:
    """The filter with `limit`, `offset`, `sort` and `format`; raises `BadParameters`."""
    rest = {name: text for name, text in pairs if name in PAGING}
    page = Page(
        limit=min(whole(rest, "limit", 20, least=1), MAX_LIMIT),
        offset=whole(rest, "offset", 0, least=0),
        sort=read_sort(rest.get("sort")),
    )
    wanted = filters.parse([pair for pair in pairs if pair[0] not in PAGING], names)
    return SiteSearch(wanted, page, rest.get("format") or None)


def whole(given: dict[str, str], name: str, default: int, *, least: int) -> int:
    text = given.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) < least:
        raise BadParameters(
            [
                Fault(
                    name,
                    Text("Ett heltal, minst {least}.", "A whole number, at least {least}.").format(
                        least=least
                    ),
                    in_parameter=True,
                )
            ]
        )
    return int(text)


HasFilter = Annotated[SiteFilter, Depends(get_filter)]
HasSearch = Annotated[SiteSearch, Depends(get_search)]


def refuse_unknown(request: Request, *known: str) -> None:
    """Raises `BadParameters` for any query parameter but these."""
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        text = Text("Parametern finns inte.", "There is no such parameter.")
        raise BadParameters([Fault(name[:60], text, in_parameter=True) for name in unknown])


def described(parameter: Parameter) -> dict[str, Any]:
    """A filter parameter as OpenAPI has it; Any: JSON."""
    one, schema = parameter.field, {"type": "string"}
    if one.kind in ("number", "integer", "span", "integers"):
        schema = {"type": "number"}
    elif one.kind == "date":
        schema = {"type": "string", "format": "date"}
    elif one.kind == "flag":
        schema = {"type": "string", "enum": ["true", "false"]}  # type: ignore[dict-item]  # JSON
    elif one.codes:
        codes = [entry.code for entry in one.codes]
        ordered = codes if parameter.operator in ("any", "not") else list(one.code_order)
        schema = {"type": "string", "enum": ordered}  # type: ignore[dict-item]  # JSON
    if parameter.operator in ("any", "not") and one.kind != "flag":
        schema = {"type": "array", "items": schema}  # type: ignore[dict-item]  # JSON
    unit = f" ({one.unit.en})" if one.unit.en else ""
    return {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": f"{parameter.label.en}{unit}",
        "schema": schema,
        **({"style": "form", "explode": False} if "items" in schema else {}),
    }


def filter_parameters() -> list[dict[str, Any]]:
    """Every filter parameter for the API's documentation; Any: JSON."""
    special = [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": text.en,
            "schema": {"type": "string"},
        }
        for name, text in SPECIAL.items()
    ]
    return special + [described(parameter) for parameter in PARAMETERS.values()]


def paging_parameters() -> list[dict[str, Any]]:
    """Any: JSON."""
    return [
        {
            "name": "limit",
            "in": "query",
            "description": f"At most so many sites; more than {MAX_LIMIT} is taken as {MAX_LIMIT}",
            "schema": {"type": "integer", "minimum": 1, "default": 20},
        },
        {
            "name": "offset",
            "in": "query",
            "description": "So many sites are passed over",
            "schema": {"type": "integer", "minimum": 0, "default": 0},
        },
        {
            "name": "sort",
            "in": "query",
            "description": f"Keys between commas, `-` for falling: {', '.join(sorted(SORT_KEYS))}",
            "schema": {"type": "string"},
        },
    ]
