"""The page of definitions: each figure's name, meaning, unit, and how it is counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.hours.hours import ProjectPlan
from catalogue.progress.figure import Figure
from catalogue.progress.figure_definitions import Definition, meaning
from catalogue.progress.figure_sql import figure_sql
from catalogue.progress.figures import DEFINITIONS, FIGURES
from catalogue.provenance import ShelfLife
from frontend.rendering import Page, render
from geo.texts import Text


@dataclass(frozen=True)
class Told:
    """One definition as it is shown."""

    definition: Definition
    meaning: Text
    figures: Sequence[Figure]
    sql: str


def definitions_page(page: Page, plan: ProjectPlan, shelf_life: ShelfLife, today: date) -> str:
    told = [
        Told(
            definition,
            meaning(definition, plan, shelf_life),
            [figure for figure in FIGURES if figure.definition == definition],
            figure_sql(definition, plan, shelf_life, today.year),
        )
        for definition in DEFINITIONS
    ]
    return render(
        "progress/definitions_page.html", page, told=told, figures=len(FIGURES), today=today
    )
