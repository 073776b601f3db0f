"""A report: progress as known on a day, and what its files say beyond the figures."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

import orjson
from sqlalchemy.orm import Session

from catalogue.administration.adjustments import OF_THE_PROJECT, WEIGHTS, as_json
from catalogue.database import Actor
from catalogue.hours.hours import plan_of
from catalogue.progress.figure_definitions import Definition, meaning
from catalogue.progress.figure_sql import figure_sql
from catalogue.progress.figures import DEFINITIONS, FIGURE, FIGURES, Figure, figures_of
from catalogue.progress.progress import Progress, Row, Span, progress
from catalogue.progress.progress_counts import Numbers
from catalogue.progress.progress_filter import EVERYTHING, Narrowing, named
from catalogue.progress.progress_themes import ThemeProgress, theme_progress
from catalogue.progress.progress_water import UtilityWater, water_by_utility
from catalogue.progress.readings import Reading, numbers_on
from catalogue.progress.series import month_ends
from catalogue.rules import Rules
from catalogue.settings import Settings
from geo.texts import Text


@dataclass(frozen=True)
class TrendPoint:
    """The figures of the row that a report is about, as known on a day."""

    day: date
    numbers: Numbers


@dataclass(frozen=True, kw_only=True)
class Report:
    """What every file of progress is written from."""

    progress: Progress
    trend: Sequence[TrendPoint]
    """From the day compared with to the day shown: both, and each month's end between them."""
    water: Sequence[UtilityWater]
    """What each utility has confirmed, by name."""
    definitions_version: str
    settings: Mapping[str, Any]
    """Those of the project that the figures follow, by name. Any: JSON."""
    home: str
    """The address of the first page, without a slash at its end."""
    narrowed: Narrowing = EVERYTHING
    """What it was narrowed to."""
    theme: ThemeProgress | None = None
    """Field by field, where it was narrowed to a theme."""

    @property
    def row(self) -> Row:
        """All municipalities together, those chosen, or the reader's own."""
        found = self.progress
        return found.total if found.is_several else found.rows[0]

    @property
    def place(self) -> Text:
        """Which municipalities it is of."""
        if not self.narrowed.municipalities:
            return self.row.name
        return named(self.narrowed.municipalities, self.names)

    @property
    def narrowed_words(self) -> Text:
        """Empty where it is of everything."""
        return self.narrowed.words(self.names)

    @property
    def names(self) -> dict[str, str]:
        return {row.code: row.name.sv for row in self.progress.rows}

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure, or those of a theme."""
        return figures_of(self.narrowed.theme)

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """Of its figures."""
        return tuple(dict.fromkeys(figure.definition for figure in self.figures))


TREND_KEYS = ("sites_published", "completeness", "verified_pct", "hours", "hours_target")


def report(
    session: Session,
    actor: Actor,
    span: Span,
    settings: Settings,
    rules: Rules,
    *,
    has_trend: bool = True,
    narrowed: Narrowing = EVERYTHING,
) -> Report:
    """As far as the actor may see it; raises `NotAllowed`.

    Without the trend, which only documents show, it is read in a fraction of the time.
    """
    plan = plan_of(settings)
    chosen = narrowed.municipalities
    found = progress(session, actor, span, plan, rules.shelf_life, chosen=chosen)
    names = {row.code: row.name.sv for row in found.rows}
    reading = Reading(session, names, plan, rules.shelf_life, is_part=not found.is_whole)
    days = trend_days(span) if has_trend else []
    lines = numbers_on(reading, days, [FIGURE[key] for key in TREND_KEYS]) if days else {}
    places = None if found.is_whole else list(names)
    return Report(
        progress=found,
        trend=[TrendPoint(day, lines[day, ""]) for day in days],
        water=water_by_utility(session, span.as_of, rules.shelf_life, places),
        definitions_version=definitions_version(found),
        settings=settings_behind(found, settings),
        home=settings.visited_at,
        narrowed=narrowed,
        theme=theme_progress(session, found, narrowed.theme) if narrowed.theme else None,
    )


def trend_days(span: Span) -> list[date]:
    """The two days, and the end of each month between them."""
    ends = month_ends(span.since, span.as_of, span.as_of)
    return sorted({span.since, span.as_of, *ends})


def settings_behind(found: Progress, settings: Settings) -> dict[str, Any]:
    """The project's settings in force, but for shelf lives and weights those of the day shown. Any: JSON."""
    that_day = settings.model_copy(
        update={
            "shelf_life_power_days": found.shelf_life.power_days,
            "shelf_life_days": found.shelf_life.other_days,
            **dict(zip(WEIGHTS, astuple(found.plan.weights), strict=True)),
        }
    )
    return {name: as_json(name, getattr(that_day, name)) for name in OF_THE_PROJECT}


def described(
    found: Progress, definitions: Sequence[Definition] = DEFINITIONS
) -> list[dict[str, str]]:
    """Each definition in both languages, with the settings it depends on filled in."""
    meanings = [meaning(one, found.plan, found.shelf_life) for one in definitions]
    return [
        {
            "key": definition.key,
            "name_sv": definition.name.sv,
            "name_en": definition.name.en,
            "definition_sv": words.sv,
            "definition_en": words.en,
            "added_up_sv": definition.added_up.sv,
            "added_up_en": definition.added_up.en,
            "sql": figure_sql(definition, found.plan, found.shelf_life, found.as_of.year),
        }
        for definition, words in zip(definitions, meanings, strict=True)
    ]


def definitions_version(found: Progress) -> str:
    """Twelve characters that differ as soon as a figure or the words of its definition do."""
    names = [(figure.key, figure.name.sv, figure.name.en) for figure in FIGURES]
    return hashlib.sha256(orjson.dumps([described(found), names])).hexdigest()[:12]
