"""A few clients' requests for information, in every state, for the register to begin with."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from catalogue.rules import Rules
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
)


def add_requests(session: Session, rules: Rules) -> None:
    """Those whose code name the register does not hold yet."""
    kept = set(session.scalars(select(client_request.c.code_name)))
    for example in EXAMPLES:
        if example["code_name"] in kept:
            continue
        values = dict(example)
        received = rules.today - timedelta(days=values.pop("days_ago"))
        due, answered = values.pop("due_in", 3), values.pop("answered_after", None)
        values["received_on"] = received
        values["due_on"] = received + timedelta(days=due)
        if answered is not None:
            values["answered_on"] = received + timedelta(days=answered)
        if values.get("outcome") == "lost":
            values["closed_on"] = values["answered_on"] + timedelta(days=30)
        session.execute(insert(client_request).values(handler="Projektkontoret", **values))
