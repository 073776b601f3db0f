"""Indicators of the funding decision: added to only, and followed by the project office alone."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0120"
branch_labels = None
depends_on = None

RULES = """
create function sign_indicator_version() returns trigger
language plpgsql as $$
begin
    new.recorded_by := coalesce(nullif(current_setting('sitefinder.actor', true), ''),
                                new.recorded_by);
    return new;
end
$$;
create function sign_indicator_reading() returns trigger
language plpgsql as $$
begin
    new.entered_by := coalesce(nullif(current_setting('sitefinder.actor', true), ''),
                               new.entered_by);
    return new;
end
$$;
create trigger sign before insert on indicator_version
    for each row execute function sign_indicator_version();
create trigger sign before insert on indicator_reading
    for each row execute function sign_indicator_reading();

create trigger frozen before update or delete or truncate on indicator
    execute function refuse_change();
create trigger frozen before update or delete or truncate on indicator_version
    execute function refuse_change();
create trigger frozen before update or delete or truncate on indicator_reading
    execute function refuse_change();
create trigger audit after insert on indicator_version
    for each row when (current_setting('sitefinder.actor', true) <> '')
    execute function record_audit_event(
        'indicator', 'name_sv', 'version,target,target_date,source,figure,retired');
create trigger audit after insert on indicator_reading
    for each row when (current_setting('sitefinder.actor', true) <> '')
    execute function record_audit_event('indicator_reading', 'indicator', 'value,read_on,source');

alter table indicator enable row level security;
create policy read_all on indicator for select to sitefinder_app using (follows_the_project());
create policy add_own on indicator for insert to sitefinder_app
    with check (follows_the_project() and not is_example);
alter table indicator_version enable row level security;
create policy read_all on indicator_version for select to sitefinder_app
    using (follows_the_project());
create policy add_own on indicator_version for insert to sitefinder_app
    with check (follows_the_project());
alter table indicator_reading enable row level security;
create policy read_all on indicator_reading for select to sitefinder_app
    using (follows_the_project());
create policy add_own on indicator_reading for insert to sitefinder_app
    with check (follows_the_project());
grant select, insert on indicator, indicator_version, indicator_reading to sitefinder_app;
grant usage on sequence indicator_id_seq, indicator_reading_id_seq to sitefinder_app;
"""


def upgrade() -> None:
    op.create_table(
        "indicator",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("is_example", sa.Boolean(), server_default="false", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
    )
    add_versions()
    op.create_table(
        "indicator_reading",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("indicator", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("source <> ''", name=op.f("ck_indicator_reading_source")),
        sa.ForeignKeyConstraint(
            ["indicator"], ["indicator.id"], name=op.f("fk_indicator_reading_indicator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_reading")),
    )
    op.create_index("ix_indicator_reading_indicator", "indicator_reading", ["indicator", "read_on"])
    op.execute(RULES)


def add_versions() -> None:
    op.create_table(
        "indicator_version",
        sa.Column("indicator", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name_sv", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("unit_sv", sa.Text(), server_default="", nullable=False),
        sa.Column("unit_en", sa.Text(), server_default="", nullable=False),
        sa.Column("target", sa.Double(), nullable=False),
        sa.Column("target_date", sa.Date(), nullable=False),
        sa.Column("start_value", sa.Double(), server_default="0", nullable=False),
        sa.Column("start_date", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("follow_up", sa.Text(), nullable=False),
        sa.Column("figure", sa.Text(), server_default="", nullable=False),
        sa.Column("municipality", sa.Text(), nullable=True),
        sa.Column("retired", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "follow_up in ('value', 'change', 'reading')",
            name=op.f("ck_indicator_version_follow_up"),
        ),
        sa.CheckConstraint(
            "(follow_up = 'reading') = (figure = '')", name=op.f("ck_indicator_version_figure")
        ),
        sa.CheckConstraint(
            "start_date < target_date", name=op.f("ck_indicator_version_days_in_order")
        ),
        sa.CheckConstraint("source <> ''", name=op.f("ck_indicator_version_source")),
        sa.ForeignKeyConstraint(
            ["indicator"], ["indicator.id"], name=op.f("fk_indicator_version_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.code"], name=op.f("fk_indicator_version_municipality")
        ),
        sa.PrimaryKeyConstraint("indicator", "version", name=op.f("pk_indicator_version")),
    )


def downgrade() -> None:
    for table in ("indicator_reading", "indicator_version", "indicator"):
        op.drop_table(table)
    op.execute("drop function sign_indicator_reading, sign_indicator_version")
