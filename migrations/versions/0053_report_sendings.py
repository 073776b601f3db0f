"""When the status report was sent: once for each period, and as often by hand as is wanted."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0056"
branch_labels = None
depends_on = None

RULES = """
alter table report_sending enable row level security;
create policy read_all on report_sending for select to sitefinder_app
    using (follows_the_project());
create policy add_own on report_sending for insert to sitefinder_app
    with check (follows_the_project());
create trigger frozen before update or delete or truncate on report_sending
    execute function refuse_change();
create trigger audit after insert on report_sending
    for each row when (current_setting('sitefinder.actor', true) <> '')
    execute function record_audit_event('report_sending', 'as_of', 'as_of,since,recipients');
grant select, insert on report_sending to sitefinder_app;
"""


def upgrade() -> None:
    op.create_table(
        "report_sending",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Integer(), nullable=False),
        sa.CheckConstraint("recipients >= 1", name=op.f("ck_report_sending_reached_somebody")),
        sa.CheckConstraint("since <= as_of", name=op.f("ck_report_sending_days_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_sending")),
        sa.UniqueConstraint("period_end", name=op.f("uq_report_sending_period_end")),
    )
    op.execute(RULES)


def downgrade() -> None:
    op.drop_table("report_sending")
