"""Imports: files with their progress and report, reached by those who write in the municipality."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0115"
branch_labels = None
depends_on = None

RULES = """
alter table import_job enable row level security;
create policy read_own on import_job for select to sitefinder_app
    using (may_write_municipality(municipality));
create policy add_own on import_job for insert to sitefinder_app
    with check (may_write_municipality(municipality));
create policy change_own on import_job for update to sitefinder_app
    using (may_write_municipality(municipality))
    with check (may_write_municipality(municipality));
create policy remove_own on import_job for delete to sitefinder_app
    using (may_write_municipality(municipality));
grant select, insert, update, delete on import_job to sitefinder_app;
grant usage on sequence import_job_id_seq to sitefinder_app;
alter table import_job alter column content set storage external;
"""


def upgrade() -> None:
    op.create_table(
        "import_job",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("municipality", sa.Text(), sa.ForeignKey("municipality.code"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), sa.ForeignKey("account.id"), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("writes_at_once", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("rows_done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rows_total", sa.Integer(), server_default="0", nullable=False),
        sa.Column("report", postgresql.JSONB()),
        sa.Column("versions", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("refusal", postgresql.JSONB()),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "state in ('waiting','reading','checked','confirmed','writing','done','refused')",
            name=op.f("ck_import_job_state"),
        ),
    )
    op.create_index("ix_import_job_municipality", "import_job", ["municipality", "id"])
    op.create_index("ix_import_job_created_at", "import_job", ["created_at"])
    op.execute(RULES)


def downgrade() -> None:
    op.drop_table("import_job")
