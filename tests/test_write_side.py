"""Sites made, changed and moved by those who may, with a version for every step."""

import pytest

from catalogue.database import Databases
from catalogue.errors import NotReady
from tests.builders import a_site


def test_a_published_site_has_a_listing_for_each_audience(databases: Databases) -> None:
    site = a_site(databases)

    with databases.owner.connect() as connection:
        listed = connection.exec_driver_sql(
            "select reference from listing_public union all select reference from listing_registered"
        ).all()
    assert [row.reference for row in listed] == [site.reference, site.reference]


def test_a_site_without_sewage_cannot_be_published(databases: Databases) -> None:
    with pytest.raises(NotReady) as refusal:
        a_site(databases, sewage_m3_day=None)

    assert [fault.where for fault in refusal.value.faults] == ["sewage_m3_day"]
