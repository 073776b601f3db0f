"""What was known when: the versions of a site or a profile, and how either stood at one of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, func, select
from sqlalchemy.orm import Session

from catalogue import tables
from catalogue.completeness import UPLOADED_KEYS
from catalogue.database import OPERATOR
from catalogue.errors import NoSuchSite
from catalogue.fields import PROFILE, SITE, Field, Value
from catalogue.files import files
from catalogue.files.files import SiteFile
from catalogue.history import file_changes
from catalogue.history.file_changes import FileChange
from catalogue.municipalities import Municipality
from catalogue.rules import SWEDEN
from catalogue.site import LISTED_STATUSES, Site, Status, stored_provenance
from catalogue.site_rows import multi_polygon
from catalogue.values import from_json

table = tables.site_version
profile_table = tables.municipality_version
account = tables.account


@dataclass(frozen=True)
class Version:
    """One save: when, by whom, why, and which fields it touched in the registry's order."""

    number: int
    recorded_at: datetime
    actor: str
    """The e-mail address of the account; empty for the catalogue's own jobs."""
    name: str
    """Of the account's holder; the address where that is not known, empty for a job."""
    reason: str
    keys: tuple[str, ...]
    """Both values and what stands behind them; empty for the first version, which is all new."""
    status: Status | None
    """The site's after the save; a profile has none."""
    is_reading: bool = False
    """Whether somebody read what another had changed, and changed nothing."""
    files: tuple[FileChange, ...] = ()
    """What happened to photos and documents."""


def versions(session: Session, reference: str, limit: int | None = None) -> list[Version]:
    """The versions the actor may read, newest first; raises `NoSuchSite`."""
    found = listed(session, of_site(reference), SITE, limit)
    if not found:
        raise NoSuchSite(reference)
    return found


def profile_versions(session: Session, code: str, limit: int | None = None) -> list[Version]:
    """The recorded versions of a municipality's profile, newest first."""
    return listed(session, of_profile(code), PROFILE, limit)


def listed(
    session: Session, newest_first: Select[Any], fields: Mapping[str, Field], limit: int | None
) -> list[Version]:
    """Each row compared with the one before it in time; Any: the row type of a select."""
    if limit is not None:
        newest_first = newest_first.limit(limit + 1)
    rows = list(session.execute(newest_first).mappings())
    befores = [*(row["state"] for row in rows[1:]), None]
    steps = zip(rows, befores, file_changes.of_rows(session, rows), strict=False)
    return [version(row, before, fields, files) for row, before, files in steps][:limit]


def of_site(reference: str) -> Select[Any]:
    """Newest first; Any: the row type of a select of many columns."""
    return (
        select(table, tables.site.c.reference, account.c.name.label("actor_name"))
        .join(tables.site, tables.site.c.id == table.c.site_id)
        .outerjoin(account, account.c.email == table.c.actor)
        .where(tables.site.c.reference == reference)
        .order_by(table.c.version.desc())
    )


def of_profile(code: str) -> Select[Any]:
    """Newest first; Any: the row type of a select of many columns."""
    return (
        select(profile_table, account.c.name.label("actor_name"))
        .outerjoin(account, account.c.email == profile_table.c.actor)
        .where(profile_table.c.code == code)
        .order_by(profile_table.c.version.desc())
    )


def version(
    row: RowMapping,
    before: Mapping[str, Any] | None,
    fields: Mapping[str, Field],
    files: tuple[FileChange, ...],
) -> Version:
    """Any: the state as JSON."""
    touched = set(row["changed"])
    if before is not None:
        for kept in ("provenance", "uploads"):
            now, then = row["state"].get(kept, {}), before.get(kept, {})
            touched |= {key for key in now.keys() | then.keys() if now.get(key) != then.get(key)}
    return Version(
        number=row["version"],
        recorded_at=row["recorded_at"],
        actor=row["actor"],
        name=row["actor_name"] or ("" if row["actor"] == OPERATOR.email else row["actor"]),
        reason=row["reason"],
        keys=tuple(key for key in dict.fromkeys((*fields, *UPLOADED_KEYS)) if key in touched),
        status=row["state"].get("status"),
        is_reading=touched == {"unread"},
        files=files,
    )


