"""Hours that the municipalities have put in, month by month since the project began."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from catalogue.hours.hours import ProjectPlan
from catalogue.rules import Rules
from catalogue.tables import hours_entry, site
from seed.demo_land import months_ahead
from seed.demo_people import email, staff

ACTIVITIES: tuple[tuple[str, str, int], ...] = (
    ("data_collection", "Uppgifter om platser insamlade och inlagda", 6),
    ("grid_contact", "Möten och mejl med nätägaren", 4),
    ("water_contact", "Avstämning med VA-huvudmannen", 3),
    ("planning", "Genomgång med planavdelningen", 4),
    ("meeting", "Projektmöte", 4),
    ("training", "Utbildning i katalogen", 1),
    ("rfi_answer", "Underlag till en etableringsförfrågan", 2),
    ("quality_control", "Kontroll av inlagda uppgifter", 2),
)
"""Code, note and how usual it is."""
MISSING_SHARE = 0.07
UNATTESTED_DAYS = 75
"""Months that ended longer ago have been attested."""


def add_hours(session: Session, names: Mapping[str, str], rules: Rules, plan: ProjectPlan) -> int:
    """About what the plan says, each month of it that has begun; how many rows."""
    if session.scalars(select(func.count()).select_from(hours_entry)).one():
        return 0
    references = by_municipality(session)
    rows = [
        row
        for code, name in names.items()
        for row in of_municipality(Books(code, name, references.get(code, [])), rules, plan)
    ]
    if rows:
        session.execute(insert(hours_entry), rows)
    return len(rows)


class Books(NamedTuple):
    """Whose hours, and the sites they may have gone to."""

    code: str
    name: str
    references: list[str]


def by_municipality(session: Session) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    statement = select(site.c.municipality, site.c.reference).order_by(site.c.reference)
    for code, reference in session.execute(statement):
        found.setdefault(code, []).append(reference)
    return found


def of_municipality(books: Books, rules: Rules, plan: ProjectPlan) -> list[dict[str, Any]]:
    """The month that is not over yet has its share so far. Any: columns differ in type."""
    random = Random(f"hours {books.code}")
    zeal = 0.75 + 0.4 * random.random()
    rows: list[dict[str, Any]] = []
    for month in plan.months:
        if month <= rules.today and random.random() >= MISSING_SHARE:
            share = min(1.0, (rules.today - month).days / 30)
            usual = plan.hours_per_month * (0.75 + 0.5 * random.random())
            total = max(1.0, round(2 * zeal * share * usual) / 2)
            rows.extend(of_month(books, month, total, rules.now(), random))
    return rows


def of_month(
    books: Books, month: date, total: float, now: datetime, random: Random
) -> list[dict[str, Any]]:
    """Two to five rows that add up to the total; Any: columns differ in type."""
    count = 2 + int(4 * random.random())
    chosen = random.choices(ACTIVITIES, [one[2] for one in ACTIVITIES], k=count)
    end = months_ahead(month, 1)
    entered = datetime(end.year, end.month, 1 + int(9 * random.random()), 8, 30, tzinfo=UTC)
    signed = signature(books, end, entered, now, random)
    people = staff(books.code)
    rows, left = [], total
    for number, (activity, note, _) in enumerate(chosen, start=1):
        hours = left if number == count else min(left, max(0.5, round(left * random.random()) / 2))
        left -= hours
        person = people.editor if random.random() < 0.8 else people.publisher
        touched = min(len(books.references), int(3 * random.random()))
        rows.append(
            {
                "municipality": books.code,
                "month": month,
                "role": person.title,
                "person": person.name,
                "hours": hours,
                "activity": activity,
                "sites": sorted(random.sample(books.references, touched)),
                "note": note,
                "entered_at": min(entered, now),
                "entered_by": email("editor", books.name),
                **signed,
            }
        )
        if not left:
            break
    return rows


def signature(
    books: Books, end: date, entered: datetime, now: datetime, random: Random
) -> dict[str, Any]:
    """Who attested a month that ended on that day, and when; Any: columns differ in type."""
    attested = entered + timedelta(days=5 + int(20 * random.random()))
    if (now.date() - end).days <= UNATTESTED_DAYS:
        return {"attested_by": None, "attested_at": None}
    return {"attested_by": email("publisher", books.name), "attested_at": attested}
