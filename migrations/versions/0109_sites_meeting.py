"""Sites that an outline meets, found by the index that row-level security keeps from being used."""

from alembic import op

revision = "0109"
down_revision = "0010"
branch_labels = None
depends_on = None

# It runs as the owner, whom no policy holds, and asks the policy's own question once instead.
MEETING = """
create function sites_meeting(code text, shape geometry)
returns table (reference text, name text, outline geometry)
language sql stable security definer set search_path = public, pg_temp as $$
    select site.reference, site.name_sv, site.outline
    from site
    where may_read_municipality(code) and site.municipality = code
      and site.outline && shape and st_intersects(site.outline, shape)
$$;
revoke all on function sites_meeting from public;
grant execute on function sites_meeting to sitefinder_app;
"""


def upgrade() -> None:
    op.execute(MEETING)


def downgrade() -> None:
    op.execute("drop function sites_meeting")
