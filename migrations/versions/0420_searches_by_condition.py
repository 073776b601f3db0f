"""How many searches set each condition, beside how many asked for each of its values.

A search for two municipalities was one search and counted as two: the values were added up.
"""

from alembic import op

revision = "0420"
down_revision = "0360"
branch_labels = None
depends_on = None

# Of days before this, nobody knows which values stood in the same search.
TOTALS = """
insert into search_use (day, parameter, range, searches, dropped)
select day, parameter, '', sum(searches), sum(dropped) from search_use
where range <> '' group by day, parameter
on conflict do nothing
"""
WITHOUT_TOTALS = """
delete from search_use as whole where range = '' and exists (
    select from search_use as part
    where part.day = whole.day and part.parameter = whole.parameter and part.range <> '')
"""


def upgrade() -> None:
    op.execute(TOTALS)


def downgrade() -> None:
    op.execute(WITHOUT_TOTALS)
