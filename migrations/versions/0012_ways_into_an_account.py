"""Links in letters, what was tried at the door, and what a session or a token is for."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0008"
branch_labels = None
depends_on = None

RULES = """
create function nobody_acts() returns boolean
language sql stable parallel safe as $$
    select coalesce(current_setting('sitefinder.role', true), '') = ''
$$;

alter table account_link enable row level security;
create policy before_sign_in on account_link to sitefinder_app
    using (nobody_acts()) with check (nobody_acts());
create policy of_admin on account_link to sitefinder_app
    using (is_administrator()) with check (is_administrator());

alter table sign_in_event enable row level security;
create policy before_sign_in on sign_in_event to sitefinder_app
    using (nobody_acts()) with check (nobody_acts());
create policy read_own on sign_in_event for select to sitefinder_app
    using (is_own_account(account_id) or is_administrator());

grant select, insert, delete on account_link to sitefinder_app;
grant select, insert, update, delete on sign_in_event to sitefinder_app;
grant usage on all sequences in schema public to sitefinder_app;
"""


def upgrade() -> None:
    op.create_table(
        "account_link",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "purpose in ('invitation', 'reset')", name=op.f("ck_account_link_purpose")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_link_account_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_account_link")),
    )
    op.create_index(op.f("ix_account_link_account_id"), "account_link", ["account_id"])
    op.create_table(
        "sign_in_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.BigInteger()),
        sa.Column("address_fingerprint", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "outcome in ('failed', 'succeeded', 'locked')", name=op.f("ck_sign_in_event_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sign_in_event_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_event")),
    )
    op.create_index(op.f("ix_sign_in_event_account_id"), "sign_in_event", ["account_id"])
    op.create_index(
        "ix_sign_in_event_address_fingerprint", "sign_in_event", ["address_fingerprint", "at"]
    )
    op.create_index("ix_sign_in_event_at", "sign_in_event", ["at"])
    op.add_column(
        "sign_in_session", sa.Column("number", sa.BigInteger(), sa.Identity(), nullable=False)
    )
    op.create_unique_constraint(op.f("uq_sign_in_session_number"), "sign_in_session", ["number"])
    op.add_column(
        "sign_in_session", sa.Column("device", sa.Text(), server_default="", nullable=False)
    )
    op.add_column(
        "access_token", sa.Column("scope", sa.Text(), server_default="write", nullable=False)
    )
    op.create_check_constraint(
        op.f("ck_access_token_scope"), "access_token", "scope in ('read', 'write', 'hours')"
    )
    op.add_column("access_token", sa.Column("last_used_at", sa.DateTime(timezone=True)))
    op.execute(RULES)


def downgrade() -> None:
    op.drop_column("access_token", "last_used_at")
    op.drop_constraint(op.f("ck_access_token_scope"), "access_token")
    op.drop_column("access_token", "scope")
    op.drop_column("sign_in_session", "device")
    op.drop_column("sign_in_session", "number")
    op.drop_table("sign_in_event")
    op.drop_table("account_link")
    op.execute("drop function nobody_acts")
