"""Requests for information: the project's own, with a version of every change."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0026"
down_revision = "0321"
branch_labels = None
depends_on = None

RULES = """
create function is_of_the_project() returns boolean
language sql stable parallel safe as $$
    select coalesce(current_setting('sitefinder.role', true) in ('project', 'admin'), false)
$$;

create function record_client_request() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into client_request_version (request_id, version, actor, changed, state)
    values (
        new.id, new.version, new.updated_by,
        case when tg_op = 'INSERT' then array['created']
             else changed_keys(jsonb_strip_nulls(to_jsonb(old)), jsonb_strip_nulls(to_jsonb(new)))
        end,
        jsonb_strip_nulls(to_jsonb(new))
    );
    return null;
end
$$;
create trigger count_up before insert or update on client_request
    for each row execute function count_version_up();
create trigger record after insert or update on client_request
    for each row execute function record_client_request();
create trigger keep before update or delete on client_request_version
    for each row execute function refuse_to_forget();

alter table client_request enable row level security;
create policy of_the_project on client_request to sitefinder_app
    using (is_of_the_project()) with check (is_of_the_project());
alter table client_request_version enable row level security;
create policy of_the_project on client_request_version for select to sitefinder_app
    using (is_of_the_project());
grant select, insert, update on client_request to sitefinder_app;
grant select on client_request_version to sitefinder_app;
grant usage on sequence client_request_id_seq to sitefinder_app;

-- What open requests ask for, and nothing of who asks: for those who fill in what is missing.
create function requirements_in_demand() returns table (requirements jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
    select requirements from client_request
    where outcome in ('open', 'shortlisted')
      and current_setting('sitefinder.role', true) in ('editor', 'publisher', 'project', 'admin')
$$;
revoke all on function requirements_in_demand() from public;
grant execute on function requirements_in_demand() to sitefinder_app;
"""


def upgrade() -> None:
    now = sa.text("now()")
    op.create_table(
        "client_request",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("code_name", sa.Text(), nullable=False),
        sa.Column("sector", sa.Text()),
        sa.Column("size", sa.Text()),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("answered_on", sa.Date()),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("requirements", postgresql.JSONB(), server_default="[]", nullable=False),
        sa.Column("sites", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("outcome", sa.Text(), server_default="open", nullable=False),
        sa.Column("lost_because", sa.Text()),
        sa.Column("closed_on", sa.Date()),
        sa.Column("handler", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("updated_by", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "outcome in ('open', 'shortlisted', 'won', 'lost', 'withdrawn', 'no_answer')",
            name=op.f("ck_client_request_outcome"),
        ),
        sa.CheckConstraint(
            "lost_because is null or outcome = 'lost'", name=op.f("ck_client_request_lost_because")
        ),
        sa.CheckConstraint(
            "answered_on is null or answered_on >= received_on",
            name=op.f("ck_client_request_in_order"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_request")),
        sa.UniqueConstraint("code_name", name=op.f("uq_client_request_code_name")),
    )
    op.create_table(
        "client_request_version",
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("changed", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("state", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["client_request.id"],
            name=op.f("fk_client_request_version_request_id"),
        ),
        sa.PrimaryKeyConstraint("request_id", "version", name=op.f("pk_client_request_version")),
    )
    op.execute(RULES)


def downgrade() -> None:
    op.execute("drop function requirements_in_demand")
    op.drop_table("client_request_version")
    op.drop_table("client_request")
    op.execute("drop function record_client_request, is_of_the_project")
