"""A second factor at sign-in, and sessions that wait for it."""

import sqlalchemy as sa
from alembic import op

revision = "0112"
down_revision = "0012"
branch_labels = None
depends_on = None

RULES = """
alter table second_factor enable row level security;
create policy of_holder on second_factor to sitefinder_app
    using (is_own_account(account_id)) with check (is_own_account(account_id));
create policy seen_by_admin on second_factor for select to sitefinder_app
    using (is_administrator());
create policy removed_by_admin on second_factor for delete to sitefinder_app
    using (is_administrator());

alter table recovery_code enable row level security;
create policy of_holder on recovery_code to sitefinder_app
    using (is_own_account(account_id)) with check (is_own_account(account_id));
create policy seen_by_admin on recovery_code for select to sitefinder_app
    using (is_administrator());
create policy removed_by_admin on recovery_code for delete to sitefinder_app
    using (is_administrator());

grant select, insert, update, delete on second_factor, recovery_code to sitefinder_app;
"""
OUTCOME = "ck_sign_in_event_outcome"


def upgrade() -> None:
    op.create_table(
        "second_factor",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_second_factor_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "code_hash", name=op.f("pk_recovery_code")),
    )
    for column in ("is_pending", "is_strong"):
        op.add_column(
            "sign_in_session",
            sa.Column(column, sa.Boolean(), server_default="false", nullable=False),
        )
    op.drop_constraint(op.f(OUTCOME), "sign_in_event")
    op.create_check_constraint(
        op.f(OUTCOME), "sign_in_event", "outcome in ('failed', 'succeeded', 'locked', 'continued')"
    )
    op.execute(RULES)


def downgrade() -> None:
    op.execute("delete from sign_in_event where outcome = 'continued'")
    op.drop_constraint(op.f(OUTCOME), "sign_in_event")
    op.create_check_constraint(
        op.f(OUTCOME), "sign_in_event", "outcome in ('failed', 'succeeded', 'locked')"
    )
    op.execute("delete from sign_in_session where is_pending")
    op.drop_column("sign_in_session", "is_strong")
    op.drop_column("sign_in_session", "is_pending")
    op.drop_table("recovery_code")
    op.drop_table("second_factor")
