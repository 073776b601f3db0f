"""The table of a search: which fields are its columns, read from the address and written back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalogue.database import Audience
from catalogue.errors import BadParameters, Fault
from catalogue.fields import SITE, Field
from catalogue.listing import IN_DETAIL_ONLY, SEEN
from catalogue.tables import LISTED_FIELDS, NAME_KEYS
from geo.texts import Text

NAMES = frozenset({"view", "columns"})
"""The parameters that say how the sites are shown, and not which."""
MOST = 20
USUAL = (
    "readiness", "area_net_ha", "power_now_mw", "earliest_full_power", "drinking_water_m3_day",
    "detaljplan_status", "distance_rail_km",
)  # fmt: skip
LEFT_OUT = frozenset({*NAME_KEYS, *IN_DETAIL_ONLY, "power_timeline", "drinking_water_timeline"})
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class TableView:
    """The table with its columns, by key; the usual ones where none were chosen."""

    columns: tuple[str, ...] = USUAL

    @property
    def pairs(self) -> Pairs:
        """As parameters; the usual columns go without saying."""
        chosen = [] if self.columns == USUAL else [("columns", ",".join(self.columns))]
        return [("view", "table"), *chosen]

    @property
    def fields(self) -> list[Field]:
        return [SITE[key] for key in self.columns]


def offered(audience: Audience) -> list[Field]:
    """What can be a column for an audience: one value a site, short enough for a cell."""
    return [
        one for one in LISTED_FIELDS if one.key not in LEFT_OUT and one.visibility in SEEN[audience]
    ]


def read_view(pairs: Iterable[tuple[str, str]], audience: Audience) -> TableView | None:
    """The table that a query asks for, None for the list; raises `BadParameters`."""
    given = list(pairs)
    views = [text for name, text in given if name == "view"]
    if any(text not in ("table", "list") for text in views):
        raise BadParameters(
            [fault("view", Text("Välj list eller table.", "Choose list or table."))]
        )
    if "table" not in views:
        return None
    texts = [text for name, text in given if name == "columns"]
    keys = dict.fromkeys(part.strip() for text in texts for part in text.split(","))
    chosen = [key for key in keys if key]
    known = {one.key for one in offered(audience)}
    unknown = [key for key in chosen if key not in known]
    if unknown:
        text = Text("Det finns ingen kolumn {key}.", "There is no column {key}.")
        raise BadParameters([fault("columns", text.format(key=key[:60])) for key in unknown])
    if len(chosen) > MOST:
        text = Text("Högst {n} kolumner.", "At most {n} columns.").format(n=MOST)
        raise BadParameters([fault("columns", text)])
    return TableView(tuple(chosen) or USUAL)


def fault(name: str, text: Text) -> Fault:
    return Fault(name, text, in_parameter=True)


def without_view(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [pair for pair in pairs if pair[0] not in NAMES]
