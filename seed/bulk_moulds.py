"""Moulds: the rows of one site with gaps for what is its own, out of which many like it are cast.

A mould is made from the rows that the ordinary way of writing gives of one site, so that whatever
is cast in it is written like any other site.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import orjson
from sqlalchemy import Table

from catalogue import listing, tables
from catalogue.copying import FIELDS, JSONB_VERSION, LENGTH, NULL, encoder
from catalogue.database import Audience
from catalogue.rules import Rules
from catalogue.site import DISTANCE_KEYS, Site
from seed.bulk_versions import first_versions
from seed.demo_loading import site_rows

OWN_KEYS = (
    "id", "reference", "name_sv", "name_en", "description_sv", "description_en",
    "property_designations", "area_gross_ha", "area_net_ha", "largest_contiguous_ha",
    *chain.from_iterable(DISTANCE_KEYS.values()),
    "created_at", "updated_at", "published_at",
)  # fmt: skip
"""The columns of `site` that hold what is a site's own; its outline comes besides."""
WHOLE_KEYS = tuple(distance for distance, _ in DISTANCE_KEYS.values())
"""Given in whole kilometres to those who see a blurred outline."""
OF_SITE = {key: key for key in (*OWN_KEYS, "outline")}
OF_VERSION = {"site_id": "id", "recorded_at": "updated_at", "outline": "outline"}
DRAWN = ("outline", "x", "y", "search_text")
"""Columns of a listing that are worked out from what is a site's own."""
MARK = b"\0"
"""Around the name of a gap in JSON; no such byte stands in JSON by itself."""

Gaps = Mapping[str, str]
"""By column or member, the name of what fills it."""
Own = dict[str, bytes]
"""What fills the gaps, by name, as it is written there."""


class Gapped:
    """Bytes with gaps, each named by what fills it."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        """What stands for good, and between any two of it the name of a gap."""
        self.pieces = list(pieces)
        self.names = [piece.decode() for piece in pieces[1::2]]
        self.size = sum(map(len, pieces[::2]))

    def fill(self, own: Own) -> int:
        """How many bytes the pieces are from now on, until they are filled by another's."""
        fillings = [own[name] for name in self.names]
        self.pieces[1::2] = fillings
        return self.size + sum(map(len, fillings))


class Form:
    """A row in COPY's binary format with gaps, some of them filled by documents with gaps."""

    def __init__(
        self, row: Sequence[bytes], documents: Mapping[str, tuple[Sequence[bytes], bytes]]
    ) -> None:
        """The documents by the gap's name, each with what its column wants before it."""
        self.parts: list[tuple[Gapped, Gapped, bytes]] = []
        done = 0
        for name, (document, before) in documents.items():
            here = row.index(name.encode(), done)
            self.parts.append((Gapped(row[done:here]), Gapped(document), before))
            done = here + 1
        self.end = Gapped(row[done:])

    def cast(self, own: Own) -> list[bytes]:
        """The row in pieces, to be joined once with many others."""
        found: list[bytes] = []
        for part, document, before in self.parts:
            part.fill(own)
            size = document.fill(own) + len(before)
            found += (*part.pieces, LENGTH.pack(size), before, *document.pieces)
        self.end.fill(own)
        found += self.end.pieces
        return found


Mould = Mapping[str, Form]
"""A form for each table that a site has a row in, by the table's name."""


def moulds(
    sites: Sequence[Site], names: Mapping[str, str], rules: Rules, reason: str
) -> list[Mould]:
    """One from each of some sites with all that is computed; `names` are the municipalities'."""
    rows = list(site_rows(sites))
    found: list[dict[str, Form]] = [
        {
            tables.site.name: Form(row_with(tables.site, row, OF_SITE), {}),
            tables.site_version.name: version_form(version),
        }
        for row, version in zip(rows, first_versions(rows, reason), strict=True)
    ]
    by_reference = dict(zip([site.reference for site in sites], range(len(sites)), strict=True))
    for audience, table in listing.LISTINGS.items():
        for listed in listing.rows(sites, audience, names, rules):
            number = by_reference[listed["reference"]]
            shown = {key: key for key in OWN_KEYS}
            if listing.precision(sites[number], audience) != "exact":
                shown |= {key: f"whole.{key}" for key in WHOLE_KEYS}
            found[number][table.name] = listing_form(table, listed, audience, shown)
    return list(found)


def version_form(version: Mapping[str, Any]) -> Form:
    """Any: columns differ in type."""
    state = json_with(version["state"], {key: f"kept.{key}" for key in OWN_KEYS})
    row = row_with(tables.site_version, version, {**OF_VERSION, "state": "state"})
    return Form(row, {"state": (state, JSONB_VERSION)})


def listing_form(table: Table, row: Mapping[str, Any], audience: Audience, shown: Gaps) -> Form:
    """Any: columns differ in type."""
    told = {key: f"told.{name}" for key, name in shown.items()}
    whole = orjson.loads(row["feature"] + b"}}")
    properties = marked(whole["properties"], told)
    outer = {"id": "told.reference", "geometry": f"{audience}.geometry"}
    feature = json_with({**whole, "properties": properties}, outer)
    detail = json_with(orjson.loads(b"{" + row["detail"][1:] + b"}"), told)
    feature[-1] = feature[-1].removesuffix(b"}}")
    detail[0], detail[-1] = b"," + detail[0].removeprefix(b"{"), detail[-1].removesuffix(b"}")
    documents = {"feature": (feature, b""), "detail": (detail, b"")}
    drawn = {key: f"{audience}.{key}" for key in DRAWN}
    gaps = {**shown, **drawn, "feature": "feature", "detail": "detail"}
    return Form(row_with(table, row, gaps), documents)


def row_with(table: Table, row: Mapping[str, Any], gaps: Gaps) -> list[bytes]:
    """A row in COPY's binary format, cut at its gaps, their names between; Any: columns differ.

    What it lacks is null, whatever would fill it elsewhere.
    """
    found = [FIELDS.pack(len(table.columns))]
    for column in table.columns:
        name, value = str(column.name), row.get(str(column.name))
        if name in gaps and value is not None:
            found += [gaps[name].encode(), b""]
        else:
            found[-1] += NULL if value is None else encoder(column)(value)
    return found


def json_with(said: Mapping[str, Any], gaps: Gaps) -> list[bytes]:
    """An object in JSON, cut at its gaps, their names between; Any: JSON."""
    return orjson.dumps(marked(said, gaps)).split(MARK)


def marked(said: Mapping[str, Any], gaps: Gaps) -> dict[str, Any]:
    """With a marked name in place of each value that is a site's own; Any: JSON."""
    return {
        key: orjson.Fragment(MARK + gaps[key].encode() + MARK) if key in gaps else value
        for key, value in said.items()
    }
