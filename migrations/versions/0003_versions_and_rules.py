"""Versions by trigger, row-level security, and what each role may do."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FUNCTIONS = """
create function may_read_municipality(code text) returns boolean
language sql stable parallel safe as $$
    select coalesce(
        current_setting('sitefinder.role', true) in ('project', 'admin')
        or (current_setting('sitefinder.role', true) in ('editor', 'publisher')
            and current_setting('sitefinder.municipality', true) = code),
        false)
$$;

create function may_write_municipality(code text) returns boolean
language sql stable parallel safe as $$
    select coalesce(
        current_setting('sitefinder.role', true) = 'admin'
        or (current_setting('sitefinder.role', true) in ('editor', 'publisher')
            and current_setting('sitefinder.municipality', true) = code),
        false)
$$;

create function municipality_of_site(wanted text) returns text
language sql stable security definer set search_path = public, pg_temp as $$
    select municipality from site where reference = wanted
$$;

create function count_version_up() returns trigger
language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        new.version := old.version + 1;
    end if;
    new.updated_at := now();
    new.updated_by := coalesce(current_setting('sitefinder.actor', true), '');
    return new;
end
$$;

create function changed_keys(before jsonb, after jsonb) returns text[]
language sql immutable as $$
    select coalesce(array_agg(key order by key), '{}')
    from (select key from jsonb_object_keys(before || after) as key) as keys
    where before -> key is distinct from after -> key
      and key not in ('version', 'updated_at', 'updated_by', 'created_at', 'id')
$$;

create function record_site_version() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    before_row site;
    after_row site := new;
    before jsonb := '{}';
    after jsonb;
    changed text[];
begin
    after_row.outline := null;
    after := jsonb_strip_nulls(to_jsonb(after_row));
    if tg_op = 'UPDATE' then
        before_row := old;
        before_row.outline := null;
        before := jsonb_strip_nulls(to_jsonb(before_row));
        changed := changed_keys(before, after);
        if new.outline is distinct from old.outline then
            changed := changed || 'outline'::text;
        end if;
    else
        changed := array['created'];
    end if;
    insert into site_version
        (site_id, version, municipality, actor, reason, changed, state, outline)
    values
        (new.id, new.version, new.municipality, new.updated_by,
         coalesce(current_setting('sitefinder.reason', true), ''), changed, after, new.outline);
    return null;
end
$$;

create function record_municipality_version() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    before_row municipality := old;
    after_row municipality := new;
begin
    before_row.outline := null;
    after_row.outline := null;
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

create function guard_listing() returns trigger
language plpgsql as $$
declare
    code text := case when tg_op = 'DELETE' then old.municipality else new.municipality end;
begin
    if not may_write_municipality(code) then
        raise insufficient_privilege using message = 'listing of another municipality';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end
$$;

create function guard_profile_listing() returns trigger
language plpgsql as $$
declare
    code text := case when tg_op = 'DELETE' then old.code else new.code end;
begin
    if not may_write_municipality(code) then
        raise insufficient_privilege using message = 'profile of another municipality';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end
$$;

create function tell_new_version() returns trigger
language plpgsql as $$
begin
    perform pg_notify('catalogue', new.version::text);
    return null;
end
$$;
"""

TRIGGERS = """
create trigger count_up before insert or update on site
    for each row execute function count_version_up();
create trigger record after insert or update on site
    for each row execute function record_site_version();
create trigger count_up before update of provenance on municipality
    for each row execute function count_version_up();
create trigger record after update of provenance on municipality
    for each row execute function record_municipality_version();
create trigger guard before insert or update or delete on listing_public
    for each row when (current_user = 'sitefinder_app') execute function guard_listing();
create trigger guard before insert or update or delete on listing_registered
    for each row when (current_user = 'sitefinder_app') execute function guard_listing();
create trigger guard before insert or update or delete on municipality_listing_public
    for each row when (current_user = 'sitefinder_app') execute function guard_profile_listing();
create trigger guard before insert or update or delete on municipality_listing_registered
    for each row when (current_user = 'sitefinder_app') execute function guard_profile_listing();
create trigger tell after update on catalogue_state
    for each row execute function tell_new_version();
insert into catalogue_state (id, version) values (1, 1);
"""

RULES = """
alter table site enable row level security;
create policy read_own on site for select to sitefinder_app
    using (may_read_municipality(municipality));
create policy add_own on site for insert to sitefinder_app
    with check (may_write_municipality(municipality));
create policy change_own on site for update to sitefinder_app
    using (may_write_municipality(municipality))
    with check (may_write_municipality(municipality));

alter table site_version enable row level security;
create policy read_own on site_version for select to sitefinder_app
    using (may_read_municipality(municipality));

