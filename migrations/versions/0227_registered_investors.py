"""Registered investors: requests for access, until when it holds, and an append-only log of views.

The application may add to the log and read it; only the owner of the database can remove from it,
which the job does that keeps its age.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0227"
down_revision = "0127"
branch_labels = None
depends_on = None

RULES = """
create function may_decide_access() returns boolean
language sql stable parallel safe as $$
    select coalesce(current_setting('sitefinder.role', true) in ('project', 'admin'), false)
$$;

create function confirm_access_request(hash text, moment timestamptz, oldest timestamptz)
returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    found_id bigint;
begin
    update access_request set confirmed_at = moment
    where confirm_hash = hash and confirmed_at is null and received_at > oldest;
    select id into found_id from access_request
    where confirm_hash = hash and confirmed_at is not null;
    return found_id;
end
$$;

create function sites_of_file(digest text) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
    select distinct site.reference from site_file join site on site.id = site_file.site_id
    where site_file.hash = digest and site_file.removed_at is null
$$;
revoke execute on function confirm_access_request, sites_of_file from public;
grant execute on function confirm_access_request, sites_of_file to sitefinder_app;

alter table access_request enable row level security;
create policy asked_for on access_request for insert to sitefinder_app
    with check (status = 'waiting' and confirmed_at is null and account_id is null);
create policy decided on access_request to sitefinder_app
    using (may_decide_access()) with check (may_decide_access());

alter table investor_access enable row level security;
create policy decided on investor_access to sitefinder_app
    using (may_decide_access()) with check (may_decide_access());
create policy read_own on investor_access for select to sitefinder_app
    using (is_own_account(account_id));

alter table registered_view enable row level security;
create policy read_own on registered_view for select to sitefinder_app
    using (case when municipality is null then may_decide_access()
                else may_read_municipality(municipality) end);
create policy add_own on registered_view for insert to sitefinder_app
    with check (is_own_account(account_id));

grant select, insert, update, delete on access_request to sitefinder_app;
grant select, insert, update on investor_access to sitefinder_app;
grant select, insert on registered_view to sitefinder_app;
grant usage on sequence access_request_id_seq, registered_view_id_seq to sitefinder_app;
"""


def upgrade() -> None:
    op.create_table(
        "access_request",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("name", "organisation", "email", "purpose", "language")
        ),
        sa.Column("sites", sa.Text(), server_default="", nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirm_hash", sa.Text()),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        sa.Column("status", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("decided_by", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("account_id", sa.BigInteger()),
        sa.CheckConstraint("language in ('sv', 'en')", name=op.f("ck_access_request_language")),
        sa.CheckConstraint(
            "status in ('waiting', 'approved', 'refused')", name=op.f("ck_access_request_status")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_access_request_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_request")),
    )
    op.create_index(op.f("ix_access_request_confirm_hash"), "access_request", ["confirm_hash"])
    op.create_table(
        "investor_access",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("organisation", sa.Text(), server_default="", nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("nda_on", sa.Date()),
        sa.Column("nda_reference", sa.Text(), server_default="", nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("warned_for", sa.Date()),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_investor_access_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_investor_access")),
    )
    op.create_table(
        "registered_view",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text()),
        sa.Column("sites", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind in ('page', 'api', 'map', 'file', 'fact_sheet')",
            name=op.f("ck_registered_view_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.code"], name=op.f("fk_registered_view_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registered_view")),
    )
    op.create_index("ix_registered_view_account_id", "registered_view", ["account_id", "at"])
    op.create_index("ix_registered_view_municipality", "registered_view", ["municipality", "at"])
    op.create_index(
        "ix_registered_view_sites", "registered_view", ["sites"], postgresql_using="gin"
    )
    op.execute(RULES)


def downgrade() -> None:
    for table in ("registered_view", "investor_access", "access_request"):
        op.drop_table(table)
    op.execute("drop function sites_of_file, confirm_access_request, may_decide_access")
