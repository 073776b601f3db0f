"""PostgreSQL's own programs, which write a database into a stream and read it back."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from typing import IO, Any

from psycopg.conninfo import make_conninfo
from sqlalchemy import URL

from catalogue.errors import NotPossible
from catalogue.files.stored_files import AT_ONCE
from geo.texts import Text

LONGEST_WAIT_FOR_A_TABLE_MS = 60_000
EXCLUDED_DATA = ("sign_in_session",)
"""Who was signed in then is nobody's business later, and a restored session would be open again."""


@dataclass(frozen=True)
class Programs:
    """`pg_dump` and `pg_restore` of one folder."""

    folder: Path

    @contextmanager
    def dump(self, url: URL, snapshot: str) -> Iterator[Iterator[bytes]]:
        """The database as it is in an exported snapshot; raises `NotPossible` at the end."""
        without = [f"--exclude-table-data=public.{table}" for table in EXCLUDED_DATA]
        options = [
            "--format=custom", f"--snapshot={snapshot}",
            f"--lock-wait-timeout={LONGEST_WAIT_FOR_A_TABLE_MS}", *without,
        ]  # fmt: skip
        with self._running("pg_dump", options, url, stdin=DEVNULL, stdout=PIPE) as process:
            yield _chunks(_stream(process.stdout))

    def restore(self, url: URL, dump: IO[bytes]) -> None:
        """Into an empty database, all or nothing; raises `NotPossible`.

        Comments are left out since they would have to be the extensions' owner's.
        """
        options = ["--no-owner", "--no-comments", "--exit-on-error", "--single-transaction"]
        with self._running("pg_restore", options, url, stdin=PIPE, stdout=DEVNULL) as process:
            try:
                with _stream(process.stdin) as taken:
                    for chunk in _chunks(dump):
                        taken.write(chunk)
            except BrokenPipeError:
                # It has ended before its input did: why is told below.
                pass

    @contextmanager
    def _running(
        self, program: str, options: list[str], url: URL, *, stdin: int, stdout: int
    ) -> Iterator[Popen[bytes]]:
        """The password goes by the environment: everybody may read a command line."""
        said: dict[str, Any] = dict(url.get_dialect()().create_connect_args(url)[1])
        password = {"PGPASSWORD": said.pop("password")} if "password" in said else {}
        place = f"--dbname={make_conninfo(**said)}"
        environment = os.environ | password | {"LC_MESSAGES": "C"}
        command = [str(self.folder / program), "--no-password", *options, place]
        with tempfile.TemporaryFile() as told:
            with Popen(
                command, env=environment, stdin=stdin, stdout=stdout, stderr=told
            ) as process:
                try:
                    yield process
                except BaseException:
                    process.kill()
                    raise
            if process.returncode:
                told.seek(0)
                raise NotPossible(_failed(program, told.read().decode(errors="replace")))


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(AT_ONCE):
        yield chunk


def _stream(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # noqa: S101 - asked for as a pipe
    return stream


def _failed(program: str, told: str) -> Text:
    why = next((line for line in told.splitlines() if "error" in line.lower()), told[:200])
    said = Text("{program} misslyckades: {why}", "{program} failed: {why}")
    return said.format(program=program, why=why.strip())
