"""Moulds: the rows of one site with gaps for what is its own, out of which many like it are cast.

A mould is made from the rows that the ordinary way of writing gives of one site, so that whatever
is cast in it is written like any other site.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Table

from catalogue import listing
from catalogue.copying import FIELDS, LENGTH, NULL, Encode, encoder
from catalogue.database import Audience
from catalogue.rules import Rules
from catalogue.site import DISTANCE_KEYS, Site
from seed.bulk_casting import CAST, NUMBER, OWN_KEYS
from seed.demo_loading import site_rows

WHOLE_KEYS = tuple(distance for distance, _ in DISTANCE_KEYS.values())
"""Given in whole kilometres to those who see a blurred outline."""
OF_SITE = {key: key for key in (*OWN_KEYS, "outline")}
DRAWN = ("outline", "x", "y", "search_text")
"""Columns of a listing that are worked out from what is a site's own."""
MARK = b"\0"
"""Around the name of a gap in JSON; no such byte stands in JSON by itself."""
SIZE = "size"
"""The gap that a document's length fills."""

Gaps = Mapping[str, str]
"""By column or member, the name of what fills it."""
Own = dict[str, bytes]
"""What fills the gaps, by name, as it is written there."""


class Form:
    """A row in COPY's binary format with gaps, some of them in documents that tell their length."""

    def __init__(
        self, row: Sequence[bytes], documents: Mapping[str, Sequence[bytes]] | None = None
    ) -> None:
        """What stands for good, and between any two of it the name of a gap; so each document."""
        self.pieces: list[bytes] = []
        self.documents: list[tuple[int, slice, int]] = []
        """The gap that holds its length, those inside, and the bytes of it that stand for good."""
        done, before = 0, b""
        for name, document in (documents or {}).items():
            here = row.index(name.encode(), done)
            self.pieces += (before + row[done], *row[done + 1 : here], SIZE.encode())
            first = len(self.pieces) // 2
            self.pieces += document[:-1]
            inside = slice(first, len(self.pieces) // 2)
            self.documents.append((first - 1, inside, sum(map(len, document[::2]))))
            done, before = here + 1, document[-1]
        self.pieces += (before + row[done], *row[done + 1 :])
        self.fillings = itemgetter(*(piece.decode() for piece in self.pieces[1::2]))

    def cast(self, own: Own) -> list[bytes]:
        """The row in pieces, to be joined once with many others."""
        fillings = list(self.fillings(own))
        for place, inside, standing in self.documents:
            fillings[place] = LENGTH.pack(standing + sum(map(len, fillings[inside])))
        found = self.pieces.copy()
        found[1::2] = fillings
        return found


class Mould(NamedTuple):
    """A form for what is copied of each site: into `CAST`, and into the listings that show it."""

    cast: Form
    listings: Mapping[str, Form]


class Made(NamedTuple):
    """A mould and the whole row of the site that it was made from."""

    mould: Mould
    pattern: Mapping[str, Any]


def moulds(
    sites: Sequence[Site], names: Mapping[str, str], rules: Rules, first_number: int
) -> list[Made]:
    """One from each of some sites with all that is computed; `names` are the municipalities'."""
    rows = [
        {**row, NUMBER: number} for number, row in enumerate(site_rows(sites), start=first_number)
    ]
    by_reference = dict(zip([site.reference for site in sites], range(len(sites)), strict=True))
    listed_forms: list[dict[str, Form]] = [{} for _ in sites]
    for audience, table in listing.LISTINGS.items():
        for listed in listing.rows(sites, audience, names, rules):
            number = by_reference[listed["reference"]]
            shown = {key: key for key in OWN_KEYS}
            if listing.precision(sites[number], audience) != "exact":
                shown |= {key: f"whole.{key}" for key in WHOLE_KEYS}
            listed_forms[number][table.name] = listing_form(table, listed, audience, shown)
    return [
        Made(Mould(Form(row_with(CAST, row, OF_SITE)), forms), row)
        for row, forms in zip(rows, listed_forms, strict=True)
    ]


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
    drawn = {key: f"{audience}.{key}" for key in DRAWN}
    gaps = {**shown, **drawn, "feature": "feature", "detail": "detail"}
    return Form(row_with(table, row, gaps), {"feature": feature, "detail": detail})


def row_with(table: Table, row: Mapping[str, Any], gaps: Gaps) -> list[bytes]:
    """A row in COPY's binary format, cut at its gaps, their names between; Any: columns differ.

    What it lacks is null, whatever would fill it elsewhere.
    """
    head, columns = shape(table)
    found = [head]
    for name, encode in columns:
        value = row.get(name)
        if value is None:
            found[-1] += NULL
        elif name in gaps:
            found += [gaps[name].encode(), b""]
        else:
            found[-1] += encode(value)
    return found


@cache
def shape(table: Table) -> tuple[bytes, Sequence[tuple[str, Encode]]]:
    """How a row begins, and what writes each column."""
    columns = [(str(column.name), encoder(column)) for column in table.columns]
    return FIELDS.pack(len(columns)), columns


def json_with(said: Mapping[str, Any], gaps: Gaps) -> list[bytes]:
    """An object in JSON, cut at its gaps, their names between; Any: JSON."""
    return orjson.dumps(marked(said, gaps)).split(MARK)


def marked(said: Mapping[str, Any], gaps: Gaps) -> dict[str, Any]:
    """With a marked name in place of each value that is a site's own; Any: JSON."""
    return {
        key: orjson.Fragment(MARK + gaps[key].encode() + MARK) if key in gaps else value
        for key, value in said.items()
    }
