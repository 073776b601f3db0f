"""Hours that are attested, locked, corrected, imported and reminded of; names that are removed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0054"
down_revision = "0050"
branch_labels = None
depends_on = None

FUNCTIONS = """
create function may_enter_hours(code text) returns boolean
language sql stable parallel safe as $$
    select may_write_municipality(code)
        or coalesce(current_setting('sitefinder.role', true) = 'project', false)
$$;

create function may_attest_hours(code text, entered_by text, person text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from account
        where id = nullif(current_setting('sitefinder.account', true), '')::bigint
          and active and attests_hours and municipality = code
          and lower(email) <> lower(entered_by) and lower(name) <> lower(person))
$$;

create function hours_locked(code text, wanted date) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(
        (select is_locked from hours_lock
         where municipality = code and month = wanted order by id desc limit 1),
        false)
$$;

create function sign_hours_entry() returns trigger
language plpgsql as $$
begin
    new.entered_at := now();
    new.entered_by := coalesce(current_setting('sitefinder.actor', true), '');
    new.attested_at := null;
    new.attested_by := null;
    return new;
end
$$;

create function guard_hours_entry() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    corrected hours_entry;
begin
    perform pg_advisory_xact_lock(hashtext('hours_entry'), hashtext(new.municipality));
    if hours_locked(new.municipality, new.month) then
        raise insufficient_privilege using message = 'the month is locked';
    end if;
    if new.corrects is null then
        new.concerns := new.month;
    else
        select * into corrected from hours_entry
            where id = new.corrects and municipality = new.municipality;
        if not found then
            raise insufficient_privilege using message = 'a correction of another municipality';
        end if;
        if new.hours < 0 or new.concerns is null then
            new.concerns := corrected.concerns;
        end if;
        if new.hours < 0 and corrected.hours + new.hours + coalesce(
            (select sum(hours) from hours_entry where corrects = new.corrects and hours < 0), 0) < 0
        then
            raise insufficient_privilege using message = 'more than the entry holds';
        end if;
    end if;
    if new.hours < 0 and new.hours + coalesce(
        (select sum(hours) from hours_entry
         where municipality = new.municipality and concerns = new.concerns), 0) < 0
    then
        raise insufficient_privilege using message = 'more than the month holds';
    end if;
    return new;
end
$$;

create function guard_hours_change() returns trigger
language plpgsql as $$
declare
    kept hours_entry := new;
begin
    kept.person := old.person;
    kept.attested_by := old.attested_by;
    kept.attested_at := old.attested_at;
    if kept is distinct from old
        or (new.person <> old.person and new.person <> '')
        or (old.attested_by is not null
            and (new.attested_by, new.attested_at)
                is distinct from (old.attested_by, old.attested_at))
    then
        raise insufficient_privilege using message = 'rows of hours_entry are never changed';
    end if;
    if new.attested_by is distinct from old.attested_by then
        if not may_attest_hours(old.municipality, old.entered_by, old.person) then
            raise insufficient_privilege using message = 'no right to attest the entry';
        end if;
        new.attested_by := current_setting('sitefinder.actor', true);
        new.attested_at := now();
    else
        new.attested_at := old.attested_at;
    end if;
    return new;
end
$$;

create function guard_attest_right() returns trigger
language plpgsql as $$
begin
    if not is_administrator() then
        if tg_op = 'UPDATE' and new.municipality is distinct from old.municipality then
            new.attests_hours := false;
        elsif new.attests_hours and (tg_op = 'INSERT' or not old.attests_hours) then
            raise insufficient_privilege using message = 'administrators give the right to attest';
        end if;
    end if;
    return new;
end
$$;

create function sign_hours_lock() returns trigger
language plpgsql as $$
begin
    new.at := now();
    new.by := coalesce(current_setting('sitefinder.actor', true), '');
    return new;
end
$$;

create function remove_hours_person(wanted text, code text) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    acting text := coalesce(current_setting('sitefinder.role', true), '');
    who text := lower(coalesce(current_setting('sitefinder.actor', true), ''));
    own_name text := (
        select lower(name) from account
        where id = nullif(current_setting('sitefinder.account', true), '')::bigint);
    removed integer;
begin
    if acting not in ('project', 'admin') and not may_write_municipality(code) then
        raise insufficient_privilege using message = 'names of another municipality';
    end if;
    update hours_entry set person = ''
    where lower(person) = lower(wanted) and person <> ''
      and (code is null or municipality = code)
      and (acting in ('project', 'admin') or lower(entered_by) = who or lower(person) = own_name);
    get diagnostics removed = row_count;
    delete from hours_import
    where read_at is null and (code is null or municipality = code)
      and (acting in ('project', 'admin') or lower(checked_by) = who)
      and exists (select from jsonb_array_elements(entries) as one
                  where lower(one ->> 'person') = lower(wanted));
    if removed > 0 then
        insert into audit_event (kind, action, subject, after, reason)
        values ('hours', 'person_removed', coalesce(code, '–'),
                jsonb_build_object('entries', removed),
                coalesce(current_setting('sitefinder.reason', true), ''));
    end if;
    return removed;
end
$$;
"""

TRIGGERS = """
create trigger a_sign before insert on hours_entry
    for each row when (current_user = 'sitefinder_app') execute function sign_hours_entry();
create trigger b_guard before insert on hours_entry
    for each row execute function guard_hours_entry();
create trigger guard_change before update on hours_entry
    for each row execute function guard_hours_change();
create trigger frozen before delete or truncate on hours_entry
    execute function refuse_change();
create trigger sign before insert on hours_lock
    for each row when (current_user = 'sitefinder_app') execute function sign_hours_lock();
