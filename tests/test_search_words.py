"""Words in a search: other forms, misspellings, letters without marks, and property designations."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from catalogue.database import Databases
from tests.builders import a_site, square

LONG_SV = (
    "Här ligger hamnarna nära järnvägen och en stor fabrik byggdes på platsen under förra seklet."
)
LONG_EN = "The factories stand near the railway, and the whole area was levelled some years ago."


def found(client: TestClient, text: str) -> int:
    answer = client.get("/api/v1/sites", params={"text": text}).json()
    count: int = answer["numberMatched"]
    return count


@pytest.mark.parametrize(
    "text",
    [
        "soderhamn", "SÖDERHAMN", "söderhamns", "sodrhamn", "Södehamn", "hamn", "hamnen",
        "järnvägar", "jarnvagen", "fabriker", "factory", "railways", "2182-001",
    ],
)  # fmt: skip
def test_a_word_is_found_in_another_form_or_misspelt(
    databases: Databases, client: TestClient, text: str
) -> None:
    a_site(
        databases,
        municipality="2182",
        outline=square(16.9, 61.3),
        description_sv=LONG_SV,
        description_en=LONG_EN,
    )

    assert found(client, text) == 1


@pytest.mark.parametrize("text", ["hudiksvall", "flygplats", "söderhamn flygplats", "bro"])
def test_a_word_that_is_not_there_is_not(
    databases: Databases, client: TestClient, text: str
) -> None:
    a_site(
        databases,
        municipality="2182",
        outline=square(16.9, 61.3),
        description_sv=LONG_SV,
        description_en=LONG_EN,
    )

    assert found(client, text) == 0


@pytest.mark.parametrize("text", ["GÄVLE ANDERSBERG 14:32", "andersberg 14", "gavle andersberg"])
def test_a_property_is_found_by_those_who_may_see_its_designation(
    databases: Databases, client: TestClient, signed_in: Callable[..., TestClient], text: str
) -> None:
    a_site(databases, property_designations=["GÄVLE ANDERSBERG 14:32"])

    assert found(client, text) == 0
    assert found(signed_in("investor", None), text) == 1
