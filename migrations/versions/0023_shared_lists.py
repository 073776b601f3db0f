"""Shared shortlists: reached by holding a link, never by looking for them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

RULES = """
create function held_link() returns text
language sql stable parallel safe as $$
    select nullif(current_setting('sitefinder.link', true), '')
$$;

alter table shared_list enable row level security;
create policy found on shared_list for select to sitefinder_app
    using (token_hash = held_link() or manage_hash = held_link() or is_own_account(account_id));
create policy made on shared_list for insert to sitefinder_app
    with check (account_id is null or is_own_account(account_id));
create policy managed on shared_list for update to sitefinder_app
    using (manage_hash = held_link() or is_own_account(account_id))
    with check (manage_hash = held_link() or is_own_account(account_id));
grant select, insert, update on shared_list to sitefinder_app;
grant usage on sequence shared_list_id_seq to sitefinder_app;

-- Old ones are removed by the clock, for whom no row is in sight.
create function remove_old_shared_lists(before timestamptz) returns bigint
language sql security definer set search_path = public, pg_temp as $$
    with gone as (
        delete from shared_list where least(expires_at, revoked_at) < before returning 1
    )
    select count(*) from gone
$$;
revoke all on function remove_old_shared_lists(timestamptz) from public;
grant execute on function remove_old_shared_lists(timestamptz) to sitefinder_app;
"""


def upgrade() -> None:
    op.create_table(
        "shared_list",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("manage_hash", sa.Text(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("audience", sa.Text(), server_default="public", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("shared_by", sa.Text(), server_default="", nullable=False),
        sa.Column("items", postgresql.JSONB(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "audience in ('public', 'registered')", name=op.f("ck_shared_list_audience")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_shared_list_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_list")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_shared_list_token_hash")),
        sa.UniqueConstraint("manage_hash", name=op.f("uq_shared_list_manage_hash")),
    )
    op.create_index("ix_shared_list_account_id", "shared_list", ["account_id"])
    op.create_index("ix_shared_list_expires_at", "shared_list", ["expires_at"])
    op.execute(RULES)


def downgrade() -> None:
    op.execute("drop function remove_old_shared_lists")
    op.drop_table("shared_list")
    op.execute("drop function held_link")
