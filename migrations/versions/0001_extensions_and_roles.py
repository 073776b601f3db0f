"""PostGIS, trigram search, and the roles that the application works in.

Roles belong to the whole server, so they may be there already and are left when this is undone.
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROLES = ("sitefinder_app", "sitefinder_reader", "sitefinder_registered")


def upgrade() -> None:
    op.execute("create extension if not exists postgis")
    op.execute("create extension if not exists pg_trgm")
    for role in ROLES:
        op.execute(
            f"""
            do $$
            begin
                if not exists (select from pg_roles where rolname = '{role}') then
                    create role {role} nologin;
                end if;
            exception when duplicate_object or unique_violation then null;
            end
            $$
            """
        )
        op.execute(f"grant {role} to current_user")
        op.execute(f"grant usage on schema public to {role}")


def downgrade() -> None:
    for role in ROLES:
        op.execute(f"revoke usage on schema public from {role}")
    op.execute("drop extension pg_trgm")
    op.execute("drop extension postgis")
