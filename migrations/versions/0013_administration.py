"""Settings kept in the database, an audit log, organisations, and why jobs failed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0015"
branch_labels = None
depends_on = None

ORGANISATIONS = ("grid_owners", "regional_grid_owners", "water_utilities", "fibre_providers")

FUNCTIONS = """
create function is_administrator() returns boolean
language sql stable parallel safe as $$
    select coalesce(current_setting('sitefinder.role', true) = 'admin', false)
$$;

create function picked(entries jsonb, keys text[]) returns jsonb
language sql immutable as $$
    select coalesce(jsonb_object_agg(key, value), '{}')
    from jsonb_each(entries) where key = any(keys)
$$;

create function sign_setting_change() returns trigger
language plpgsql as $$
begin
    new.changed_at := now();
    new.changed_by := coalesce(current_setting('sitefinder.actor', true), '');
    return new;
end
$$;

create function put_setting_in_force() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update catalogue_state set
        version = version + 1,
        settings = case when new.value is null then settings - new.name
                        else settings || jsonb_build_object(new.name, new.value) end;
    return null;
end
$$;

create function setting_on(wanted text, moment timestamptz) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(
        (select after from setting_change
         where name = wanted and changed_at <= moment order by id desc limit 1),
        (select before from setting_change
         where name = wanted and changed_at > moment order by id limit 1))
$$;

create function sign_audit_event() returns trigger
language plpgsql as $$
begin
    new.at := now();
    new.actor := coalesce(current_setting('sitefinder.actor', true), '');
    return new;
end
$$;

create function record_audit_event() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    shown text[] := string_to_array(tg_argv[2], ',');
    whole jsonb := case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
    before jsonb := case when tg_op = 'INSERT' then null else picked(to_jsonb(old), shown) end;
    after jsonb := case when tg_op = 'DELETE' then null else picked(to_jsonb(new), shown) end;
    changed text[];
begin
    if tg_op = 'UPDATE' then
        changed := changed_keys(before, after);
        if cardinality(changed) = 0 then
            return null;
        end if;
        before := picked(before, changed);
        after := picked(after, changed);
    end if;
    insert into audit_event (kind, action, subject, before, after, reason)
    values
        (tg_argv[0],
         case tg_op when 'INSERT' then 'added' when 'UPDATE' then 'changed' else 'removed' end,
         whole ->> tg_argv[1], before, after,
         coalesce(current_setting('sitefinder.reason', true), ''));
    return null;
end
$$;

create function forget_job_failures() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from job_failure where job_id = old.id;
    return null;
end
$$;
"""

TRIGGERS = """
create trigger sign before insert on setting_change
    for each row execute function sign_setting_change();
create trigger put_in_force after insert on setting_change
    for each row execute function put_setting_in_force();
create trigger sign before insert on audit_event
    for each row execute function sign_audit_event();
create trigger audit after insert or update on account
    for each row execute function
    record_audit_event('account', 'email', 'email,name,role,municipality,active,language');
create trigger audit after insert on setting_change
    for each row when (current_setting('sitefinder.actor', true) <> '')
    execute function record_audit_event('setting', 'name', 'before,after');
create trigger audit after insert or update or delete on organisation
    for each row when (current_setting('sitefinder.actor', true) <> '')
    execute function record_audit_event(
        'organisation', 'name', 'kind,name,contact_name,contact_email,language,retired');
create trigger forget after delete on procrastinate_jobs
    for each row execute function forget_job_failures();
"""

RULES = """
alter table setting_change enable row level security;
create policy read_all on setting_change for select to sitefinder_app using (is_administrator());
create policy add_own on setting_change for insert to sitefinder_app
    with check (is_administrator());

alter table audit_event enable row level security;
create policy read_all on audit_event for select to sitefinder_app using (is_administrator());
create policy add_own on audit_event for insert to sitefinder_app with check (is_administrator());

alter table job_failure enable row level security;
create policy read_all on job_failure for select to sitefinder_app using (is_administrator());
create policy add_own on job_failure for insert to sitefinder_app with check (is_administrator());

alter table relisting enable row level security;
create policy change_own on relisting to sitefinder_app
    using (is_administrator()) with check (is_administrator());

