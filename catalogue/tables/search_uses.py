"""How the search is used: counted by day and condition, never search by search."""

from sqlalchemy import BigInteger, Column, Date, Table, Text

from catalogue.tables.columns import metadata

search_use = Table(
    "search_use",
    metadata,
    Column("day", Date, primary_key=True),
    Column("parameter", Text, primary_key=True),
    Column("range", Text, primary_key=True),
    Column("searches", BigInteger, nullable=False),
    Column("dropped", BigInteger, nullable=False),
)
search_use_site = Table(
    "search_use_site",
    metadata,
    Column("day", Date, primary_key=True),
    Column("parameter", Text, primary_key=True),
    Column("reference", Text, primary_key=True),
    Column("searches", BigInteger, nullable=False),
)
