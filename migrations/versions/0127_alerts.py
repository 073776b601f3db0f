"""Alerts: told by letter to whoever has confirmed an address, ended by a link without an account."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0127"
down_revision = "0020"
branch_labels = None
depends_on = None

RULES = """
create function confirm_alert(hash text, moment timestamptz, oldest timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    found_query text;
begin
    update alert set confirmed_at = moment
    where confirm_hash = hash and confirmed_at is null and created_at > oldest;
    select query into found_query from alert
    where confirm_hash = hash and confirmed_at is not null;
    return found_query;
end
$$;

create function end_alert(hash text) returns void
language sql security definer set search_path = public, pg_temp as $$
    delete from alert where id = (select alert_id from alert_link where token_hash = hash)
$$;
revoke execute on function confirm_alert, end_alert from public;
grant execute on function confirm_alert, end_alert to sitefinder_app;

alter table alert enable row level security;
create policy of_holder on alert to sitefinder_app
    using (is_own_account(account_id)) with check (is_own_account(account_id));
create policy asked_for on alert for insert to sitefinder_app
    with check (account_id is null and confirmed_at is null);
create policy sent_by_job on alert to sitefinder_app
    using (is_administrator()) with check (is_administrator());

alter table alert_link enable row level security;
create policy sent_by_job on alert_link for insert to sitefinder_app
    with check (is_administrator());

grant select, insert, update, delete on alert to sitefinder_app;
grant insert on alert_link to sitefinder_app;
grant usage on sequence alert_id_seq to sitefinder_app;
"""


def upgrade() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("account_id", sa.BigInteger()),
        sa.Column("saved_search_id", sa.BigInteger()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("frequency", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirm_hash", sa.Text()),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column("state", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint("language in ('sv', 'en')", name=op.f("ck_alert_language")),
        sa.CheckConstraint("frequency in ('daily', 'weekly')", name=op.f("ck_alert_frequency")),
        sa.CheckConstraint(
            "(saved_search_id is null) = (account_id is null)",
            name=op.f("ck_alert_account_has_search"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_alert_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["saved_search_id"],
            ["saved_search.id"],
            name=op.f("fk_alert_saved_search_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("saved_search_id", name=op.f("uq_alert_saved_search_id")),
    )
    op.create_index(op.f("ix_alert_confirm_hash"), "alert", ["confirm_hash"])
    op.create_table(
        "alert_link",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("alert_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "made_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint("token_hash ~ '^[0-9a-f]{64}$'", name=op.f("ck_alert_link_is_hash")),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alert.id"], name=op.f("fk_alert_link_alert_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_alert_link")),
    )
    op.create_index(op.f("ix_alert_link_alert_id"), "alert_link", ["alert_id"])
    op.execute(RULES)


def downgrade() -> None:
    op.drop_table("alert_link")
    op.drop_table("alert")
    op.execute("drop function confirm_alert, end_alert")
