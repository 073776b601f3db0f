"""The log tells of the services to sign in with, and of what their groups mean here."""

from alembic import op

revision = "0221"
down_revision = "0121"
branch_labels = None
depends_on = None

TRIGGERS = """
create trigger audit after insert or update on identity_provider
    for each row when (current_setting('sitefinder.actor', true) <> '')
    execute function record_audit_event(
        'identity_provider', 'label',
        'label,issuer,client_id,groups_claim,email_claim,name_claim,trusted_domain,asks_second_factor,active');
create trigger audit after insert or delete on claim_mapping
    for each row when (current_setting('sitefinder.actor', true) <> '')
    execute function record_audit_event(
        'claim_mapping', 'claim_value', 'claim_value,role,municipality');
"""


def upgrade() -> None:
    op.execute(TRIGGERS)


def downgrade() -> None:
    op.execute("drop trigger audit on claim_mapping; drop trigger audit on identity_provider")
