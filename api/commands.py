"""The command line: `sitefinder …`."""

import typer
import uvicorn
from sqlalchemy.orm import Session

from catalogue import schema
from catalogue.database import connect
from catalogue.rules import rules_of
from catalogue.settings import Settings
from seed.base import seed_base

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="SiteFinder: one shared catalogue of land for large establishments.",
)


@app.command()
def serve() -> None:
    """Serve the catalogue on the address of the settings."""
    settings = Settings()
    uvicorn.run(
        "api.main:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )


@app.command()
def migrate() -> None:
    """Bring the database to the newest shape."""
    databases = connect(Settings())
    schema.migrate(databases.owner)
    databases.dispose()


@app.command()
def seed() -> None:
    """Fill a new installation: municipalities, base map, and the example catalogue if wanted."""
    settings = Settings()
    databases = connect(settings)
    with Session(databases.owner) as session, session.begin():
        seed_base(session, settings.county, rules_of(settings))
    databases.dispose()
