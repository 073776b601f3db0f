"""Runs the migrations on the connection handed over, or on the database of the settings."""

from alembic import context
from geoalchemy2 import alembic_helpers
from sqlalchemy import Connection, create_engine

from catalogue.settings import Settings
from catalogue.tables import metadata
from migrations.names import is_ours


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_name=is_ours,
        render_item=alembic_helpers.render_item,
        compare_server_default=False,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with create_engine(Settings().database_url).connect() as opened:
        run(opened)
