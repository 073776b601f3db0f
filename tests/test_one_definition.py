"""No figure exists in two definitions: shown by a search through the whole source."""

import ast
from collections import Counter
from functools import cache
from pathlib import Path

from catalogue.behind.things import THINGS
from catalogue.fields import SITE
from catalogue.progress.figures import DEFINITIONS, FIGURE, FIGURES

ROOT = Path(__file__).parents[1]
DECLARED_IN = ("figure.py", "figures.py", "figures_sites.py", "register_")
"""What the modules that declare figures are called, or begin with."""


@cache
def nodes() -> list[tuple[str, ast.AST]]:
    """All that is written in the modules that have to do with progress, with each one's path."""
    files = [
        file for part in ("api", "catalogue", "frontend") for file in (ROOT / part).rglob("*.py")
    ]
    texts = {str(file.relative_to(ROOT)): file.read_text() for file in files}
    return [
        (path, node)
        for path, text in texts.items()
        if "catalogue.progress" in text or "Definition" in text
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call | ast.Constant | ast.Dict | ast.FunctionDef | ast.ImportFrom)
    ]


def test_every_definition_is_written_once() -> None:
    keys = [
        keyword.value.value
        for _, call in nodes()
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "Definition"
        for keyword in call.keywords
        if keyword.arg == "key" and isinstance(keyword.value, ast.Constant)
    ]

    assert max(Counter(keys).values()) == 1
    assert set(keys) <= {one.key for one in DEFINITIONS}
    assert len({one.key for one in DEFINITIONS}) == len(DEFINITIONS)


def test_only_the_modules_that_declare_figures_make_one() -> None:
    makers = ("plain", "part", "registered", "registered_part", "theme_figures",
              "power_figures")  # fmt: skip
    found = {
        Path(path).name
        for path, node in nodes()
        if isinstance(node, ast.ImportFrom) and node.module == "catalogue.progress.figure"
        for alias in node.names
        if alias.name in makers
    }

    assert {name for name in found if not name.startswith(DECLARED_IN)} == set()


def test_no_other_code_works_numbers_out_under_the_keys_of_figures() -> None:
    found = {
        Path(path).name
        for path, node in nodes()
        if isinstance(node, ast.Dict) and sum(map(is_key, node.keys)) > 1
    }

    assert found == set()


def is_key(node: ast.expr | None) -> bool:
    """Whether it is written `SOMETHING.key`, as the keys of definitions are."""
    return (
        isinstance(node, ast.Attribute) and node.attr == "key" and ast.unparse(node)[:1].isupper()
    )


def test_the_lists_name_no_figure() -> None:
    keys = {key for key in FIGURE if "_" in key} - set(SITE)
    told = {
        node.value
        for path, node in nodes()
        if path.startswith("catalogue/behind/") and isinstance(node, ast.Constant)
    }

    assert told & keys == set()


def test_every_relation_of_things_has_a_list_of_them() -> None:
    relations = {figure.source.relation for figure in FIGURES}

    assert {relation for relation in relations if relation.thing} == set(THINGS)


def test_what_counted_them_a_second_time_is_gone() -> None:
    old = {"question_numbers", "enquiry_numbers", "request_numbers", "profile_numbers",
           "profile_shares", "enquiries_by", "sent_by", "requests_on", "anchoring_numbers",
           "last_activities", "last_swots"}  # fmt: skip
    named = {node.name for _, node in nodes() if isinstance(node, ast.FunctionDef)}

    assert named & old == set()
