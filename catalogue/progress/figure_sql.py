"""The SQL of each definition, as somebody with psql runs it: the statement that counts, one day."""

import re
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, Select, literal, literal_column, make_url
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.elements import BindParameter
from sqlalchemy.sql.visitors import replacement_traverse

from catalogue.hours.hours import ProjectPlan
from catalogue.progress.days import parameters
from catalogue.progress.figure_definitions import Definition
from catalogue.progress.figures import FIGURES
from catalogue.provenance import ShelfLife

DAY = ":'day'"
"""How psql writes the variable `day`."""
ONE_DAY = literal_column(f"array[date {DAY}]", ARRAY(Date))
DIALECT = make_url("postgresql+asyncpg://").get_dialect()()
PIECE = re.compile(r"'(?:[^']|'')*'|[^\s']+|\s+")
SAME_NAME = re.compile(r"\b(\w+\.(\w+)) AS \2\b")
WIDTH = 80


@cache
def figure_sql(definition: Definition, plan: ProjectPlan, shelf_life: ShelfLife, last: int) -> str:
    """Of all figures under a definition, a column each and a row for each municipality, the one
    without a code for all of them.

    `last` is the latest year of a day that it is run for: public holidays are written out.
    """
    sources = {figure.key: figure.source for figure in FIGURES if figure.definition == definition}
    [relation] = {source.relation for source in sources.values()}
    numbers = {key: source.number for key, source in sources.items()}
    given = parameters([date(last, 12, 31)], shelf_life, plan=plan)
    return told(relation.statement(numbers, of_one=False), given)


def told(statement: Select[Any], given: dict[str, Any]) -> str:
    """With its values in it, on lines that can be read. Any: values differ in type."""

    def written(element: Any, **_: Any) -> Any:
        """Any: whatever a statement is made of."""
        if isinstance(element, BindParameter) and element.key == "days":
            return ONE_DAY
        if isinstance(element, BindParameter) and element.key in given:
            return literal(given[element.key], element.type)
        return None

    # Any: it promises less than the statement that it gives back.
    whole: Any = replacement_traverse(statement, {}, written)
    text = str(whole.compile(dialect=DIALECT, compile_kwargs={"literal_binds": True}))
    short = SAME_NAME.sub(r"\1", text)
    return "\n".join(folded(line) for line in short.splitlines() if line.strip()) + ";"


def folded(line: str) -> str:
    """Broken between words at the width, never inside a text."""
    lines = [""]
    for piece in PIECE.findall(line.strip()):
        if piece.isspace() and len(lines[-1]) >= WIDTH:
            lines.append("    ")
        elif piece.isspace():
            lines[-1] += " "
        else:
            lines[-1] += piece
    return "\n".join(one.rstrip() for one in lines)
