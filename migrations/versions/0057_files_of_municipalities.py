"""Files may belong to a municipality's profile; a version keeps which files it had.

What files fill in stands in a site's provenance too, so that it is counted like any other field.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0057"
down_revision = "0054"
branch_labels = None
depends_on = None

RULES = """
drop policy add_own on site_file;
create policy add_own on site_file for insert to sitefinder_app
    with check (may_write_municipality(municipality)
                and (site_id is null
                     or exists (select 1 from site
                                where site.id = site_id
                                  and site.municipality = site_file.municipality)));
"""
OLD_RULES = """
drop policy add_own on site_file;
create policy add_own on site_file for insert to sitefinder_app
    with check (may_write_municipality(municipality)
                and exists (select 1 from site
                            where site.id = site_id
                              and site.municipality = site_file.municipality));
"""

# A view reads as its owner, whom no row-level rule holds: what it leaves out is what is hidden.
SEEN = """
create or replace view {name} as
    select file.hash, file.name, file.media_type, file.previews, file.visibility
    from site_file file left join site on site.id = file.site_id
    where file.removed_at is null
      and file.visibility in ({visibilities})
      and (file.site_id is null
           or (site.status in ('published', 'reserved', 'established')
               and site.outline is not null));
"""
OLD_SEEN = """
create or replace view {name} as
    select file.hash, file.name, file.media_type, file.previews, file.visibility
    from site_file file join site on site.id = file.site_id
    where file.removed_at is null
      and file.visibility in ({visibilities})
      and site.status in ('published', 'reserved', 'established')
      and site.outline is not null;
"""
VIEWS = {"file_public": "'public'", "file_registered": "'public', 'registered'"}

# As the application writes it with every save. The trigger makes a version of it, by nobody.
KEPT = """
update site set
    uploads = coalesce((
        select jsonb_object_agg(key, files)
        from (select case file.kind when 'photo' then 'photos' else 'documents' end as key,
                     jsonb_agg(jsonb_build_array(file.id, file.version)
                               order by file.position, file.id) as files
              from site_file file
              where file.site_id = site.id and file.removed_at is null
              group by 1) as by_key), '{}'),
    provenance = (
        select coalesce(jsonb_object_agg(key, '{"state": "known"}'::jsonb), '{}')
        from unnest(array['photos', 'documents']) as key
        where (key = 'photos' and site.photos is not null)
           or (key = 'documents' and site.documents is not null)
           or exists (select 1 from site_file file
                      where file.site_id = site.id and file.removed_at is null
                        and key = case file.kind when 'photo' then 'photos' else 'documents' end)
        ) || site.provenance
where photos is not null or documents is not null
   or exists (select 1 from site_file file
              where file.site_id = site.id and file.removed_at is null)
"""


def upgrade() -> None:
    op.alter_column("site_file", "site_id", nullable=True)
    op.alter_column("site_file_version", "site_id", nullable=True)
    op.create_foreign_key(
        op.f("fk_site_file_municipality_municipality"),
        "site_file", "municipality", ["municipality"], ["code"],
    )  # fmt: skip
    for table, column in (("site_file", "position"), ("site_file_version", "recorded_at")):
        op.create_index(
            f"ix_{table}_municipality",
            table,
            ["municipality", column],
            postgresql_where=sa.text("site_id is null"),
        )
    for table in ("site", "municipality"):
        op.add_column(
            table,
            sa.Column("uploads", postgresql.JSONB(), server_default="{}", nullable=False),
        )
    op.execute(RULES)
    for name, visibilities in VIEWS.items():
        op.execute(SEEN.format(name=name, visibilities=visibilities))
    op.execute(KEPT)


def downgrade() -> None:
    op.execute("delete from site_file_version where site_id is null")
    op.execute("delete from site_file where site_id is null")
    for name, visibilities in VIEWS.items():
        op.execute(OLD_SEEN.format(name=name, visibilities=visibilities))
    op.execute(OLD_RULES)
    for table in ("site", "municipality"):
        op.drop_column(table, "uploads")
    for table in ("site_file", "site_file_version"):
        op.drop_index(f"ix_{table}_municipality", table)
    op.drop_constraint(op.f("fk_site_file_municipality_municipality"), "site_file")
    op.alter_column("site_file_version", "site_id", nullable=False)
    op.alter_column("site_file", "site_id", nullable=False)