create trigger frozen before update or delete or truncate on hours_lock
    execute function refuse_change();
create trigger guard_right before insert or update on account
    for each row when (current_user = 'sitefinder_app') execute function guard_attest_right();
drop trigger audit on account;
create trigger audit after insert or update on account
    for each row execute function record_audit_event(
        'account', 'email', 'email,name,role,municipality,active,language,attests_hours');
"""

RULES = """
create policy attest_own on hours_entry for update to sitefinder_app
    using (may_read_municipality(municipality)
           and may_attest_hours(municipality, entered_by, person))
    with check (may_read_municipality(municipality));
grant update (attested_by) on hours_entry to sitefinder_app;

alter table hours_lock enable row level security;
create policy read_own on hours_lock for select to sitefinder_app
    using (may_read_municipality(municipality));
create policy add_own on hours_lock for insert to sitefinder_app
    with check (follows_the_project());
grant select, insert on hours_lock to sitefinder_app;

alter table hours_import enable row level security;
create policy read_own on hours_import for select to sitefinder_app
    using (may_read_municipality(municipality));
create policy add_own on hours_import for insert to sitefinder_app
    with check (may_enter_hours(municipality));
create policy change_own on hours_import for update to sitefinder_app
    using (may_enter_hours(municipality)) with check (may_enter_hours(municipality));
create policy remove_own on hours_import for delete to sitefinder_app
    using (may_enter_hours(municipality) and read_at is null);
grant select, insert, delete on hours_import to sitefinder_app;
grant update (entries, rows, hours, read_at, read_by, taken_back_at, taken_back_by)
    on hours_import to sitefinder_app;

alter table hours_reminder enable row level security;
create policy read_own on hours_reminder for select to sitefinder_app
    using (may_read_municipality(municipality));
create policy add_own on hours_reminder for insert to sitefinder_app
    with check (is_administrator());
grant select, insert on hours_reminder to sitefinder_app;

grant usage on sequence hours_lock_id_seq, hours_import_id_seq to sitefinder_app;
"""

UNDO = """
drop policy attest_own on hours_entry;
revoke update (attested_by) on hours_entry from sitefinder_app;
drop trigger a_sign on hours_entry;
drop trigger b_guard on hours_entry;
drop trigger guard_change on hours_entry;
drop trigger frozen on hours_entry;
drop trigger guard_right on account;
drop trigger audit on account;
create trigger audit after insert or update on account
    for each row execute function
    record_audit_event('account', 'email', 'email,name,role,municipality,active,language');
"""


def upgrade() -> None:
    op.add_column(
        "account",
        sa.Column("attests_hours", sa.Boolean(), server_default="false", nullable=False),
    )
    add_tables()
    op.add_column("hours_entry", sa.Column("concerns", sa.Date(), nullable=True))
    op.execute("update hours_entry set concerns = month")
    op.alter_column("hours_entry", "concerns", nullable=False)
    for name, target in (("corrects", "hours_entry"), ("import_id", "hours_import")):
        op.add_column("hours_entry", sa.Column(name, sa.BigInteger(), nullable=True))
        op.create_foreign_key(op.f(f"fk_hours_entry_{name}"), "hours_entry", target, [name], ["id"])
        op.create_index(op.f(f"ix_hours_entry_{name}"), "hours_entry", [name])
    op.execute(FUNCTIONS)
    op.execute(TRIGGERS)
    op.execute(RULES)


def add_tables() -> None:
    op.create_table(
        "hours_lock",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("is_locked", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        moment("at", is_always=True),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.code"], name=op.f("fk_hours_lock_municipality")
        ),
        sa.CheckConstraint(
            "extract(day from month) = 1", name=op.f("ck_hours_lock_first_of_month")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_lock")),
    )
    op.create_index("ix_hours_lock_month", "hours_lock", ["municipality", "month", "id"])
    op.create_table(
        "hours_import",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("entries", postgresql.JSONB(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Double(), nullable=False),
        moment("checked_at", is_always=True),
        sa.Column("checked_by", sa.Text(), nullable=False),
        moment("read_at"),
        sa.Column("read_by", sa.Text(), nullable=True),
        moment("taken_back_at"),
        sa.Column("taken_back_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.code"], name=op.f("fk_hours_import_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_import")),
    )
    op.create_index(op.f("ix_hours_import_municipality"), "hours_import", ["municipality"])
    op.create_index(
        "uq_hours_import_in_force",
        "hours_import",
        ["municipality", "content_hash"],
        unique=True,
        postgresql_where=sa.text("read_at is not null and taken_back_at is null"),
    )
    op.create_table(
        "hours_reminder",
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        moment("sent_at", is_always=True),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.code"], name=op.f("fk_hours_reminder_municipality")
        ),
        sa.PrimaryKeyConstraint("municipality", "month", name=op.f("pk_hours_reminder")),
    )


def moment(name: str, *, is_always: bool = False) -> sa.Column[object]:
    default = sa.func.now() if is_always else None
    return sa.Column(
        name, sa.DateTime(timezone=True), server_default=default, nullable=not is_always
    )


def downgrade() -> None:
    op.execute(UNDO)
    op.drop_column("hours_entry", "corrects")
    op.drop_column("hours_entry", "import_id")
    op.drop_column("hours_entry", "concerns")
    op.drop_table("hours_reminder")
    op.drop_table("hours_import")
    op.drop_table("hours_lock")
    op.execute(
        """
        drop function remove_hours_person, sign_hours_lock, guard_attest_right, guard_hours_change, guard_hours_entry,
            sign_hours_entry, hours_locked, may_attest_hours, may_enter_hours
        """
    )
    op.drop_column("account", "attests_hours")
