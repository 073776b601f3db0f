"""A few made-up indicators of a funding decision, with a changed target and readings by hand, and
the dates that the project reports for."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from catalogue.database import OPERATOR, act_as
from catalogue.hours.hours import ProjectPlan, last_day
from catalogue.rules import Rules
from catalogue.tables import indicator, indicator_reading, indicator_version, setting_change
from seed.demo_land import months_ahead

SOURCE = "Exempel: beslut om stöd, dnr 2023-0000, sidan {page}"
OFFICE = "projektkontor@example.se"
EFFECT_DAY = date(2027, 6, 30)
"""By then what the project leads to is followed up."""
EXAMPLES: tuple[dict[str, Any], ...] = (
    {
        "name_sv": "Publicerade platser i katalogen",
        "name_en": "Published sites in the catalogue",
        "figure": "sites_published",
        "target": 40,
        "page": 4,
    },
    {
        "name_sv": "Fullständighet, alla platser",
        "name_en": "Completeness, all sites",
        "figure": "completeness",
        "start_value": 25,
        "target": 70,
        "page": 4,
        "raised_to": 80,
        "raised_after": 400,
        "reason": "Exempel: ändringsbeslut, dnr 2023-0000-7",
    },
    {
        "name_sv": "Ny mark som kan bebyggas, netto",
        "name_en": "New developable land, net",
        "figure": "area_net_ha",
        "follow_up": "change",
        "target": 2_200,
        "page": 5,
    },
    {
        "name_sv": "Nedlagd tid i kommunerna",
        "name_en": "Hours put in by the municipalities",
        "figure": "hours",
        "target": 5_760,
        "page": 7,
        "by": "project_end",
    },
    {
        "name_sv": "Företag som fått ett besök på plats",
        "name_en": "Companies shown round a site",
        "unit_sv": "företag",
        "unit_en": "companies",
        "follow_up": "reading",
        "target": 20,
        "page": 5,
        "readings": ((-560, 3), (-380, 7), (-190, 11), (-40, 15)),
    },
)
"""Days count from the start; of readings, back from today."""


def add_indicators(session: Session, rules: Rules, plan: ProjectPlan) -> None:
    """Where there are none yet."""
    if session.scalars(select(indicator.c.id).limit(1)).first() is not None:
        return
    for example in EXAMPLES:
        number = session.scalars(
            insert(indicator).values(is_example=True).returning(indicator.c.id)
        ).one()
        session.execute(insert(indicator_version), versions_of(dict(example), number, plan))
        for days, value in example.get("readings", ()):
            session.execute(insert(indicator_reading).values(reading(number, days, value, rules)))


def add_reporting_dates(session: Session, plan: ProjectPlan) -> None:
    """Every half-year of the project, and three months after it, for the final report."""
    months = [*plan.months[5::6], months_ahead(plan.months[-1], 3)]
    dates = ",".join(last_day(month).isoformat() for month in months)
    act_as(session, OPERATOR, "Exempel")
    session.execute(
        insert(setting_change).values(
            name="reporting_dates", value=dates, before="", after=dates, reason="Exempel"
        )
    )
    act_as(session, None)


def versions_of(example: dict[str, Any], number: int, plan: ProjectPlan) -> list[dict[str, Any]]:
    """The first, and a second where the target was raised. Any: columns differ in type."""
    first = {
        "indicator": number,
        "version": 1,
        "name_sv": example["name_sv"],
        "name_en": example["name_en"],
        "unit_sv": example.get("unit_sv", ""),
        "unit_en": example.get("unit_en", ""),
        "target": example["target"],
        "target_date": plan.end if example.get("by") == "project_end" else EFFECT_DAY,
        "start_value": example.get("start_value", 0),
        "start_date": plan.start,
        "source": SOURCE.format(page=example["page"]),
        "follow_up": example.get("follow_up", "value"),
        "figure": example.get("figure", ""),
        "reason": "",
        "recorded_at": noon(plan.start),
        "recorded_by": OFFICE,
    }
    if "raised_to" not in example:
        return [first]
    raised = {
        "version": 2,
        "target": example["raised_to"],
        "reason": example["reason"],
        "recorded_at": noon(plan.start + timedelta(days=example["raised_after"])),
    }
    return [first, {**first, **raised}]


def reading(number: int, days: int, value: float, rules: Rules) -> dict[str, Any]:
    """Any: columns differ in type."""
    day = rules.today + timedelta(days=days)
    return {
        "indicator": number,
        "value": value,
        "read_on": day,
        "source": "Exempel: projektkontorets besökslista",
        "entered_at": noon(day),
        "entered_by": OFFICE,
    }


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
