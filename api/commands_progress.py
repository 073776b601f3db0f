"""The command that freezes progress: snapshot."""

from typing import Annotated

import typer

from catalogue.administration import adjustments
from catalogue.database import OPERATOR, connect
from catalogue.progress.progress import read_span
from catalogue.rules import rules_of
from catalogue.settings import Settings
from catalogue.snapshots import snapshots
from catalogue.snapshots.period_ends import period_end
from catalogue.snapshots.snapshots import Wanted
from frontend.progress_formats import FORMATS


def snapshot(
    name: Annotated[str, typer.Option(help="What to call it, such as the report it is for")],
    as_of: Annotated[
        str, typer.Option(help="A day that is over; the end of last month if left out")
    ] = "",
    since: Annotated[str, typer.Option(help="The day compared with; else the baseline")] = "",
    note: Annotated[str, typer.Option(help="What a later reader should know")] = "",
) -> None:
    """Freeze the figures of progress of a day, and print the seal."""
    installed = Settings()
    databases = connect(installed)
    try:
        with databases.writing(OPERATOR, "sitefinder snapshot") as session:
            settings = adjustments.present(session, installed)
            rules = rules_of(settings)
            day = as_of or str(period_end(rules.today))
            span = read_span(day, since, settings.baseline_date, rules.today)
            wanted = Wanted(name, span, note)
            made = snapshots.take(
                session, OPERATOR, wanted, settings, rules, formats=FORMATS, taken_by="command"
            )
    finally:
        databases.dispose()
    typer.echo(f"Snapshot {made.number}, {made.name}: as known on {made.as_of}\n{made.seal}")
