"""The example catalogue, complete or not at all: accounts, sites with their history, hours."""

from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalogue import municipalities
from catalogue.hours.hours import ProjectPlan
from catalogue.rules import Rules
from catalogue.tables import account, catalogue_state, site
from seed.base import GAVLEBORG
from seed.bulk import add_sites
from seed.demo_accounts import FILE, add_accounts, write_logins
from seed.demo_anchoring import add_anchoring
from seed.demo_demand import add_demand
from seed.demo_enquiries import add_enquiries
from seed.demo_histories import add_example_sites
from seed.demo_hours import add_hours
from seed.demo_indicators import add_indicators, add_reporting_dates
from seed.demo_moves import add_moves
from seed.demo_profiles import add_profiles
from seed.demo_questions import add_questions
from seed.demo_requests import add_requests

MUNICIPALITIES_ELSEWHERE = 3
SITES_ELSEWHERE = 10
"""In a county without an example catalogue of its own."""


def seed_demo(
    session: Session,
    county: str,
    rules: Rules,
    folder: Path,
    tell: Callable[[str], None],
    *,
    plan: ProjectPlan | None = None,
) -> None:
    """What is not there yet; `tell` hears what a person at the terminal should know.

    Hours are put in for the months of the `plan` that have begun.
    """
    names = municipalities.names(session)
    if county != GAVLEBORG:
        names = dict(sorted(names.items())[:MUNICIPALITIES_ELSEWHERE])
    logins = add_accounts(session, names)
    if not has_examples(session):
        add_examples(session, county, names, rules)
        add_hours(session, names, rules, plan or ProjectPlan())
        add_anchoring(session, names, rules, plan or ProjectPlan())
        add_indicators(session, rules, plan or ProjectPlan())
        add_reporting_dates(session, plan or ProjectPlan())
    if logins:
        tell(f"Demo sign-ins: {write_logins(folder, logins)}")
    elif not (folder / FILE).exists() and has_accounts(session):
        tell(
            f"{folder / FILE} is gone and the accounts in it stay as they are. "
            "`sitefinder user add` makes a new one, `sitefinder token add` a token."
        )


def has_examples(session: Session) -> bool:
    return session.scalars(select(site.c.id).where(site.c.is_example).limit(1)).first() is not None


def has_accounts(session: Session) -> bool:
    return session.scalars(select(account.c.id).limit(1)).first() is not None


def add_examples(session: Session, county: str, names: Mapping[str, str], rules: Rules) -> None:
    if county == GAVLEBORG:
        add_example_sites(session, rules)
        add_profiles(session, rules)
        add_requests(session, rules)
        add_demand(session, names, rules)
    else:
        add_sites(session, SITES_ELSEWHERE, 1, rules, lambda _: None)
    add_questions(session, names, rules)
    add_moves(session, names, rules)
    add_enquiries(session, names, rules)
    session.execute(
        update(catalogue_state).values(version=catalogue_state.c.version + 1, has_examples=True)
    )
