"""The first version of sites made in bulk, as the trigger would keep it, ready to be copied."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import Double, TypeEngine

from catalogue import tables
from seed.demo_loading import kept_order

COLUMNS = {str(column.name): column.type for column in tables.site.columns}
STATE_KEYS = sorted(COLUMNS.keys() - {"outline"}, key=kept_order)


def first_versions(rows: Iterable[Mapping[str, Any]], reason: str) -> Iterator[dict[str, Any]]:
    """One for each of these rows of the site table, nothing of which was saved before.

    Any: columns differ in type.
    """
    for row in rows:
        yield {
            "site_id": row["id"],
            "version": row["version"],
            "municipality": row["municipality"],
            "recorded_at": row["updated_at"],
            "actor": row["updated_by"],
            "reason": reason,
            "changed": ["created"],
            "state": state(row),
            "outline": row["outline"],
        }


def state(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row as `jsonb_strip_nulls(to_jsonb(row))` gives it; Any: JSON."""
    found = {key: value for key in STATE_KEYS if (value := row.get(key)) is not None}
    for key, stated in STATED.items():
        if key in found:
            found[key] = stated(found[key])
    return found


def number(value: float) -> float:
    return int(value) if value == int(value) else value


def moment(at: datetime) -> str:
    """In UTC, without the zeros that end a fraction of a second."""
    seconds, dot, fraction = at.astimezone(UTC).replace(tzinfo=None).isoformat().partition(".")
    return f"{seconds}{dot}{fraction.rstrip('0')}+00:00"


def records(some: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value for key, value in one.items() if value is not None} for one in some]


# Any: what the columns of a type hold.
STATED_OF: dict[type[TypeEngine[Any]], Callable[[Any], Any]] = {
    Double: number, DateTime: moment, JSONB: records,
}  # fmt: skip
"""What PostgreSQL puts otherwise than Python's JSON, by type."""
STATED = {
    key: STATED_OF[type(kind)]
    for key, kind in COLUMNS.items()
    if type(kind) in STATED_OF and key not in ("provenance", "uploads", "unread")
}
