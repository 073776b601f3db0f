"""Which reporting dates letters have told of; the project office reads its own settings' history."""

import sqlalchemy as sa
from alembic import op

revision = "0156"
down_revision = "0057"
branch_labels = None
depends_on = None

RULES = """
alter table reporting_reminder enable row level security;
create policy follow_all on reporting_reminder to sitefinder_app
    using (follows_the_project()) with check (follows_the_project());
grant select, insert on reporting_reminder to sitefinder_app;

create policy read_project on setting_change for select to sitefinder_app
    using (
        follows_the_project()
        and name ~ '^(project|baseline|hours|report|reporting|snapshot|weight|shelf_life)_'
    );
"""


def upgrade() -> None:
    op.create_table(
        "reporting_reminder",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_reporting_reminder")),
    )
    op.execute(RULES)


def downgrade() -> None:
    op.execute("drop policy read_project on setting_change")
    op.drop_table("reporting_reminder")
