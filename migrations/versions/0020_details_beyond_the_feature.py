"""What a site's page says beyond its feature is kept without the feature, which stands beside it."""

from alembic import op

revision = "0020"
down_revision = "0030"
branch_labels = None
depends_on = None

TABLES = ("listing_public", "listing_registered")

# As json, not jsonb: every value stays written as it was.
BEYOND = """
update {table} set detail = (
    select coalesce(string_agg(',' || to_json(key)::text || ':' || value::text, '' order by place), '')
    from json_each((detail || '}}}}')::json -> 'properties') with ordinality
        as member (key, value, place)
    where not jsonb_exists((feature || '}}}}')::jsonb -> 'properties', key)
)
"""
WHOLE = "update {table} set detail = feature || detail"


def upgrade() -> None:
    for table in TABLES:
        op.execute(BEYOND.format(table=table))


def downgrade() -> None:
    for table in TABLES:
        op.execute(WHOLE.format(table=table))