alter table municipality enable row level security;
create policy read_all on municipality for select to sitefinder_app using (true);
create policy change_own on municipality for update to sitefinder_app
    using (may_write_municipality(code)) with check (may_write_municipality(code));

alter table municipality_version enable row level security;
create policy read_own on municipality_version for select to sitefinder_app
    using (may_read_municipality(code));

alter table hours_entry enable row level security;
create policy read_own on hours_entry for select to sitefinder_app
    using (may_read_municipality(municipality));
create policy add_own on hours_entry for insert to sitefinder_app
    with check (may_write_municipality(municipality)
                or current_setting('sitefinder.role', true) = 'project');

grant select, insert, update on site to sitefinder_app;
grant select on site_version, municipality_version, layer_feature to sitefinder_app;
grant select, update on municipality, catalogue_state to sitefinder_app;
grant select, insert, update, delete on listing_public, listing_registered,
    municipality_listing_public, municipality_listing_registered, reference_word,
    sign_in_session to sitefinder_app;
grant select, insert, update on account, access_token to sitefinder_app;
grant select, insert on hours_entry to sitefinder_app;
grant usage on all sequences in schema public to sitefinder_app;

grant select on listing_public, municipality_listing_public, layer_feature, catalogue_state
    to sitefinder_reader;
grant select on listing_registered, municipality_listing_registered, layer_feature,
    catalogue_state to sitefinder_registered;
"""

# What is filtered stays in the row, what is only shown is stored apart: a scan then reads little.
# PostgreSQL moves columns of the storages external and extended out until the row is small.
LISTING_STORAGE = """
do $$
declare
    narrow text;
begin
    for narrow in
        select attname from pg_attribute
        where attrelid = '{table}'::regclass and attnum > 0 and attstorage = 'x'
          and attname not in ('feature', 'detail', 'search_text', 'basis_rank', 'fresh_until')
    loop
        execute format('alter table {table} alter column %I set storage main', narrow);
    end loop;
end
$$;
alter table {table} set (toast_tuple_target = 256);
alter table {table} alter column power_by_year set storage plain;
alter table {table} alter column firm_power_by_year set storage plain;
alter table {table} alter column outline set storage external;
alter table {table} alter column outline_3857 set storage external;
alter table {table} alter column feature set storage external;
alter table {table} alter column detail set compression lz4;
create index ix_{table}_outline on {table} using gist (outline);
create index ix_{table}_outline_3857 on {table} using gist (outline_3857);
create index ix_{table}_search_text on {table} using gin (search_text gin_trgm_ops);
create index ix_{table}_municipality on {table} (municipality, reference);
create index ix_{table}_area_gross_ha on {table} (area_gross_ha, reference);
create index ix_{table}_published_at on {table} (published_at desc, reference);
"""


# What is written with every save and seldom read: quick to pack matters more than small.
WRITE_STORAGE = """
alter table site alter column provenance set compression lz4;
alter table site_version alter column state set compression lz4;
"""


def upgrade() -> None:
    op.execute(WRITE_STORAGE)
    op.execute(FUNCTIONS)
    op.execute(TRIGGERS)
    op.execute(RULES)
    for table in ("listing_public", "listing_registered"):
        op.execute(LISTING_STORAGE.format(table=table))


def downgrade() -> None:
    for table in ("listing_public", "listing_registered"):
        for column in ("outline", "outline_3857", "search_text", "municipality",
                       "area_gross_ha", "published_at"):  # fmt: skip
            op.execute(f"drop index ix_{table}_{column}")
    for table in ("site", "site_version", "municipality", "municipality_version", "hours_entry"):
        for policy in ("read_own", "read_all", "add_own", "change_own"):
            op.execute(f"drop policy if exists {policy} on {table}")
        op.execute(f"alter table {table} disable row level security")
    for role in ("sitefinder_app", "sitefinder_reader", "sitefinder_registered"):
        op.execute(f"revoke all on all tables in schema public from {role}")
        op.execute(f"revoke all on all sequences in schema public from {role}")
    op.execute("delete from catalogue_state")
    for table in ("site", "municipality", "listing_public", "listing_registered",
                  "municipality_listing_public", "municipality_listing_registered",
                  "catalogue_state"):  # fmt: skip
        for trigger in ("count_up", "record", "guard", "tell"):
            op.execute(f"drop trigger if exists {trigger} on {table}")
    op.execute(
        """
        drop function tell_new_version, guard_profile_listing, guard_listing,
            record_municipality_version, record_site_version, changed_keys,
            count_version_up, municipality_of_site, may_write_municipality,
            may_read_municipality
        """
    )
