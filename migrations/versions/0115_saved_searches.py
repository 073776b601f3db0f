"""Saved searches: each account's own; counted for municipalities without telling whose they are."""

import sqlalchemy as sa
from alembic import op

revision = "0115"
down_revision = "0014"
branch_labels = None
depends_on = None

RULES = """
create function is_own_account(id bigint) returns boolean
language sql stable parallel safe as $$
    select coalesce(nullif(current_setting('sitefinder.account', true), '')::bigint = id, false)
$$;

alter table saved_search enable row level security;
create policy own on saved_search to sitefinder_app
    using (is_own_account(account_id)) with check (is_own_account(account_id));
grant select, insert, update, delete on saved_search to sitefinder_app;
grant usage on sequence saved_search_id_seq to sitefinder_app;

create function searches_in_use() returns table (query text, searches bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select query, count(*) from saved_search
    where current_setting('sitefinder.role', true) in ('editor', 'publisher', 'project', 'admin')
    group by query
$$;
revoke all on function searches_in_use() from public;
grant execute on function searches_in_use() to sitefinder_app;
"""


def upgrade() -> None:
    op.create_table(
        "saved_search",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "used_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_saved_search_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        sa.UniqueConstraint("account_id", "query", name=op.f("uq_saved_search_account_id_query")),
    )
    op.execute(RULES)


def downgrade() -> None:
    op.execute("drop function searches_in_use")
    op.drop_table("saved_search")
    op.execute("drop function is_own_account")
