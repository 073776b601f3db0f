"""What clients were offered of a municipality's own sites, and how it went.

The register is the project office's: of a request the municipality learns its days, its sector and
size, the outcome and why it was lost, but not its code name, its words or the other sites.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import Date, column, func, select
from sqlalchemy.orm import Session

COLUMNS = (
    "request_id", "municipality", "reference", "name_sv", "name_en", "sector", "size", "outcome",
    "lost_because",
)  # fmt: skip
DAYS = ("received_on", "answered_on", "closed_on")


@dataclass(frozen=True, kw_only=True)
class OfferedSite:
    """One of the municipality's sites in the answer to a request."""

    reference: str
    name_sv: str
    name_en: str | None


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One municipality's part of the answer to a request."""

    municipality: str
    sites: Sequence[OfferedSite]
    received_on: date
    answered_on: date | None
    closed_on: date | None
    sector: str | None
    size: str | None
    outcome: str
    lost_because: str | None


def offers(session: Session, municipality: str = "") -> list[Offer]:
    """Those that the actor may know of, all or one municipality's; the latest first."""
    told = func.offered_sites().table_valued(*COLUMNS, *(column(day, Date) for day in DAYS))
    order = (told.c.received_on.desc(), told.c.request_id.desc(), told.c.municipality)
    statement = select(told).order_by(*order, told.c.reference)
    if municipality:
        statement = statement.where(told.c.municipality == municipality)
    rows = session.execute(statement).mappings()
    return [
        Offer(
            sites=[
                OfferedSite(
                    reference=row["reference"], name_sv=row["name_sv"], name_en=row["name_en"]
                )
                for row in (first, *rest)
            ],
            **{name: first[name] for name in Offer.__dataclass_fields__ if name != "sites"},
        )
        for _, (first, *rest) in groupby(
            rows, key=lambda row: (row["request_id"], row["municipality"])
        )
    ]
