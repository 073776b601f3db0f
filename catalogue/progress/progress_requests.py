"""Clients' requests for information as figures, as they were known on any day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.hours.hours import end_of
from catalogue.progress.figure_definitions_requests import (
    ANSWERED,
    LOST,
    LOST_BECAUSE,
    MEANT,
    OFFERED,
    OPEN,
    RECEIVED,
    SHORTLISTED,
    TAKEN,
    WON,
)
from catalogue.progress.progress_counts import Numbers
from catalogue.requests.register_input import REASONS
from catalogue.tables import client_request_version as versions

REASON_KEYS = {
    "": f"{LOST_BECAUSE.key}_unsaid",
    **{code: f"{LOST_BECAUSE.key}_{code}" for code in REASONS},
}
"""The figure of each reason, by its code."""


@dataclass(frozen=True)
class KnownRequest:
    """One request as it stood when a day ended."""

    number: int
    code_name: str
    received_on: date
    answered_on: date | None
    outcome: str
    lost_because: str
    """The code of the reason; empty where none is said."""
    sites: tuple[str, ...]


def requests_on(session: Session, day: date) -> list[KnownRequest]:
    """Those that the actor may read; none for a municipality, whose register it is not."""
    latest = (
        select(
            versions.c.state,
            func.row_number()
            .over(partition_by=versions.c.request_id, order_by=versions.c.version.desc())
            .label("place"),
        )
        .where(versions.c.recorded_at < end_of(day))
        .subquery()
    )
    rows = session.scalars(select(latest.c.state).where(latest.c.place == 1))
    return [known(state) for state in rows]


def known(state: dict[str, Any]) -> KnownRequest:
    """Any: JSON, as the trigger wrote it."""
    answered = state.get("answered_on")
    return KnownRequest(
        state["id"],
        state["code_name"],
        date.fromisoformat(state["received_on"]),
        date.fromisoformat(answered) if answered else None,
        state["outcome"],
        state.get("lost_because", ""),
        tuple(state["sites"]),
    )


def request_numbers(known_on: Sequence[KnownRequest] | None) -> Numbers:
    """None for a register that is empty or not the actor's to read: nothing is said then."""
    if known_on is None:
        return dict.fromkeys((*(one.key for one in MEANT), *REASON_KEYS.values()))
    taken = [(one.answered_on - one.received_on).days for one in known_on if one.answered_on]
    outcomes = [one.outcome for one in known_on]
    reasons = [one.lost_because for one in known_on if one.outcome == "lost"]
    return {
        RECEIVED.key: len(known_on),
        OPEN.key: sum(one.answered_on is None and one.outcome == "open" for one in known_on),
        ANSWERED.key: len(taken),
        TAKEN.key: median(taken) if taken else None,
        OFFERED.key: sum(len(one.sites) for one in known_on),
        SHORTLISTED.key: outcomes.count("shortlisted"),
        WON.key: outcomes.count("won"),
        LOST.key: outcomes.count("lost"),
        **{key: reasons.count(code) for code, key in REASON_KEYS.items()},
    }


def offered(known_on: Sequence[KnownRequest], *codes: str) -> list[KnownRequest]:
    """Those in which a site of the municipalities was offered, with their own sites alone."""
    found = []
    for one in known_on:
        own = tuple(site for site in one.sites if site.split("-")[1] in codes)
        if own:
            found.append(replace(one, sites=own))
    return found
