"""Enquiries: anybody may leave one, its municipality and the project read and answer it.

Whoever sends one has no account and reads nothing back; `confirm_enquiry` is what the link in a
letter of confirmation opens.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0212"
branch_labels = None
depends_on = None

RULES = """
create function may_answer_enquiry(code text) returns boolean
language sql stable parallel safe as $$
    select may_write_municipality(code)
        or coalesce(current_setting('sitefinder.role', true) = 'project', false)
$$;

create function confirm_enquiry(hash text, moment timestamptz, oldest timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    found_id text;
begin
    update enquiry set confirmed_at = moment
    where confirm_hash = hash and confirmed_at is null and received_at > oldest;
    select message_id into found_id from enquiry
    where confirm_hash = hash and confirmed_at is not null limit 1;
    return found_id;
end
$$;
revoke execute on function confirm_enquiry from public;
grant execute on function confirm_enquiry to sitefinder_app;

alter table enquiry enable row level security;
create policy read_own on enquiry for select to sitefinder_app
    using (may_read_municipality(municipality));
create policy add_new on enquiry for insert to sitefinder_app
    with check (status = 'new' and told_at is null and read_at is null and answered_at is null);
create policy change_own on enquiry for update to sitefinder_app
    using (may_answer_enquiry(municipality)) with check (may_answer_enquiry(municipality));
create policy removed_by_admin on enquiry for delete to sitefinder_app
    using (is_administrator());

alter table enquiry_step enable row level security;
create policy read_own on enquiry_step for select to sitefinder_app
    using (may_read_municipality(municipality));
create policy add_own on enquiry_step for insert to sitefinder_app
    with check (may_answer_enquiry(municipality));
create policy emptied_by_admin on enquiry_step for update to sitefinder_app
    using (is_administrator()) with check (is_administrator());

grant select, insert, delete on enquiry to sitefinder_app;
grant update (told_at, status, handler, read_at, answered_at, closed_at, erased_at, name,
    organisation, email, phone, message, confirm_hash) on enquiry to sitefinder_app;
grant select, insert on enquiry_step to sitefinder_app;
grant update (note) on enquiry_step to sitefinder_app;
grant usage on sequence enquiry_id_seq, enquiry_step_id_seq to sitefinder_app;
"""


def upgrade() -> None:
    texts = ("field", "name", "organisation", "email", "phone", "message", "handler")
    moments = ("confirmed_at", "told_at", "read_at", "answered_at", "closed_at", "erased_at")
    op.create_table(
        "enquiry",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sites", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("site_names", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("language", sa.Text(), server_default="sv", nullable=False),
        *(sa.Column(name, sa.Text(), server_default="", nullable=False) for name in texts),
        sa.Column("sector", sa.Text()),
        sa.Column("size", sa.Text()),
        sa.Column("planned_start", sa.Integer()),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirm_hash", sa.Text()),
        sa.Column("status", sa.Text(), server_default="new", nullable=False),
        *(sa.Column(name, sa.DateTime(timezone=True)) for name in moments),
        sa.CheckConstraint("kind in ('enquiry', 'error')", name=op.f("ck_enquiry_kind")),
        sa.CheckConstraint("language in ('sv', 'en')", name=op.f("ck_enquiry_language")),
        sa.CheckConstraint(
            "status in ('new','read','answered','closed','spam')", name=op.f("ck_enquiry_status")
        ),
        sa.CheckConstraint("cardinality(sites) > 0", name=op.f("ck_enquiry_concerns_a_site")),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.code"], name=op.f("fk_enquiry_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry")),
    )
    for column in ("message_id", "municipality", "confirm_hash"):
        op.create_index(op.f(f"ix_enquiry_{column}"), "enquiry", [column])
    op.create_table(
        "enquiry_step",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("enquiry_id", sa.BigInteger(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["enquiry_id"],
            ["enquiry.id"],
            name=op.f("fk_enquiry_step_enquiry_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.code"], name=op.f("fk_enquiry_step_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry_step")),
    )
    op.create_index(op.f("ix_enquiry_step_enquiry_id"), "enquiry_step", ["enquiry_id"])
    op.execute(RULES)


def downgrade() -> None:
    op.drop_table("enquiry_step")
    op.drop_table("enquiry")
    op.execute("drop function confirm_enquiry, may_answer_enquiry")
