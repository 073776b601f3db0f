"""The history step by step: each version with what it changed from the one before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from sqlalchemy import RowMapping, Select
from sqlalchemy.orm import Session

from catalogue.errors import NoSuchSite
from catalogue.fields import PROFILE, SITE, Field
from catalogue.history import file_changes, history
from catalogue.history.differences import Difference, differences
from catalogue.history.history import Version
from catalogue.municipalities import Municipality
from catalogue.site import Site
from geo.outline_changes import OutlineChange, outline_change


@dataclass(frozen=True)
class Step:
    """One version and what it changed."""

    version: Version
    differences: Sequence[Difference]
    outline: OutlineChange | None


def site_steps(session: Session, reference: str, *, upto: int | None, limit: int) -> list[Step]:
    """The versions up to a number (None: all), newest first; raises `NoSuchSite`."""
    statement = history.of_site(reference)
    if upto is not None:
        statement = statement.where(history.table.c.version <= upto)
    found = steps(session, statement, SITE, history.from_version, limit)
    if not found:
        raise NoSuchSite(reference)
    return found


def profile_steps(session: Session, code: str, *, upto: int | None, limit: int) -> list[Step]:
    """The recorded versions of a profile up to a number (None: all), newest first."""
    statement = history.of_profile(code)
    if upto is not None:
        statement = statement.where(history.profile_table.c.version <= upto)
    return steps(session, statement, PROFILE, history.profile_from_version, limit)


def steps(
    session: Session,
    newest_first: Select[Any],
    fields: Mapping[str, Field],
    read: Callable[[RowMapping], Site | Municipality],
    limit: int,
) -> list[Step]:
    """Any: the row type of a select."""
    rows = list(session.execute(newest_first.limit(limit + 1)).mappings())
    states = [read(row) for row in rows]
    uploaded = file_changes.of_rows(session, rows)
    found = []
    for row, new, files, before, old in zip_longest(rows, states, uploaded, rows[1:], states[1:]):
        version = history.version(row, before["state"] if before else None, fields, files)
        found.append(Step(version, differences(fields, old, new), outlines(old, new)))
    return found[:limit]


def outlines(old: Site | Municipality | None, new: Site | Municipality) -> OutlineChange | None:
    """How the outline changed; a profile has none."""
    if not isinstance(new, Site):
        return None
    return outline_change(old.outline if isinstance(old, Site) else None, new.outline)
