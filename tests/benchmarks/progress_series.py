"""`python -m tests.benchmarks.progress_series`: three years of figures, month by month.

Fills a throw-away catalogue with sites that have become known step by step, and measures the whole
series of every figure beside a bare count of the versions.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from catalogue.database import OPERATOR, connect
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.counted_versions import count_missing
from catalogue.progress.figures import FIGURES
from catalogue.progress.progress import Span, progress
from catalogue.progress.series import Wanted, month_ends, series
from catalogue.provenance import ShelfLife
from catalogue.settings import Settings
from catalogue.tables import site_version
from seed.cluster import throwaway_cluster

PROGRAM = Path(sys.executable).parent / "sitefinder"
FIRST, LAST = date(2023, 10, 1), date(2026, 9, 30)
# Of n versions the k-th knows about k of every n values, each dated the day that it came, as they
# are when somebody fills in a part at a time; the site is a draft at first. Text SQL: made in the
# database, since there is much of it.
HISTORY = """
insert into site_version
    (site_id, version, municipality, recorded_at, actor, reason, changed, state, outline)
select site_id, step, municipality, timestamptz '2023-10-05' + :days * (step - 1) + late, 'bench',
    '', '{power_now_mw}',
    state || jsonb_build_object(
        'status', case when step < :steps / 3 then 'draft' else state ->> 'status' end,
        'version', step,
        'provenance', (
            select coalesce(jsonb_object_agg(key, value || jsonb_build_object('as_of',
                       (date '2023-10-05' + :days * came + late)::date)), '{}')
            from jsonb_each(state -> 'provenance')
            cross join lateral (select abs(hashtext(key || site_id)) % :steps as came) as part
            where came < step)),
    outline
from site_version
cross join generate_series(2, :steps) as step
cross join lateral (select (site_id % 29) * interval '1 day' as late) as lateness
where version = 1
"""
BEGINNING = """
update site_version set recorded_at = timestamptz '2023-10-05' where version = 1
"""


def run(
    sites: Annotated[int, typer.Option(help="Sites in the catalogue")] = 5_000,
    versions: Annotated[int, typer.Option(help="Versions of each")] = 12,
    rounds: Annotated[int, typer.Option(help="Interleaved rounds")] = 5,
) -> None:
    """Medians in seconds."""
    with throwaway_cluster() as cluster, tempfile.TemporaryDirectory() as folder:
        cluster.ensure_database("bench")
        url = cluster.url("bench")
        environment = {
            **os.environ,
            "SITEFINDER_DATABASE_URL": url,
            "SITEFINDER_DATA": folder,
            "SITEFINDER_DEMO": "false",
        }
        for command in (["migrate"], ["seed"], ["demo", "--sites", str(sites)]):
            subprocess.run([str(PROGRAM), *command], env=environment, check=True)
        measure(Settings(database_url=url, data=Path(folder)), versions, rounds)


def measure(settings: Settings, versions: int, rounds: int) -> None:
    databases = connect(settings)
    with databases.owner.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(text(BEGINNING))
        connection.execute(
            text(HISTORY), {"steps": versions, "days": timedelta(days=1060 / versions)}
        )
    began = time.perf_counter()
    with databases.writing(OPERATOR) as session:
        counted = count_missing(session)
    typer.echo(f"{counted} versions counted once in {time.perf_counter() - began:.1f} s")
    with databases.owner.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("vacuum analyze"))
    work: dict[str, Callable[[Session], object]] = {
        "36 months, all figures": lambda session: three_years(session, len(FIGURES)),
        "36 months, one figure": lambda session: three_years(session, 1),
        "one day and the baseline": one_day,
        "count of the versions": lambda session: session.scalar(
            select(func.count()).select_from(site_version)
        ),
    }
    found: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, do in work.items():
            with databases.writing(OPERATOR) as session:
                began = time.perf_counter()
                do(session)
                found[name].append(time.perf_counter() - began)
    for name, seconds in found.items():
        typer.echo(f"{name:28}{statistics.median(seconds):8.3f} s")
    databases.dispose()


def three_years(session: Session, figures: int) -> None:
    wanted = Wanted(days=month_ends(FIRST, LAST, LAST), figures=FIGURES[:figures])
    series(session, OPERATOR, wanted, ProjectPlan(), ShelfLife())


def one_day(session: Session) -> None:
    span = Span(LAST, date(2024, 4, 22))
    progress(session, OPERATOR, span, ProjectPlan(), ShelfLife())


if __name__ == "__main__":
    typer.run(run)
