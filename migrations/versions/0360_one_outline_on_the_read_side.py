"""The read side keeps each outline once: a box of the Mercator map is a box in degrees too."""

from alembic import op

revision = "0360"
down_revision = "0380"
branch_labels = None
depends_on = None

FILL = """
update {table} set outline_3857 = st_snaptogrid(st_transform(outline, 3857), 0.01)
"""
TABLES = ("listing_public", "listing_registered")


def upgrade() -> None:
    for table in TABLES:
        op.execute(f"alter table {table} drop column outline_3857")


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"alter table {table} add column outline_3857 geometry(geometry, 3857)")
        op.execute(f"alter table {table} alter column outline_3857 set storage external")
        op.execute(f"alter table {table} disable trigger user")
        op.execute(FILL.format(table=table))
        op.execute(f"alter table {table} enable trigger user")
        op.execute(f"create index ix_{table}_outline_3857 on {table} using gist (outline_3857)")
