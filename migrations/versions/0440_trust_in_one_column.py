"""The basis and the freshness of values in one column: half the time to write it, half the room."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0440"
down_revision = "0420"
branch_labels = None
depends_on = None

TABLES = ("listing_public", "listing_registered")
APART = ("basis_rank", "fresh_until")
# `sitefinder rebuild` then leaves out what is computed or not known.
TOGETHER = """
update {table} set trust = coalesce(
    (select jsonb_object_agg(key, jsonb_build_array(value, fresh_until -> key))
     from jsonb_each(basis_rank)), '{{}}')
"""
TAKEN_APART = """
update {table} set
    basis_rank = coalesce(
        (select jsonb_object_agg(key, value -> 0) from jsonb_each(trust)), '{{}}'),
    fresh_until = coalesce(
        (select jsonb_object_agg(key, value -> 1) from jsonb_each(trust)
         where value ->> 1 is not null), '{{}}')
"""


def upgrade() -> None:
    for table in TABLES:
        add(table, "trust")
        op.execute(TOGETHER.format(table=table))
        for name in APART:
            op.drop_column(table, name)
        close(table, "trust")


def downgrade() -> None:
    for table in TABLES:
        for name in APART:
            add(table, name)
        op.execute(TAKEN_APART.format(table=table))
        op.drop_column(table, "trust")
        for name in APART:
            close(table, name)


def add(table: str, name: str) -> None:
    op.add_column(table, sa.Column(name, JSONB))


def close(table: str, name: str) -> None:
    """Once it is filled; no statistics, as it is never compared whole."""
    op.alter_column(table, name, nullable=False)
    op.execute(f"alter table {table} alter column {name} set statistics 0")
