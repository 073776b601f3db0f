"""Every text is there in both languages: where one is written, so is the other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("api", "catalogue", "frontend", "geo", "seed")
SINGLE = re.compile(r"""\bt\(\s*(?:"[^"]*"|'[^']*')\s*\)""")
"""`t("…")` in a template: one literal alone, so the other language is missing."""
EMPTY = re.compile(r"""\bt\(\s*(?:""|'')\s*,|\bt\((?:"[^"]+"|'[^']+')\s*,\s*(?:""|'')\s*\)""")


def modules() -> list[Path]:
    return sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


def templates() -> list[Path]:
    return sorted((ROOT / "frontend" / "templates").rglob("*.html"))


def half_texts(path: Path) -> Iterator[int]:
    """The lines where `Text` is given one language, or one of them empty."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Text"):
            continue
        literals = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        is_half = len(node.args) == 1 and not isinstance(node.args[0], ast.Starred)
        if is_half or (len(literals) == 2 and bool(literals[0]) != bool(literals[1])):
            yield node.lineno


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_text_in_python_has_both_languages(path: Path) -> None:
    assert list(half_texts(path)) == []


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_text_in_a_template_has_both_languages(path: Path) -> None:
    text = path.read_text("utf-8")

    assert SINGLE.findall(text) + EMPTY.findall(text) == []
