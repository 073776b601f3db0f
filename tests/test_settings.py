"""Settings: every one is explained to whoever runs an installation."""

from pathlib import Path

import pytest

from catalogue.settings import Settings

OPERATIONS = Path(__file__).parent.parent / "docs" / "operations.md"


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_the_operations_manual(name: str) -> None:
    assert f"| `SITEFINDER_{name.upper()}` |" in OPERATIONS.read_text()
