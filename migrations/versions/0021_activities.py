"""What hours are spent on becomes a list that an administrator keeps."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0030"
branch_labels = None
depends_on = None

ACTIVITIES = (
    ("data_collection", "Samla in uppgifter", "Collecting data"),
    ("grid_contact", "Kontakt med nätägare", "Contact with grid owner"),
    ("water_contact", "Kontakt med VA-huvudman", "Contact with water utility"),
    ("planning", "Planfrågor", "Planning"),
    ("meeting", "Möte", "Meeting"),
    ("training", "Utbildning", "Training"),
    ("rfi_answer", "Svar på förfrågan", "Answering a request"),
    ("quality_control", "Kvalitetskontroll", "Quality control"),
)

RULES = """
alter table activity enable row level security;
create policy read_all on activity for select to sitefinder_app using (true);
create policy change_own on activity to sitefinder_app
    using (is_administrator()) with check (is_administrator());
grant select, insert, delete on activity to sitefinder_app;
grant update (label_sv, label_en, retired) on activity to sitefinder_app;
grant usage on sequence activity_id_seq to sitefinder_app;

create trigger audit after insert or update or delete on activity
    for each row when (current_setting('sitefinder.actor', true) <> '')
    execute function record_audit_event('activity', 'code', 'code,label_sv,label_en,retired');
"""


def upgrade() -> None:
    activity = op.create_table(
        "activity",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("label_sv", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("retired", sa.Boolean(), server_default="false", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("code", name=op.f("uq_activity_code")),
    )
    rows = [{"code": code, "label_sv": sv, "label_en": en} for code, sv, en in ACTIVITIES]
    op.bulk_insert(activity, rows)
    op.create_foreign_key(
        op.f("fk_hours_entry_activity"), "hours_entry", "activity", ["activity"], ["code"]
    )
    op.execute(RULES)


def downgrade() -> None:
    op.drop_constraint(op.f("fk_hours_entry_activity"), "hours_entry", type_="foreignkey")
    op.drop_table("activity")
