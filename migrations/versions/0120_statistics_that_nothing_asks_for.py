"""No statistics on what is never compared whole: a third of the time it took to gather them."""

from alembic import op

revision = "0120"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLES = ("listing_public", "listing_registered")
SHOWN_OR_LOOKED_INTO = (
    "feature", "detail", "basis_rank", "fresh_until", "power_by_year", "firm_power_by_year",
)  # fmt: skip


def upgrade() -> None:
    gather("0")


def downgrade() -> None:
    gather("-1")


def gather(target: str) -> None:
    for table in TABLES:
        for column in SHOWN_OR_LOOKED_INTO:
            op.execute(f"alter table {table} alter column {column} set statistics {target}")
