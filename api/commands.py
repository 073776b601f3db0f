"""The command line: `sitefinder …`."""

import logging
import os
from typing import Any

import typer
import uvicorn
from sqlalchemy.exc import OperationalError
from typer.core import TyperGroup

from api.commands_accounts import tokens, users
from api.commands_backups import backup, restore
from api.commands_data import check, demo, layers, rebuild, seed
from api.commands_progress import snapshot
from catalogue import jobs, schema
from catalogue.database import connect
from catalogue.errors import CatalogueError, Invalid
from catalogue.settings import Settings
from frontend.progress_formats import FORMATS
from geo.errors import GeoError
from seed.cluster import running_url

DATABASE_URL = "SITEFINDER_DATABASE_URL"
NO_DATABASE = (
    f"The database does not answer. Is `make run` running, or does {DATABASE_URL} name one?"
)


RUN, FILL, KEEP, ACCOUNTS = "Run it", "Fill it", "Keep it", "Let people and programs in"


class Commands(TyperGroup):
    """A refusal is told in a line or two, without a stack."""

    def invoke(self, ctx: Any) -> object:
        """Any: a class that typer keeps to itself."""
        if DATABASE_URL not in os.environ and (served := running_url(Settings().data)):
            os.environ[DATABASE_URL] = served
        try:
            return super().invoke(ctx)
        except OperationalError as refusal:
            typer.echo(f"{NO_DATABASE}\n{refusal.orig}".strip(), err=True)
            raise typer.Exit(1) from refusal
        except (CatalogueError, GeoError) as refusal:
            faults = refusal.faults if isinstance(refusal, Invalid) else ()
            told = [refusal.text.en, *(f"{fault.where}: {fault.text.en}" for fault in faults)]
            typer.echo("\n".join(told), err=True)
            raise typer.Exit(1) from refusal


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="SiteFinder: one shared catalogue of land for large establishments.",
)


@app.command(rich_help_panel=RUN)
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


@app.command(rich_help_panel=RUN)
def worker() -> None:
    """Do the jobs that wait: letters, imports, what is tidied up."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    jobs.work(Settings(), {"formats": FORMATS})


@app.command(rich_help_panel=RUN)
def migrate() -> None:
    """Bring the database to the newest shape."""
    databases = connect(Settings())
    schema.migrate(databases.owner)
    databases.dispose()


for panel, group in (
    (RUN, (check,)),
    (FILL, (seed, demo, rebuild)),
    (KEEP, (snapshot, backup, restore)),
):
    for command in group:
        app.command(rich_help_panel=panel)(command)
app.add_typer(layers, name="layers", rich_help_panel=FILL)
app.add_typer(users, name="user", rich_help_panel=ACCOUNTS)
app.add_typer(tokens, name="token", rich_help_panel=ACCOUNTS)
