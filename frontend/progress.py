"""The progress page: the office's daily view of the catalogue, narrowed to what is asked for."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from catalogue.fields import MEASURED_THEMES, SITE, THEMES
from catalogue.profile_sections import SECTIONS
from catalogue.progress import figures
from catalogue.progress.figure_definitions import meaning
from catalogue.progress.figures import DEFINITIONS, FIGURE, Figure
from catalogue.progress.progress import Progress, Row
from catalogue.progress.progress_filter import ProgressFilter
from catalogue.progress.progress_gaps import Gaps
from catalogue.progress.progress_levels import StatusAndLevel
from catalogue.progress.progress_themes import ThemeProgress
from catalogue.progress.trends import Trends
from catalogue.snapshots.reporting_dates import Reporting
from frontend.charts import Segment, stacked, target_bars
from frontend.formats import number, with_unit
from frontend.indicators import lines
from frontend.progress_behind import behind_address
from frontend.progress_filter import Toolbar, toolbar
from frontend.progress_matrix import matrix
from frontend.progress_power import power_chart, power_lines, shared_mw
from frontend.progress_received import received
from frontend.progress_sites import list_address, site_address
from frontend.progress_trends import trend_charts
from frontend.progress_words import sentences
from frontend.rendering import Page, render
from geo.texts import Language, Text

HEADLINE_KEYS = (
    "sites_published", "completeness", "verified_pct", "stale_values",
    "area_net_ha", "power_firm_mw_now", "questions_open", "hours",
)  # fmt: skip
SHORT_NAMES = {
    "sites_published": Text("Publicerade platser", "Published sites"),
    "power_firm_mw_now": Text("Fast effekt i dag", "Firm power today"),
    "power_firm_mw_2030": Text("Fast effekt 2030", "Firm power 2030"),
    "median_age_days": Text("Medianålder", "Median age"),
    "questions_open": Text("Obesvarade frågor", "Questions open"),
}
"""Where the name of a figure is longer than a heading has room for."""
MUNICIPALITY_KEYS = (
    "sites_published", "completeness", "verified_pct", "stale_values", "median_age_days",
    "area_net_ha", "power_firm_mw_now", "questions_open",
)  # fmt: skip
SUPPLY_KEYS = (
    "area_gross_ha", "area_net_ha", "power_firm_mw_now", "power_firm_mw_2030",
    "drinking_water_m3_day", "process_water_m3_day", "sewage_m3_day",
)  # fmt: skip
MOST_OWING = 10
MOST_QUESTIONS = 10
"""How many stand open on the page; the rest is folded in."""


@dataclass(frozen=True)
class Tile:
    """One headline figure."""

    figure: Figure
    name: Text
    text: str
    change: float | None


@dataclass(frozen=True, kw_only=True)
class Found:
    """What the page shows, as far as the reader may see it and the filter lets through."""

    progress: Progress
    gaps: Gaps
    levels: Counter[StatusAndLevel]
    levels_before: Counter[StatusAndLevel]
    theme: ThemeProgress | None
    """Where one is chosen."""
    trends: Trends
    reporting: Reporting


def progress_page(
    page: Page,
    found: Found,
    chosen: ProgressFilter,
    names: Mapping[str, str],
    today: date,
    *,
    is_unfolded: bool = False,
) -> str:
    """`names`: the municipalities that there are to choose among, by code."""
    progress = found.progress
    total = progress.total if len(progress.rows) > 1 else progress.rows[0]
    bar = toolbar(page.language, chosen, names, today)
    return render(
        "progress/progress.html",
        page,
        progress=progress,
        total=total,
        chosen=chosen,
        toolbar=bar,
        heading=heading(chosen, progress, bar),
        is_unfolded=is_unfolded,
        today=today,
        behind=lambda row, key: behind_address(
            page.language, key, progress, [row.code] if row.code else chosen.municipalities
        ),
        dates=urlencode(
            {
                "as_of": progress.as_of,
                "since": progress.since,
                "municipality": chosen.municipalities,
                **({"theme": chosen.theme} if chosen.theme else {}),
            },
            doseq=True,
        ),
        tiles=[tile(page.language, progress, total, key) for key in HEADLINE_KEYS],
        sentences=sentences(progress, total, page.language),
        matrix=matrix(found.levels, found.levels_before, list_of(page.language, progress, chosen)),
        trends=found.trends,
        trend_charts=trend_charts(found.trends, SHORT_NAMES, page.language),
        figures=FIGURE,
        short_names=SHORT_NAMES,
        by_municipality=[FIGURE[key] for key in MUNICIPALITY_KEYS],
        statuses=figures.STATUS_FIGURES,
        levels=figures.READINESS_FIGURES,
        level_bars={row.code: level_bar(row) for row in progress.all_rows},
        theme=found.theme,
        themes=[(theme, THEMES[theme]) for theme in MEASURED_THEMES],
        sections=[(section, label) for section, (label, _) in SECTIONS.items()],
        supply=[FIGURE[key] for key in SUPPLY_KEYS],
        gaps=found.gaps,
        letters=figures.LETTER_FIGURES,
        most_owing=MOST_OWING,
        most_questions=MOST_QUESTIONS,
        status_labels={entry.code: entry.label for entry in SITE["status"].codes},
        power_times=list(figures.POWER_TIMES.values()),
        power_chart=power_chart(total, page.language),
        power_lines=power_lines(total),
        shared_mw=shared_mw(total),
        received=received(total),
        hours_bars=hours_bars(progress),
        indicator_lines=lines(progress.indicators, page.language),
        reporting=found.reporting,
        definitions=[
            (one, meaning(one, progress.plan, progress.shelf_life)) for one in DEFINITIONS
        ],
        site_address=site_address(page),
    )


def heading(chosen: ProgressFilter, progress: Progress, bar: Toolbar) -> Text:
    """`Läget i Bollnäs och Gävle: El`."""
    title = Text("Läget i katalogen", "Progress of the catalogue")
    if not progress.is_whole:
        place = bar.place_text if chosen.municipalities else progress.rows[0].name
        title = Text(f"Läget i {place.sv}", f"Progress in {place.en}")
    if chosen.theme is None:
        return title
    theme = THEMES[chosen.theme]
    return Text(f"{title.sv}: {theme.sv}", f"{title.en}: {theme.en}")


def tile(language: Language, progress: Progress, total: Row, key: str) -> Tile:
    figure, value = FIGURE[key], total.numbers[key]
    text = ""
    if value is not None:
        text = with_unit(number(value, language, figure.definition.decimals), figure.unit, language)
    return Tile(figure, SHORT_NAMES.get(key, figure.name), text, total.change(key))


def level_bar(row: Row) -> list[Segment]:
    return stacked([(key, row.numbers[key] or 0) for key in figures.READINESS_KEYS])


def list_of(
    language: Language, progress: Progress, chosen: ProgressFilter
) -> Callable[[str, str], str]:
    """The address of the sites behind a cell of the matrix."""

    def href(status: str, readiness: str) -> str:
        return list_address(
            language,
            progress,
            municipality=list(chosen.municipalities),
            status=status,
            readiness=readiness,
        )

    return href


def hours_bars(progress: Progress) -> Mapping[str, object]:
    pairs = [(row.numbers["hours"] or 0, row.numbers["hours_target"] or 0) for row in progress.rows]
    codes = [row.code for row in progress.rows]
    return dict(zip(codes, target_bars(pairs), strict=True))
