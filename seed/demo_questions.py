"""Letters to those who know, behind what the examples say they have asked: waiting, late, answered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from catalogue import municipalities, sites
from catalogue.questions.question_subjects import (
    Subject,
    askable,
    name_of,
    owner_of,
    reference_of,
)
from catalogue.rules import SWEDEN, Rules
from catalogue.site import Site
from catalogue.tables import question, question_answer
from seed.demo_grounds import plain
from seed.demo_people import email, staff

SAID: Mapping[str, Any] = {
    "power_now_mw": 12.0,
    "connection_lead_months": [18, 30],
    "connection_cost_msek": 45.0,
    "redundancy": "n1",
    "power_type": "firm",
    "outage_min_year": 40.0,
    "drinking_water_m3_day": 400.0,
    "process_water_m3_day": 2_000.0,
    "sewage_m3_day": 350.0,
    "sewage_pe": 1_500.0,
    "main_distance_m": 600.0,
    "main_dimension_mm": 200.0,
    "fire_water_l_s": 40.0,
    "dark_fibre": True,
    "latency_ms_stockholm": 6.0,
}
"""What is answered, where it is; Any: values differ in type."""
ANSWERED_DAYS = 3
"""So long ago the answers came that nobody has decided on yet."""
LINK_DAYS = 30


class Asked(NamedTuple):
    """What one subject says it has asked one office about on one day."""

    about: Subject
    who: str
    day: date
    keys: tuple[str, ...]


def add_questions(session: Session, names: Mapping[str, str], rules: Rules) -> int:
    """Up to three letters for each municipality; how many."""
    if session.scalars(select(func.count()).select_from(question)).one():
        return 0
    written = 0
    for code, name in names.items():
        found = asked_by(
            [municipalities.find(session, code), *sites.of_municipality(session, code)]
        )
        for row, answers in letters(found, name, rules):
            number = session.scalars(insert(question).values(row).returning(question.c.id)).one()
            if answers:
                told = {"question_id": number, "municipality": code}
                session.execute(insert(question_answer), [told | one for one in answers])
            written += 1
    return written


def asked_by(subjects: Iterable[Subject]) -> list[Asked]:
    """The latest first."""
    found: dict[tuple[str, str, date], list[str]] = {}
    by_reference: dict[str, Subject] = {}
    for about in subjects:
        if isinstance(about, Site) and about.status in ("established", "withdrawn"):
            continue
        by_reference[reference_of(about)] = about
        for key, behind in about.provenance.items():
            if behind.state == "unknown" and behind.asked_on and key in askable(about):
                place = (reference_of(about), behind.asked, behind.asked_on)
                found.setdefault(place, []).append(key)
    every = [
        Asked(by_reference[reference], who, day, tuple(keys))
        for (reference, who, day), keys in found.items()
    ]
    return sorted(every, key=lambda one: (one.day, reference_of(one.about)), reverse=True)


def letters(
    found: Sequence[Asked], municipality: str, rules: Rules
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """One answered where the answer can be told, one late, one that waits; Any: columns differ."""
    answered = next((one for one in found if any(key in SAID for key in one.keys)), None)
    if answered is not None:
        yield answered_letter(answered, municipality, rules)
    others = [one for one in found if one is not answered]
    if others:
        yield letter(others[0], municipality, rules, days_left=9), []
    if len(others) > 1:
        yield letter(others[-1], municipality, rules, days_left=-6), []


def letter(asked: Asked, municipality: str, rules: Rules, *, days_left: int) -> dict[str, Any]:
    """A question that is open; `days_left` until the day wished for. Any: columns differ."""
    code = owner_of(asked.about)
    return {
        "municipality": code,
        "site_id": asked.about.id if isinstance(asked.about, Site) else None,
        "reference": reference_of(asked.about),
        "site_name": name_of(asked.about, "sv"),
        "keys": list(asked.keys),
        "were": dict.fromkeys(asked.keys),
        "shown": {},
        "receiver_name": asked.who,
        "receiver_email": f"fragor@{plain(asked.who)}.example",
        "reply_by": rules.today + timedelta(days=days_left),
        "remind_after_days": 14,
        "reminders": 1 if days_left < 0 else 0,
        "reminded_at": rules.now() - timedelta(days=4) if days_left < 0 else None,
        "asked_at": morning(asked.day),
        "asked_on": asked.day,
        "asked_by": email("editor", municipality),
        "asked_by_name": staff(code).editor.name,
        "expires_at": rules.now() + timedelta(days=LINK_DAYS),
    }


def answered_letter(
    asked: Asked, municipality: str, rules: Rules
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """With what was answered, which nobody has decided on; Any: columns differ."""
    asked = asked._replace(keys=tuple(key for key in asked.keys if key in SAID))
    at = max(rules.now() - timedelta(days=ANSWERED_DAYS), morning(asked.day))
    row = {
        **letter(asked, municipality, rules, days_left=9),
        "answered_at": at,
        "answered_by": asked.who,
        "remark": "Gäller efter de förstärkningar som redan är beslutade.",
    }
    answers = [
        {
            "key": key,
            "verdict": "corrected",
            "value": SAID[key],
            "basis": "utility_written",
            "as_of": at.astimezone(SWEDEN).date(),
        }
        for key in asked.keys
    ]
    return row, answers


def morning(day: date) -> datetime:
    return datetime.combine(day, time(9), SWEDEN)
