"""A question may be about a municipality's own profile, and then names no site."""

from alembic import op

revision = "0121"
down_revision = "0021"
branch_labels = None
depends_on = None


FORGET = """
delete from question_link using question where question_id = question.id and site_id is null;
delete from question_answer using question where question_id = question.id and site_id is null;
delete from question_document using question where question_id = question.id and site_id is null;
delete from question where site_id is null;
"""


def upgrade() -> None:
    op.alter_column("question", "site_id", nullable=True)
    op.create_check_constraint(
        op.f("ck_question_site_or_profile"), "question", "(site_id is null) = (reference = '')"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_question_site_or_profile"), "question", type_="check")
    op.execute(FORGET)
    op.alter_column("question", "site_id", nullable=False)
