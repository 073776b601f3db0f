"""A profile's internal parts are for its own municipality; names and borders are for everybody."""

from alembic import op

revision = "0015"
down_revision = "0007"
branch_labels = None
depends_on = None

# A view shows what its owner may see, so the rule on the table does not narrow it.
UP = """
create view municipality_area as select code, name, county, outline from municipality;
grant select on municipality_area to sitefinder_app, sitefinder_reader, sitefinder_registered;
drop policy read_borders on municipality;
revoke select (code, name, outline) on municipality from sitefinder_reader, sitefinder_registered;
drop policy read_all on municipality;
create policy read_own on municipality for select to sitefinder_app
    using (may_read_municipality(code));
"""
DOWN = """
drop policy read_own on municipality;
create policy read_all on municipality for select to sitefinder_app using (true);
grant select (code, name, outline) on municipality to sitefinder_reader, sitefinder_registered;
create policy read_borders on municipality for select
    to sitefinder_reader, sitefinder_registered using (true);
drop view municipality_area;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
