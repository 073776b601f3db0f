"""Every workbook that the catalogue hands out is sound in each of its parts.

Excel itself is not at hand where the tests run; what it refuses is.
"""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from catalogue.database import Databases
from catalogue.jobs import work
from catalogue.settings import Settings
from tests.builders import a_site
from tests.import_files import edited, written
from tests.workbook_parts import faults_of

SignIn = Callable[..., TestClient]
LONG = "Väster om järnvägen – Åkerö östra verksamhetsområde, etapp 2"
"""Sixty characters, with å, ä and ö."""


@pytest.mark.parametrize(
    "address",
    [
        "/workspace/import/template",
        "/en/workspace/import/template",
        "/hours/import/template",
        "/progress/report.xlsx",
        "/api/v1/sites?format=xlsx",
    ],
)
def test_a_workbook_is_sound_in_all_its_parts(
    address: str, databases: Databases, signed_in: SignIn
) -> None:
    a_site(databases, name_sv=LONG)

    answer = signed_in("publisher").get(address)

    assert answer.status_code == 200
    assert faults_of(answer.content) == []


def test_so_is_the_workbook_whose_faults_are_marked(
    databases: Databases, with_token: SignIn, settings: Settings
) -> None:
    a_site(databases, name_sv=LONG)
    editor, api = with_token("editor"), "/api/v1/imports"
    template = editor.get(f"{api}/template", headers={"Accept-Language": "sv"}).content
    content = edited(template, written({"ownership": "Kommunens", "elevation_m": 9000}))
    begun = editor.post(api, params={"name": "å.xlsx"}, content=content).json()
    work(settings, wait=False)

    answer = editor.get(f"{api}/{begun['id']}/report.xlsx")

    assert answer.status_code == 200
    assert faults_of(answer.content) == []
