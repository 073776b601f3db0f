"""Signing in with a municipality's own identity provider."""

import sqlalchemy as sa
from alembic import op

revision = "0212"
down_revision = "0112"
branch_labels = None
depends_on = None

RULES = """
create policy {table}_rule on {table} to sitefinder_app
    using (nobody_acts() or is_administrator())
    with check ({check});
"""
TABLES = {
    "identity_provider": "is_administrator()",
    "claim_mapping": "is_administrator()",
    "external_identity": "nobody_acts() or is_administrator()",
}


def upgrade() -> None:
    op.create_table(
        "identity_provider",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in (
                "label", "issuer", "client_id", "client_secret", "groups_claim", "email_claim",
                "name_claim",
            )
        ),
        sa.Column("trusted_domain", sa.Text(), server_default="", nullable=False),
        sa.Column("asks_second_factor", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("active", sa.Boolean(), server_default="true", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_provider")),
        sa.UniqueConstraint("issuer", "client_id", name=op.f("uq_identity_provider_issuer_client_id")),
    )  # fmt: skip
    op.create_table(
        "claim_mapping",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("provider_id", sa.BigInteger(), nullable=False),
        sa.Column("claim_value", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text()),
        sa.CheckConstraint(
            "role in ('editor','publisher','project','investor','admin')",
            name=op.f("ck_claim_mapping_role"),
        ),
        sa.CheckConstraint(
            "(role in ('editor','publisher')) = (municipality is not null)",
            name=op.f("ck_claim_mapping_own_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["identity_provider.id"], name=op.f("fk_claim_mapping_provider_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.code"], name=op.f("fk_claim_mapping_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_mapping")),
        sa.UniqueConstraint(
            "provider_id", "claim_value", name=op.f("uq_claim_mapping_provider_id_claim_value")
        ),
    )
    op.create_table(
        "external_identity",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_external_identity_account_id")
        ),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_external_identity")),
    )
    op.create_index(op.f("ix_external_identity_account_id"), "external_identity", ["account_id"])
    op.add_column("sign_in_session", sa.Column("provider_id", sa.BigInteger()))
    op.create_foreign_key(
        op.f("fk_sign_in_session_provider_id"),
        "sign_in_session",
        "identity_provider",
        ["provider_id"],
        ["id"],
    )
    for table, check in TABLES.items():
        op.execute(f"alter table {table} enable row level security")
        op.execute(RULES.format(table=table, check=check))
    op.execute(
        """
        grant select, insert, update on identity_provider to sitefinder_app;
        grant select, insert, delete on claim_mapping, external_identity to sitefinder_app;
        grant usage on all sequences in schema public to sitefinder_app;
        """
    )


def downgrade() -> None:
    op.drop_column("sign_in_session", "provider_id")
    for table in reversed(TABLES):
        op.drop_table(table)
