"""A few clients' requests for information, in every state, for the register to begin with."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from catalogue.rules import SWEDEN, Rules
from catalogue.tables import client_request

EXAMPLES: tuple[dict[str, Any], ...] = (
    {
        "code_name": "Projekt Älg",
        "sector": "battery",
        "size": "50_100",
        "days_ago": 6,
        "due_in": 2,
        "text": "Minst 60 hektar, 100 MW senast 2030, detaljplan antagen. Helst högst 10 km till "
        "järnväg.",
        "requirements": [
            {"key": "area_net_ha", "op": "min", "value": 60},
            {"key": "power_mw", "op": "min", "value": 100, "year": 2030, "weight": 2},
            {"key": "detaljplan_status", "op": "min", "value": "antagen"},
            {"key": "distance_rail_km", "op": "max", "value": 10, "must": False},
        ],
    },
    {
        "code_name": "Project Beaver",
        "sector": "data_centre",
        "size": "10_50",
        "days_ago": 74,
        "answered_after": 2,
        "outcome": "shortlisted",
        "text": "At least 20 ha and 80 MW firm by 2029.",
        "requirements": [
            {"key": "area_net_ha", "op": "min", "value": 20},
            {"key": "power_mw", "op": "min", "value": 80, "year": 2029, "firm": True},
        ],
        "sites": ["GVB-2180-001", "GVB-2180-002"],
    },
    {
        "code_name": "Projekt Tjäder",
        "sector": "hydrogen",
        "size": "over_100",
        "days_ago": 160,
        "answered_after": 5,
        "outcome": "lost",
        "lost_because": "power",
        "requirements": [
            {"key": "area_net_ha", "op": "min", "value": 100},
            {"key": "power_mw", "op": "min", "value": 300, "year": 2030},
            {"key": "process_water_m3_day", "op": "min", "value": 5000},
        ],
        "sites": ["GVB-2182-002"],
    },
    {
        "code_name": "Projekt Havsörn",
        "sector": "logistics",
        "size": "10_50",
        "days_ago": 31,
        "answered_after": 3,
        "text": "20–40 hektar plan mark nära E4, tillträde inom två år.",
        "requirements": [
            {"key": "area_net_ha", "op": "min", "value": 20},
            {"key": "distance_e_road_km", "op": "max", "value": 5},
            {"key": "land_access_months", "op": "max", "value": 24, "must": False},
        ],
        "sites": ["GVB-2182-001", "GVB-2184-001"],
    },
    {
        "code_name": "Projekt Järv",
        "sector": "energy_storage",
        "size": "under_10",
        "days_ago": 245,
        "answered_after": 2,
        "outcome": "won",
        "text": "5 hektar intill en station, 20 MW nu.",
        "requirements": [
            {"key": "area_net_ha", "op": "min", "value": 5},
            {"key": "power_mw", "op": "min", "value": 20},
        ],
        "sites": ["GVB-2132-001"],
    },
    {
        "code_name": "Project Heron",
        "sector": "food",
        "size": "10_50",
        "days_ago": 330,
        "answered_after": 7,
        "outcome": "lost",
        "lost_because": "plan",
        "text": "At least 15 ha with 800 m3 of drinking water a day, in production within 18 months.",
        "requirements": [
            {"key": "area_net_ha", "op": "min", "value": 15},
            {"key": "drinking_water_m3_day", "op": "min", "value": 800},
        ],
        "sites": ["GVB-2183-001", "GVB-2161-001"],
    },
)


# Text SQL: a version's date is written by a trigger, and by nobody else but here.
VERSION_DATE = """
update client_request_version set recorded_at = :at where request_id = :id
and version = (select version from client_request where id = :id)
"""
CLOSED_AFTER_DAYS = 30


def add_requests(session: Session, rules: Rules) -> None:
    """Those whose code name the register does not hold yet, each as it came, as it was answered and
    as it ended, on its day."""
    kept = set(session.scalars(select(client_request.c.code_name)))
    wanted = [example for example in EXAMPLES if example["code_name"] not in kept]
    if not wanted:
        return
    session.execute(text("alter table client_request_version disable trigger keep"))
    for example in wanted:
        number: int | None = None
        for day, values in steps_of(example, rules.today):
            number = write(session, number, values)
            at = min(datetime.combine(day, time(10, 15), SWEDEN), rules.now())
            session.execute(text(VERSION_DATE), {"at": at, "id": number})
    session.execute(text("alter table client_request_version enable trigger keep"))


def write(session: Session, number: int | None, values: dict[str, Any]) -> int:
    """A new request, or more about one; its number. Any: columns differ in type."""
    table = client_request
    if number is None:
        return int(session.scalars(insert(table).values(values).returning(table.c.id)).one())
    session.execute(update(table).where(table.c.id == number).values(values))
    return number


def steps_of(example: dict[str, Any], today: date) -> Iterator[tuple[date, dict[str, Any]]]:
    """By day, what was written of it then. Any: columns differ in type."""
    came = {key: example[key] for key in ("code_name", "sector", "size", "requirements")}
    received = today - timedelta(days=example["days_ago"])
    yield (
        received,
        {
            **came,
            "text": example.get("text", ""),
            "handler": "Projektkontoret",
            "received_on": received,
            "due_on": received + timedelta(days=example.get("due_in", 3)),
        },
    )
    if "answered_after" not in example:
        return
    answered = received + timedelta(days=example["answered_after"])
    yield answered, {"answered_on": answered, "sites": example["sites"]}
    outcome = example.get("outcome", "open")
    if outcome == "shortlisted":
        yield answered + timedelta(days=CLOSED_AFTER_DAYS), {"outcome": outcome}
    elif outcome != "open":
        closed = answered + timedelta(days=CLOSED_AFTER_DAYS)
        said = {"outcome": outcome, "lost_because": example.get("lost_because")}
        yield closed, {**said, "closed_on": closed}
