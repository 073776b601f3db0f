"""The search: words without marks over letters, and counts of how it is used."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0026"
branch_labels = None
depends_on = None

FOLDED = """
update {table} set search_text = translate(search_text,
    'åäáàâãæéèêëíìîïöóòôõøúùûüýÿñç', 'aaaaaaaeeeeiiiioooooouuuuyync')
where search_text ~ '[^ -~]'
"""
RULES = """
alter table {table} enable row level security;
create policy counted on {table} to sitefinder_app
    using (nobody_acts()) with check (nobody_acts());
create policy read_all on {table} for select to sitefinder_app using (follows_the_project());
grant select, insert, update on {table} to sitefinder_app;
"""
LISTINGS = ("listing_public", "listing_registered")
COUNTED = ("search_use", "search_use_site")


def upgrade() -> None:
    for table in LISTINGS:
        op.execute(FOLDED.format(table=table))
    op.create_table(
        "search_use",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("parameter", sa.Text(), nullable=False),
        sa.Column("range", sa.Text(), nullable=False),
        sa.Column("searches", sa.BigInteger(), nullable=False),
        sa.Column("dropped", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "parameter", "range", name=op.f("pk_search_use")),
    )
    op.create_table(
        "search_use_site",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("parameter", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("searches", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "parameter", "reference", name=op.f("pk_search_use_site")),
    )
    for table in COUNTED:
        op.execute(RULES.format(table=table))


def downgrade() -> None:
    """The words get their marks back with the next `sitefinder rebuild`; until then they are
    found as they are typed without any."""
    for table in COUNTED:
        op.drop_table(table)
