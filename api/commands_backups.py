"""The commands that keep the catalogue safe: backup, restore."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import func, select

from api.commands_data import tell_findings
from catalogue.accounts.sealing import FILE as KEY_FILE
from catalogue.backups.archive import Archive, opened_archive
from catalogue.backups.backup import back_up, megabytes
from catalogue.backups.programs import Programs
from catalogue.backups.restoring import refuse_newer
from catalogue.backups.restoring import restore as put_back
from catalogue.database import as_owner
from catalogue.errors import NotPossible
from catalogue.settings import Settings
from geo.texts import Text
from seed import postgis


def backup(
    target: Annotated[
        Path,
        typer.Argument(metavar="FILE_OR_FOLDER", help="Its name, or a folder to put it in"),
    ],
) -> None:
    """Write the whole catalogue, with its files, to one archive.

    It holds personal data, and only its owner may read it. Neither settings nor the key of second
    factors are in it: keep those apart. Nothing is overwritten.
    """
    settings = Settings()
    made = back_up(settings, target, programs_for(settings), typer.echo)
    typer.echo(f"{made}: {megabytes(made.stat().st_size)}")
    with opened_archive(made) as archive:
        if lost := archive.manifest.missing:
            typer.echo(
                f"{len(lost)} contents were not in the store, such as {lost[0]}: see"
                " `sitefinder check`.",
                err=True,
            )
    key = "SITEFINDER_SECRET_KEY" if settings.secret_key else settings.data / KEY_FILE
    typer.echo(f"Not in it: the settings, and the key of second factors ({key}).")


def restore(
    file: Annotated[Path, typer.Argument(help="An archive that `sitefinder backup` wrote")],
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Put it in the place of a catalogue that is not empty"),
    ] = False,
    verify_only: Annotated[
        bool, typer.Option("--verify", help="Only tell whether the archive is whole")
    ] = False,
) -> None:
    """Bring a catalogue back from an archive, and check it.

    The archive is verified first. The present catalogue stays as it is until the other is whole
    beside it, and is then kept in a database of another name.
    """
    settings = Settings()
    with opened_archive(file) as archive:
        tell_of(archive)
        if verify_only:
            refuse_newer(archive)
            archive.verify()
            typer.echo(f"Whole: {len(archive.manifest.parts)} parts, each with its SHA-256.")
            return
        kept = put_back(settings, archive, programs_for(settings), typer.echo, replace=replace)
    if kept:
        typer.echo(
            f"The catalogue before it is kept in the database {kept}: remove it with"
            f" `drop database {kept}` once it is no longer needed."
        )
    typer.echo("Restored. Everybody signs in again. What `sitefinder check` says:")
    tell_findings(settings)


def tell_of(archive: Archive) -> None:
    manifest = archive.manifest
    typer.echo(
        f"Made {manifest.made_at:%Y-%m-%d %H:%M} UTC by SiteFinder {manifest.version}, database"
        f" {manifest.revision}, county {manifest.county}"
    )


def programs_for(settings: Settings) -> Programs:
    """PostgreSQL's own, of the server's version or newer; raises `NotPossible`."""
    with as_owner(settings) as session:
        number = session.scalars(select(func.current_setting("server_version_num"))).one()
    version = int(number) // 10_000
    folder = postgis.client_programs(version)
    if folder is None:
        raise NotPossible(
            Text(
                "pg_dump och pg_restore {version} eller nyare behövs: apt-get install "
                "postgresql-client-{version}",
                "pg_dump and pg_restore {version} or newer are needed: apt-get install "
                "postgresql-client-{version}",
            ).format(version=str(version))
        )
    return Programs(folder)
