"""Photos and documents that were sent: looked at one by one, then kept together."""

import re
from collections.abc import Callable, Sequence
from contextlib import ExitStack

from sqlalchemy.orm import Session
from starlette.datastructures import FormData, UploadFile

from api.context import Services
from catalogue import municipalities, sites
from catalogue.database import Actor
from catalogue.files import site_files
from catalogue.files.accepted_files import accepted
from catalogue.files.files import Owner, SiteFile
from catalogue.files.site_files import Described

UPLOADS = re.compile(
    r"/api/v1/(sites|municipalities)/[^/]+/files|/workspace/(sites/[^/]+|profile)/files"
)
"""The addresses that take them, which have a limit of their own."""

FindOwner = Callable[[Session], Owner]
"""Whose the files are; raises `NotAllowed` for somebody who may not change that."""


def of_site(actor: Actor, reference: str) -> FindOwner:
    return lambda session: sites.find_to_write(session, actor, reference).owner


def of_profile(actor: Actor, code: str) -> FindOwner:
    return lambda session: municipalities.find_to_write(session, actor, code).owner


def uploads(form: FormData) -> list[UploadFile]:
    """The files of the control `file`; a browser sends an empty one where none was chosen."""
    return [one for one in form.getlist("file") if isinstance(one, UploadFile) and one.filename]


def keep(
    services: Services,
    actor: Actor,
    find_owner: FindOwner,
    sent: Sequence[UploadFile],
    described: Described | None = None,
) -> list[SiteFile]:
    """All of them or none; who may not write is told so before anything is looked at."""
    databases, settings = services.databases, services.settings
    with databases.writing(actor) as session:
        find_owner(session)
    with ExitStack() as opened:
        received = [
            opened.enter_context(accepted(one.file, one.filename or "", settings)) for one in sent
        ]
        with databases.writing(actor) as session:
            return site_files.add(
                session, find_owner(session), received, services.files, services.rules, described
            )
