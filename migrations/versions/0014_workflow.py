"""Comments, drafts of forms and letters sent; versions that nothing can change."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0011"
branch_labels = None
depends_on = None

RULES = """
alter table site_comment enable row level security;
create policy read_own on site_comment for select to sitefinder_app
    using (may_read_municipality(municipality));
create policy add_own on site_comment for insert to sitefinder_app
    with check (
        may_read_municipality(municipality)
        and author = current_setting('sitefinder.actor', true)
        and municipality = (select site.municipality from site where site.id = site_id)
    );
create policy resolve_own on site_comment for update to sitefinder_app
    using (may_read_municipality(municipality))
    with check (may_read_municipality(municipality));

alter table form_draft enable row level security;
create policy own on form_draft to sitefinder_app
    using (account_id::text = current_setting('sitefinder.account', true))
    with check (account_id::text = current_setting('sitefinder.account', true));

-- A site that may not be read is not found by the condition either: the rule on it holds here too.
alter table site_notice enable row level security;
create policy own on site_notice to sitefinder_app
    using (exists (select 1 from site where site.id = site_id))
    with check (exists (select 1 from site where site.id = site_id));

grant select, insert on site_comment to sitefinder_app;
grant update (resolved_at, resolved_by) on site_comment to sitefinder_app;
grant select, insert, update, delete on form_draft to sitefinder_app;
grant select, insert, update on site_notice to sitefinder_app;
grant usage on all sequences in schema public to sitefinder_app;
"""

# Not even the owner of the database, by mistake: whoever means it must first drop the trigger.
KEPT = """
create function refuse_to_forget() returns trigger
language plpgsql as $$
begin
    raise insufficient_privilege using message = 'what was known is kept: ' || tg_table_name;
end
$$;
create trigger keep before update or delete on site_version
    for each row execute function refuse_to_forget();
create trigger keep before update or delete on municipality_version
    for each row execute function refuse_to_forget();
create trigger keep before delete on site
    for each row execute function refuse_to_forget();
"""
UNKEPT = """
drop trigger keep on site;
drop trigger keep on municipality_version;
drop trigger keep on site_version;
drop function refuse_to_forget;
"""

PROFILE_VERSION = """
create or replace function record_municipality_version() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    before_row municipality := old;
    after_row municipality := new;
begin
    before_row.outline := null;
    after_row.outline := null;
    {first}
    insert into municipality_version (code, version, actor, reason, changed, state)
    values
        (new.code, new.version, new.updated_by,
         coalesce(current_setting('sitefinder.reason', true), ''),
         changed_keys(jsonb_strip_nulls(to_jsonb(before_row)),
                      jsonb_strip_nulls(to_jsonb(after_row))),
         jsonb_strip_nulls(to_jsonb(after_row)));
    return null;
end
$$;
"""
# What stood there before the first recorded change, so that it can be compared with and restored.
FIRST = """
    insert into municipality_version (code, version, recorded_at, actor, reason, changed, state)
    values
        (old.code, old.version, old.updated_at, old.updated_by, '', '{}',
         jsonb_strip_nulls(to_jsonb(before_row)))
    on conflict do nothing;
"""


def upgrade() -> None:
    op.create_table(
        "site_comment",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("reply_to", sa.BigInteger(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(resolved_at is null) = (resolved_by is null)", name=op.f("ck_site_comment_resolved")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_site_comment_site_id")),
        sa.ForeignKeyConstraint(
            ["reply_to"], ["site_comment.id"], name=op.f("fk_site_comment_reply_to")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_comment")),
    )
    op.create_index(op.f("ix_site_comment_site_id"), "site_comment", ["site_id"])
    op.create_table(
        "form_draft",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.Column(
            "saved_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_form_draft_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "place", name=op.f("pk_form_draft")),
    )
    op.create_table(
        "site_notice",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column(
            "sent_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_site_notice_site_id")),
        sa.PrimaryKeyConstraint("site_id", "about", "receiver", name=op.f("pk_site_notice")),
    )
    op.execute(RULES)
    op.execute(KEPT)
    op.execute(PROFILE_VERSION.replace("{first}", FIRST))


def downgrade() -> None:
    op.execute(PROFILE_VERSION.replace("{first}", ""))
    op.execute(UNKEPT)
    for table in ("site_notice", "form_draft", "site_comment"):
        op.drop_table(table)
