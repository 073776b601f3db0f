"""The two charts of a fact sheet, as the numbers and words that Typst draws them from."""

from typing import Any

from catalogue.provenance import MARK_LABELS
from frontend.power_chart import PLOT_BOTTOM_PX, power_chart
from frontend.site_page_facts import Told
from frontend.timeline import Step, timeline


def power_told(told: Told) -> dict[str, Any] | None:
    """The curve by year; None without one. Positions in per cent of the chart. Any: JSON."""
    chart = power_chart(told.said, told.today, told.language)
    if chart is None:
        return None
    fact = told.fact("power_timeline")
    return {
        "summary": chart.summary,
        "has_flexible": chart.has_flexible,
        "steps": [
            {
                "x": step.x,
                "width": step.width,
                "top": share(step.top),
                "firm_top": share(step.firm_top),
                "rise_from": share(step.rise_from),
                "label": step.label,
            }
            for step in chart.steps
        ],
        "ticks": [{"x": tick.x, "year": tick.year} for tick in chart.ticks if not tick.is_minor],
        "rows": [
            {"year": row.year, "mw": row.mw, "firm": row.firm, "condition": row.condition}
            for row in chart.rows
        ],
        "mark": {"code": fact.mark, "word": MARK_LABELS[fact.mark].in_language(told.language)},
        "source": fact.source,
    }


def share(height_px: float) -> float:
    """From pixels of the page's chart to per cent of the height."""
    return round(100 * height_px / PLOT_BOTTOM_PX, 2)


def timeline_told(told: Told) -> dict[str, Any]:
    """The steps to building and to full power; positions in per cent. Any: JSON."""
    line = timeline(told)
    return {
        "today": line.today_x,
        "ticks": [{"x": tick.x, "year": tick.year} for tick in line.ticks if not tick.is_minor],
        "steps": [step_told(step, told) for step in line.steps],
    }


def step_told(step: Step, told: Told) -> dict[str, Any]:
    """Any: JSON."""
    mark = step.mark
    return {
        "label": step.label.in_language(told.language),
        "when": step.when,
        "why": step.text.in_language(told.language),
        "is_result": step.is_result,
        "bar": step.bar,
        "span": step.span,
        "point": step.point_x,
        "mark": {"code": mark, "word": MARK_LABELS[mark].in_language(told.language)}
        if mark
        else None,
    }
