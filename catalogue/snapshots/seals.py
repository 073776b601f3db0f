"""The chain of seals: each snapshot's seal covers all of it and the seal of the one before.

A seal tells that something was changed, not by whom; that the last ones are gone shows only
against a seal that was written down elsewhere, which is why reports print it.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

import orjson

FIRST = "0" * 64
"""What stands before the first snapshot."""

Header = Mapping[str, str | int | date | datetime]
"""The columns of a snapshot but its own seal."""


def seal_of(header: Header, files: Iterable[tuple[str, bytes]]) -> str:
    """SHA-256, in hexadecimal, over the header and over each file's name and SHA-256."""
    sealed = {
        **{name: plain(value) for name, value in header.items()},
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files},
    }
    return hashlib.sha256(orjson.dumps(sealed, option=orjson.OPT_SORT_KEYS)).hexdigest()


def plain(value: str | int | date | datetime) -> str | int:
    """Days and moments as one text each, whatever time zone a session reads them in."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
    return value
