"""What would bring a version of a site to its next level, beside the rest that is counted of it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0150"
down_revision = "0256"
branch_labels = None
depends_on = None

TABLE = "counted_version"


def upgrade() -> None:
    # What was counted is counted anew when it is asked for.
    op.execute("delete from counted_version")
    op.add_column(TABLE, sa.Column("is_kept", sa.Boolean(), nullable=False))
    op.add_column(TABLE, sa.Column("is_available", sa.Boolean(), nullable=False))
    op.add_column(TABLE, sa.Column("ways", postgresql.JSONB()))
    op.add_column(TABLE, sa.Column("plan_expected", sa.Date()))
    op.add_column(TABLE, sa.Column("asked_days", postgresql.JSONB(), nullable=False))


def downgrade() -> None:
    op.execute("delete from counted_version")
    for name in ("asked_days", "plan_expected", "ways", "is_available", "is_kept"):
        op.drop_column(TABLE, name)