def at_version(session: Session, reference: str, number: int) -> Site | None:
    """The site as that save left it; None where there is no such version."""
    return found(session, reference, table.c.version == number)


def as_of(session: Session, reference: str, day: date) -> Site:
    """The site as it was known at the end of a day in Sweden; raises `NoSuchSite`."""
    midnight = datetime.combine(day + timedelta(days=1), time.min, SWEDEN)
    site = found(session, reference, table.c.recorded_at < midnight)
    if site is None:
        raise NoSuchSite(reference)
    return site


def found(session: Session, reference: str, condition: ColumnElement[bool]) -> Site | None:
    """The newest version that meets the condition."""
    statement = of_site(reference).where(condition).limit(1)
    row = session.execute(statement).mappings().first()
    return replace(from_version(row), files=uploaded(session, row)) if row else None


def uploaded(session: Session, row: RowMapping) -> tuple[SiteFile, ...]:
    """The files that stood there in a version, as they were described then."""
    [found] = files.as_uploaded(session, [row["state"].get("uploads", {})])
    return found


def last_published(session: Session, site: Site) -> Site | None:
    """What a reviewer compares the site with; None where it was never published.

    Of a site that may be seen now, as it was when it came to be; of another, as it was last seen.
    """
    status = table.c.state["status"].astext
    if site.status in LISTED_STATUSES:
        came = and_(table.c.changed.contains(["status"]), status == "published")
        return found(session, site.reference, came)
    return found(session, site.reference, status.in_(LISTED_STATUSES))


def last_read(session: Session, site: Site) -> Site | None:
    """The site as it was when nothing waited for a second person to read it."""
    waits = table.c.state["unread"].astext
    return found(session, site.reference, func.coalesce(waits, "{}") == "{}")


def from_version(row: RowMapping) -> Site:
    state = row["state"]
    created, published = state.get("created_at"), state.get("published_at")
    return Site(
        id=row["site_id"],
        reference=row["reference"],
        municipality=state["municipality"],
        status=state["status"],
        version=row["version"],
        is_example=state["is_example"],
        created_at=datetime.fromisoformat(created) if created else None,
        updated_at=row["recorded_at"],
        updated_by=row["actor"],
        published_at=datetime.fromisoformat(published) if published else None,
        outline=None if row["outline"] is None else multi_polygon(row["outline"]),
        values=stored_values(SITE, state),
        provenance=stored_provenance(state.get("provenance", {})),
    )


def profile_at_version(session: Session, code: str, number: int) -> Municipality | None:
    """The profile as that save left it; None where that version was never recorded."""
    statement = of_profile(code).where(profile_table.c.version == number)
    row = session.execute(statement).mappings().first()
    return replace(profile_from_version(row), files=uploaded(session, row)) if row else None


def profile_from_version(row: RowMapping) -> Municipality:
    state = row["state"]
    return Municipality(
        code=row["code"],
        name=state["name"],
        version=row["version"],
        values=stored_values(PROFILE, state),
        provenance=stored_provenance(state.get("provenance", {})),
    )


def stored_values(fields: Mapping[str, Field], state: Mapping[str, Any]) -> dict[str, Value]:
    """Any: a row as JSON, without its nulls."""
    return {
        key: restored(field, state[key])
        for key, field in fields.items()
        if not field.structural and key in state
    }


def restored(field: Field, stored: Any) -> Value:
    """A value as it was before it became JSON without nulls; Any: JSON."""
    if field.kind == "records":
        return [{column.key: row.get(column.key) for column in field.columns} for row in stored]
    return float(stored) if field.kind == "number" else from_json(field, stored)
