"""Numbers taken out for many sites at once: of the table, and of each municipality."""

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from catalogue.tables import municipality


def reserved_ids(session: Session, count: int) -> list[int]:
    sequence = func.pg_get_serial_sequence("site", "id")
    series = func.generate_series(1, count).table_valued("n")
    return list(session.scalars(select(func.nextval(sequence)).select_from(series)))


def reserved_numbers(session: Session, code: str, count: int) -> int:
    """The first of so many new site numbers of a municipality."""
    last = session.scalars(
        update(municipality)
        .where(municipality.c.code == code)
        .values(last_site_number=municipality.c.last_site_number + count)
        .returning(municipality.c.last_site_number)
    ).one()
    return int(last) - count + 1