alter table organisation enable row level security;
create policy read_all on organisation for select to sitefinder_app using (true);
create policy change_own on organisation to sitefinder_app
    using (is_administrator()) with check (is_administrator());

alter table service_area enable row level security;
create policy read_all on service_area for select to sitefinder_app using (true);
create policy change_own on service_area to sitefinder_app
    using (is_administrator()) with check (is_administrator());

revoke update on catalogue_state from sitefinder_app;
grant update (version, layers_version, has_examples) on catalogue_state to sitefinder_app;
grant select, insert on setting_change, audit_event, job_failure to sitefinder_app;
grant select, insert, update on relisting to sitefinder_app;
grant select, insert, update, delete on organisation, service_area to sitefinder_app;
grant usage on sequence setting_change_id_seq, audit_event_id_seq, job_failure_id_seq,
    relisting_id_seq, organisation_id_seq to sitefinder_app;
"""

UNDO = """
revoke update (version, layers_version, has_examples) on catalogue_state from sitefinder_app;
grant update on catalogue_state to sitefinder_app;
drop trigger forget on procrastinate_jobs;
drop trigger audit on account;
"""


def upgrade() -> None:
    op.add_column(
        "catalogue_state",
        sa.Column("settings", postgresql.JSONB(), server_default="{}", nullable=False),
    )
    add_records()
    add_organisations()
    op.execute(FUNCTIONS)
    op.execute(TRIGGERS)
    op.execute(RULES)


def add_records() -> None:
    op.create_table(
        "setting_change",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", postgresql.JSONB(), nullable=True),
        sa.Column("before", postgresql.JSONB(), nullable=False),
        sa.Column("after", postgresql.JSONB(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        moment("changed_at"),
        sa.Column("changed_by", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting_change")),
    )
    op.create_index("ix_setting_change_name", "setting_change", ["name", "id"])
    op.create_table(
        "audit_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        moment("at"),
        sa.Column("actor", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("before", postgresql.JSONB(), nullable=True),
        sa.Column("after", postgresql.JSONB(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    op.create_index("ix_audit_event_at", "audit_event", ["at"])
    op.create_table(
        "job_failure",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        moment("failed_at"),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_failure")),
    )
    op.create_index(op.f("ix_job_failure_job_id"), "job_failure", ["job_id"])
    op.create_table(
        "relisting",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        moment("asked_at"),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relisting")),
    )


def moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False)


def add_organisations() -> None:
    """The words that name organisations become rows that can say how they are reached."""
    organisation = op.create_table(
        "organisation",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact_name", sa.Text(), server_default="", nullable=False),
        sa.Column("contact_email", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="sv", nullable=False),
        sa.Column("retired", sa.Boolean(), server_default="false", nullable=False),
        sa.CheckConstraint("language in ('sv', 'en')", name=op.f("ck_organisation_language")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("kind", "name", name=op.f("uq_organisation_kind_name")),
    )
    op.create_table(
        "service_area",
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("to_verify", sa.Boolean(), server_default="false", nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_service_area_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.code"], name=op.f("fk_service_area_municipality")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "municipality", name=op.f("pk_service_area")),
    )
    op.create_index(op.f("ix_service_area_municipality"), "service_area", ["municipality"])
    words = sa.table("reference_word", sa.column("list"), sa.column("word"))
    names = sa.select(words.c.list, words.c.word).where(words.c.list.in_(ORGANISATIONS))
    op.execute(sa.insert(organisation).from_select(["kind", "name"], names))
    op.execute(sa.delete(words).where(words.c.list.in_(ORGANISATIONS)))


def downgrade() -> None:
    op.execute(UNDO)
    op.execute(
        "insert into reference_word (list, word) select kind, name from organisation"
        " on conflict do nothing"
    )
    for table in ("service_area", "organisation", "relisting", "job_failure", "audit_event",
                  "setting_change"):  # fmt: skip
        op.drop_table(table)
    op.drop_column("catalogue_state", "settings")
    op.execute(
        """
        drop function forget_job_failures, record_audit_event, sign_audit_event, setting_on,
            put_setting_in_force, sign_setting_change, picked, is_administrator
        """
    )
