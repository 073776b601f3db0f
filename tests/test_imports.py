"""Many sites at once: a template out, changed or not, and in again."""

from time import monotonic

from sqlalchemy.orm import Session

from catalogue.database import Databases
from seed.bulk import add_sites
from tests.builders import RULES, a_site
from tests.import_files import (
    a_template,
    checked,
    report_of,
)


def test_a_template_sent_back_untouched_changes_nothing(databases: Databases) -> None:
    asked = {"state": "unknown", "asked": "Helsinge Vatten", "asked_on": "2026-03-12"}
    a_site(databases, sewage_m3_day=asked, status="draft", price_sek_m2=123.456789)
    a_site(databases, contact_phone="+46 70 174 06 05", permitted_use=["J", "Z, med villkor"])

    report = report_of(checked(databases, a_template(databases)))
    counts = report["counts"]

    assert (counts["unchanged"], counts["changed"], counts["faults"]) == (2, 0, 0)


def test_two_thousand_sites_sent_back_untouched_change_nothing_and_take_little_time(
    databases: Databases,
) -> None:
    with Session(databases.owner) as session, session.begin():
        add_sites(session, 2_000, 7, RULES, lambda _: None)
        session.connection().exec_driver_sql("update site set municipality = '2183'")
    begun = monotonic()

    report = report_of(checked(databases, a_template(databases)))
    counts = report["counts"]

    assert (counts["unchanged"], counts["changed"], counts["faults"]) == (2_000, 0, 0)
    assert monotonic() - begun < 60
