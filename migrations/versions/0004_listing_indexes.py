"""What the map reads: the municipalities' borders, for readers too."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        grant select (code, name, outline) on municipality
            to sitefinder_reader, sitefinder_registered;
        create policy read_borders on municipality for select
            to sitefinder_reader, sitefinder_registered using (true);
        """
    )


def downgrade() -> None:
    op.execute(
        """
        drop policy read_borders on municipality;
        revoke select (code, name, outline) on municipality
            from sitefinder_reader, sitefinder_registered;
        """
    )
