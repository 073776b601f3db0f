"""When somebody last did anything for a municipality, found without reading all that was done."""

import sqlalchemy as sa
from alembic import op

revision = "0350"
down_revision = "0330"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_site_version_activity",
        "site_version",
        ["municipality", "recorded_at"],
        postgresql_where=sa.text("actor not in ('', 'sitefinder')"),
    )
    op.create_index("ix_hours_entry_entered_at", "hours_entry", ["municipality", "entered_at"])
    op.drop_index("ix_hours_entry_municipality", table_name="hours_entry")


def downgrade() -> None:
    op.create_index("ix_hours_entry_municipality", "hours_entry", ["municipality"])
    op.drop_index("ix_hours_entry_entered_at", table_name="hours_entry")
    op.drop_index("ix_site_version_activity", table_name="site_version")
