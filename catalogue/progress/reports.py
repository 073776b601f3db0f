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
from catalogue.progress.figure_definitions import meaning
from catalogue.progress.figure_sql import figure_sql
from catalogue.progress.figures import DEFINITIONS, FIGURE, FIGURES
from catalogue.progress.progress import Progress, Row, Span, progress
from catalogue.progress.progress_counts import Numbers
from catalogue.progress.progress_water import UtilityWater, water_by_utility
from catalogue.progress.series import Wanted, month_ends, series
from catalogue.rules import Rules
from catalogue.settings import Settings


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

    @property
    def row(self) -> Row:
        """All municipalities together, or the reader's own."""
        return self.progress.total if self.progress.is_whole else self.progress.rows[0]


TREND_KEYS = ("sites_published", "completeness", "verified_pct", "hours", "hours_target")


def report(
    session: Session,
    actor: Actor,
    span: Span,
    settings: Settings,
    rules: Rules,
    *,
    has_trend: bool = True,
) -> Report:
    """As far as the actor may see it; raises `NotAllowed`.

    Without the trend, which only documents show, it is read in a fraction of the time.
    """
    plan = plan_of(settings)
    found = progress(session, actor, span, plan, rules.shelf_life)
    code = "" if found.is_whole else found.rows[0].code
    wanted = Wanted(
        days=trend_days(span), figures=[FIGURE[key] for key in TREND_KEYS], municipality=code
    )
    lines = series(session, actor, wanted, plan, rules.shelf_life) if has_trend else None
    return Report(
        progress=found,
        trend=[TrendPoint(day, lines.found[day, code]) for day in wanted.days] if lines else [],
        water=water_by_utility(session, span.as_of, rules.shelf_life, code or None),
        definitions_version=definitions_version(found),
        settings=settings_behind(found, settings),
        home=settings.visited_at,
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


def described(found: Progress) -> list[dict[str, str]]:
    """Each definition in both languages, with the settings it depends on filled in."""
    meanings = [meaning(one, found.plan, found.shelf_life) for one in DEFINITIONS]
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
        for definition, words in zip(DEFINITIONS, meanings, strict=True)
    ]


def definitions_version(found: Progress) -> str:
    """Twelve characters that differ as soon as a figure or the words of its definition do."""
    names = [(figure.key, figure.name.sv, figure.name.en) for figure in FIGURES]
    return hashlib.sha256(orjson.dumps([described(found), names])).hexdigest()[:12]
