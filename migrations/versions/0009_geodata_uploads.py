"""Uploaded geodata waits for a choice, where only its own account reaches it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0013"
branch_labels = None
depends_on = None

RULES = """
alter table geodata_upload enable row level security;
create policy own on geodata_upload to sitefinder_app
    using (account_id::text = current_setting('sitefinder.account', true))
    with check (account_id::text = current_setting('sitefinder.account', true));
create policy see_expired on geodata_upload for select to sitefinder_app
    using (created_at < now() - interval '1 day');
create policy remove_expired on geodata_upload for delete to sitefinder_app
    using (created_at < now() - interval '1 day');
grant select, insert, delete on geodata_upload to sitefinder_app;
alter table geodata_upload alter column packed set storage external;
"""


def upgrade() -> None:
    op.create_table(
        "geodata_upload",
        sa.Column("token_hash", sa.Text(), primary_key=True),
        sa.Column("account_id", sa.BigInteger(), sa.ForeignKey("account.id"), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
    )
    op.create_index("ix_geodata_upload_account_id", "geodata_upload", ["account_id", "reference"])
    op.execute(RULES)


def downgrade() -> None:
    op.drop_table("geodata_upload")
