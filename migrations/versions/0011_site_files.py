"""Photos and documents of sites: their table, its trail by trigger, and who may see which."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0009"
branch_labels = None
depends_on = None

TRAIL = """
create function record_site_file_version() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    after jsonb := jsonb_strip_nulls(to_jsonb(new));
    changed text[] := array['added'];
begin
    if tg_op = 'UPDATE' then
        changed := changed_keys(jsonb_strip_nulls(to_jsonb(old)), after);
    end if;
    insert into site_file_version
        (file_id, version, site_id, municipality, actor, changed, state)
    values
        (new.id, new.version, new.site_id, new.municipality, new.updated_by, changed, after);
    return null;
end
$$;

create trigger count_up before insert or update on site_file
    for each row execute function count_version_up();
create trigger record after insert or update on site_file
    for each row execute function record_site_file_version();
"""

# Whose bytes may go is asked by a job for which no account acts and which sees no row itself.
IN_USE = """
create function file_hashes_in_use(wanted text[], removed_after timestamptz) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
    select used.hash
    from site_file file,
        lateral (select file.hash union all select value from jsonb_each_text(file.previews)) used
    where (file.removed_at is null or file.removed_at > removed_after)
      and used.hash = any (wanted)
$$;
revoke execute on function file_hashes_in_use from public;
grant execute on function file_hashes_in_use to sitefinder_app;
"""

RULES = """
alter table site_file enable row level security;
create policy read_own on site_file for select to sitefinder_app
    using (may_read_municipality(municipality));
create policy add_own on site_file for insert to sitefinder_app
    with check (may_write_municipality(municipality)
                and exists (select 1 from site
                            where site.id = site_id
                              and site.municipality = site_file.municipality));
create policy change_own on site_file for update to sitefinder_app
    using (may_write_municipality(municipality))
    with check (may_write_municipality(municipality));

alter table site_file_version enable row level security;
create policy read_own on site_file_version for select to sitefinder_app
    using (may_read_municipality(municipality));

grant select, insert on site_file to sitefinder_app;
grant update (caption_sv, caption_en, alt_sv, alt_en, day, visibility, position, removed_at)
    on site_file to sitefinder_app;
grant select on site_file_version to sitefinder_app;
grant usage on sequence site_file_id_seq to sitefinder_app;
"""

# A view reads as its owner, whom no row-level rule holds: what it leaves out is what is hidden.
SEEN = """
create view {name} as
    select file.hash, file.name, file.media_type, file.previews, file.visibility
    from site_file file join site on site.id = file.site_id
    where file.removed_at is null
      and file.visibility in ({visibilities})
      and site.status in ('published', 'reserved', 'established')
      and site.outline is not null;
grant select on {name} to {role};
"""


def upgrade() -> None:
    op.create_table(
        "site_file",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.Integer()),
        sa.Column("height", sa.Integer()),
        sa.Column("pages", sa.Integer()),
        sa.Column("previews", postgresql.JSONB(), server_default="{}", nullable=False),
        *(
            sa.Column(name, sa.Text(), server_default="", nullable=False)
            for name in ("caption_sv", "caption_en", "alt_sv", "alt_en")
        ),
        sa.Column("day", sa.Date()),
        sa.Column("visibility", sa.Text(), server_default="internal", nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        moment("added_at"),
        sa.Column("added_by", sa.Text(), server_default="", nullable=False),
        moment("updated_at"),
        sa.Column("updated_by", sa.Text(), server_default="", nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("kind in ('photo', 'document')", name=op.f("ck_site_file_kind")),
        sa.CheckConstraint(
            "visibility in ('public', 'registered', 'internal')",
            name=op.f("ck_site_file_visibility"),
        ),
        sa.CheckConstraint(
            "kind = 'document' or visibility = 'internal' or alt_sv <> ''",
            name=op.f("ck_site_file_described_when_seen"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_site_file_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_file")),
    )
    op.create_index("ix_site_file_site_id", "site_file", ["site_id", "position"])
    op.create_index("ix_site_file_hash", "site_file", ["hash"])
    op.create_table(
        "site_file_version",
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        moment("recorded_at"),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("changed", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("state", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["site_file.id"], name=op.f("fk_site_file_version_file_id_site_file")
        ),
        sa.PrimaryKeyConstraint("file_id", "version", name=op.f("pk_site_file_version")),
    )
    op.create_index("ix_site_file_version_site_id", "site_file_version", ["site_id", "recorded_at"])
    op.execute(TRAIL)
    op.execute(IN_USE)
    op.execute(RULES)
    op.execute(SEEN.format(name="file_public", visibilities="'public'", role="sitefinder_reader"))
    op.execute(
        SEEN.format(
            name="file_registered",
            visibilities="'public', 'registered'",
            role="sitefinder_registered",
        )
    )


def moment(name: str) -> sa.Column[object]:
    return sa.Column(
        name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
    )


def downgrade() -> None:
    op.execute("drop view file_registered, file_public")
    op.execute("drop function file_hashes_in_use")
    op.drop_table("site_file_version")
    op.drop_table("site_file")
    op.execute("drop function record_site_file_version")
