"""Snapshots of progress: nobody changes or removes one, not the owner of the database either."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0027"
branch_labels = None
depends_on = None

RULES = """
create function follows_the_project() returns boolean
language sql stable parallel safe as $$
    select coalesce(current_setting('sitefinder.role', true) in ('project', 'admin'), false)
$$;

create function refuse_change() returns trigger
language plpgsql as $$
begin
    raise exception using
        errcode = 'insufficient_privilege',
        message = format('rows of %I are never changed or removed', tg_table_name);
end
$$;

alter table snapshot enable row level security;
create policy read_all on snapshot for select to sitefinder_app using (follows_the_project());
create policy add_own on snapshot for insert to sitefinder_app with check (follows_the_project());
alter table snapshot_file enable row level security;
create policy read_all on snapshot_file for select to sitefinder_app using (follows_the_project());
create policy add_own on snapshot_file for insert to sitefinder_app
    with check (follows_the_project());

create trigger frozen before update or delete or truncate on snapshot
    execute function refuse_change();
create trigger frozen before update or delete or truncate on snapshot_file
    execute function refuse_change();
create trigger audit after insert on snapshot
    for each row when (current_setting('sitefinder.actor', true) <> '')
    execute function record_audit_event('snapshot', 'name', 'number,name,as_of,since,seal');
grant select, insert on snapshot, snapshot_file to sitefinder_app;
"""


def upgrade() -> None:
    op.create_table(
        "snapshot",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.Text(), nullable=False),
        sa.Column("catalogue_version", sa.BigInteger(), nullable=False),
        sa.Column("definitions_version", sa.Text(), nullable=False),
        sa.Column("before_seal", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_snapshot_counted_from_one")),
        sa.CheckConstraint("since <= as_of", name=op.f("ck_snapshot_days_in_order")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_snapshot")),
        sa.UniqueConstraint("name", name=op.f("uq_snapshot_name")),
        sa.UniqueConstraint("seal", name=op.f("uq_snapshot_seal")),
    )
    op.create_table(
        "snapshot_file",
        sa.Column("snapshot", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot"], ["snapshot.number"], name=op.f("fk_snapshot_file_snapshot")
        ),
        sa.PrimaryKeyConstraint("snapshot", "name", name=op.f("pk_snapshot_file")),
    )
    op.execute(RULES)


def downgrade() -> None:
    op.drop_table("snapshot_file")
    op.drop_table("snapshot")
    op.execute("drop function refuse_change")
    op.execute("drop function follows_the_project")
