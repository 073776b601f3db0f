"""Fields are counted by level too, so that levels can be weighed; all versions are counted anew."""

import sqlalchemy as sa
from alembic import op

revision = "0256"
down_revision = "0055"
branch_labels = None
depends_on = None

COLUMNS = [
    f"{part}_{theme}_{level}"
    for part in ("applicable", "filled", "asked")
    for theme in ("identity", "land", "plan", "power", "water", "transport", "permits")
    for level in (1, 2, 3)
]


def upgrade() -> None:
    op.execute("truncate counted_version")
    for name in COLUMNS:
        op.add_column("counted_version", sa.Column(name, sa.SmallInteger(), nullable=False))


def downgrade() -> None:
    op.execute("truncate counted_version")
    for name in COLUMNS:
        op.drop_column("counted_version", name)
