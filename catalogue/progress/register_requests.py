"""Clients' requests for information as figures, as they were known on any day."""

from typing import Any

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    Date,
    Integer,
    TableClause,
    Text,
    case,
    cast,
    column,
    func,
    null,
    select,
    table,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY

from catalogue.progress import figure_definitions_requests as means
from catalogue.progress.days import days_cte, is_chosen, median
from catalogue.progress.figure import UNSAID, Counted, Figure, registered, registered_part
from catalogue.progress.relation import Columns, Relation
from catalogue.requests.register_input import REASONS
from catalogue.tables import client_request_version as version
from catalogue.tables import municipality_area

REQUESTS: TableClause = table(
    "requests",
    column("day", Date),
    column("municipality", Text),
    column("id", Integer),
    column("code_name", Text),
    column("received_on", Date),
    column("answered_on", Date),
    column("outcome", Text),
    column("lost_because", Text),
    column("sites", ARRAY(Text)),
    column("offered", Integer),
    column("is_own", Boolean),
)
"""A row for each day and request in the register by then, in each municipality and in all; with
which of the municipality's sites, or of all, were offered and how many. `is_own` is false in a
municipality of which none was."""


def requests_ctes(used: Columns, of_one: bool) -> list[CTE]:
    days = days_cte()
    spans = select(
        version.c.request_id,
        version.c.state,
        version.c.recorded_at.label("known_from"),
        func.lead(version.c.recorded_at)
        .over(partition_by=version.c.request_id, order_by=version.c.version)
        .label("known_until"),
    ).subquery("spans")
    code = municipality_area.c.code
    places = union_all(
        select(code.label("code")), select(cast(null(), Text).label("code"))
    ).subquery("places")
    site = (
        func.jsonb_array_elements_text(spans.c.state["sites"])
        .table_valued(column("reference", Text))
        .render_derived(name="site")
    )
    of_site = func.split_part(site.c.reference, "-", 2)
    in_all = is_chosen(of_site) if of_one else true()
    own = (places.c.code.is_(None) & in_all) | (of_site == places.c.code)
    offered = select(func.count()).select_from(site).where(own).scalar_subquery()
    sites = select(func.array_agg(site.c.reference)).where(own).scalar_subquery()
    is_last = spans.c.known_until.is_(None) | (spans.c.known_until >= days.c.ends_at)
    told = {name: spans.c.state[name].astext for name in COLUMNS}
    rows = (
        select(
            days.c.day,
            places.c.code.label("municipality"),
            spans.c.request_id.label("id"),
            told["code_name"].label("code_name"),
            cast(told["received_on"], Date).label("received_on"),
            cast(told["answered_on"], Date).label("answered_on"),
            told["outcome"].label("outcome"),
            func.coalesce(told["lost_because"], "").label("lost_because"),
            *([sites.label("sites")] if "sites" in used else []),
            offered.label("offered"),
            (offered > 0 if of_one else places.c.code.is_(None) | (offered > 0)).label("is_own"),
        )
        .join_from(days, spans, (spans.c.known_from < days.c.ends_at) & is_last)
        .join(places, true())
    )
    return [rows.cte("requests")]


COLUMNS = ("code_name", "received_on", "answered_on", "outcome", "lost_because")
IN_REGISTER = Relation(REQUESTS, requests_ctes, has_totals=True, thing="id")
IS_OWN: ColumnElement[bool] = REQUESTS.c.is_own
IS_ANSWERED: ColumnElement[bool] = REQUESTS.c.answered_on.is_not(None)


def told(number: ColumnElement[Any]) -> Counted:
    """Nothing is said of a register that is empty, or not the reader's."""
    return Counted(IN_REGISTER, case((func.count() > 0, number)))


def number_of(*held: ColumnElement[bool]) -> Counted:
    return told(func.count().filter(IS_OWN, *held))


def lost_for(reason: str) -> Counted:
    return number_of(REQUESTS.c.outcome == "lost", REQUESTS.c.lost_because == reason)


TAKEN = case((IS_OWN, REQUESTS.c.answered_on - REQUESTS.c.received_on))
REQUEST_FIGURES: tuple[Figure, ...] = (
    registered(means.RECEIVED, number_of()),
    registered(means.OPEN, number_of(~IS_ANSWERED, REQUESTS.c.outcome == "open")),
    registered(means.ANSWERED, number_of(IS_ANSWERED)),
    registered(means.TAKEN, told(median(TAKEN))),
    registered(means.OFFERED, told(func.sum(REQUESTS.c.offered))),
    registered(means.SHORTLISTED, number_of(REQUESTS.c.outcome == "shortlisted")),
    registered(means.WON, number_of(REQUESTS.c.outcome == "won")),
    registered(means.LOST, number_of(REQUESTS.c.outcome == "lost")),
    *(
        registered_part(means.LOST_BECAUSE, code, label, lost_for(code))
        for code, label in REASONS.items()
    ),
    registered_part(means.LOST_BECAUSE, "unsaid", UNSAID, lost_for("")),
)
