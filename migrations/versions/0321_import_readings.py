"""Whoever imports geodata says how its coordinates are meant, where the file leaves it open."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0321"
down_revision = "0227"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("import_job", sa.Column("reading", sa.Text(), server_default="", nullable=False))
    op.add_column("import_job", sa.Column("readings", postgresql.JSONB(), nullable=True))


def downgrade() -> None:
    op.drop_column("import_job", "readings")
    op.drop_column("import_job", "reading")
