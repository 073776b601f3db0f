"""The language that an account's holder is written to in."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("language", sa.Text(), server_default="sv", nullable=False))
    op.create_check_constraint(op.f("ck_account_language"), "account", "language in ('sv', 'en')")


def downgrade() -> None:
    op.drop_constraint(op.f("ck_account_language"), "account")
    op.drop_column("account", "language")
