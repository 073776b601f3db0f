"""The progress page: figures with their change, what stands in the way, and what it all means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from catalogue.fields import MEASURED_THEMES, SITE, THEMES
from catalogue.profile_sections import SECTIONS
from catalogue.progress import figure_definitions as means
from catalogue.progress import figures
from catalogue.progress.figure_definitions import Definition, meaning
from catalogue.progress.figures import DEFINITIONS, FIGURE, Figure
from catalogue.progress.progress import Progress, Row
from catalogue.progress.progress_gaps import Gaps
from catalogue.progress.progress_sites import SiteCount
from catalogue.readiness import LEVELS
from catalogue.site import LISTED_STATUSES
from catalogue.snapshots.reporting_dates import Reporting
from frontend.charts import Segment, YearChart, YearPower, stacked, target_bars, year_chart
from frontend.formats import number, with_unit
from frontend.indicators import lines
from frontend.progress_words import sentences
from frontend.rendering import Page, address, render
from geo.texts import Language, Text

HEADLINE_KEYS = (
    "sites_published", "completeness", "verified_pct", "stale_values",
    "area_net_ha", "power_firm_mw_now", "questions_open", "hours",
)  # fmt: skip
SUPPLY_KEYS = (
    "area_gross_ha", "area_net_ha", "power_firm_mw_now", "power_firm_mw_2030",
    "drinking_water_m3_day", "process_water_m3_day", "sewage_m3_day",
)  # fmt: skip
MOST_BLOCKED = 12
MOST_QUESTIONS = 10
"""How many stand open on the page; the rest is folded in."""


@dataclass(frozen=True)
class Tile:
    """One headline figure."""

    figure: Figure
    text: str
    change: float | None
    href: str


@dataclass(frozen=True)
class PowerLine:
    """One kind of power over the years."""

    definition: Definition
    area: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Wanted:
    """Which sites of the list; an empty text is no condition."""

    municipality: str = ""
    status: str = ""
    readiness: str = ""

    def covers(self, site: SiteCount) -> bool:
        level = "none" if site.level is None else str(site.level)
        if not self.status and site.status == "withdrawn":
            return False
        return (
            self.municipality in ("", site.municipality)
            and self.status in ("", site.status)
            and self.readiness in ("", level)
        )


def progress_page(
    page: Page,
    progress: Progress,
    gaps: Gaps,
    today: date,
    baseline: date,
    *,
    reporting: Reporting,
) -> str:
    total = progress.total if progress.is_whole else progress.rows[0]
    return render(
        "progress/progress.html",
        page,
        progress=progress,
        total=total,
        today=today,
        baseline=baseline,
        dates=urlencode({"as_of": progress.as_of, "since": progress.since}),
        tiles=[tile(page.language, progress, total, key) for key in HEADLINE_KEYS],
        sentences=sentences(progress, total, page.language),
        figures=FIGURE,
        statuses=figures.STATUS_FIGURES,
        levels=figures.READINESS_FIGURES,
        level_bars={row.code: level_bar(row) for row in progress.all_rows},
        themes=[(theme, THEMES[theme]) for theme in MEASURED_THEMES],
        sections=[(section, label) for section, (label, _) in SECTIONS.items()],
        supply=[FIGURE[key] for key in SUPPLY_KEYS],
        gaps=gaps,
        letters=figures.LETTER_FIGURES,
        most_blocked=MOST_BLOCKED,
        most_questions=MOST_QUESTIONS,
        status_labels={entry.code: entry.label for entry in SITE["status"].codes},
        power_times=list(figures.POWER_TIMES.values()),
        power_chart=power_chart(total, page.language),
        power_lines=power_lines(total),
        shared_mw=round(
            (total.numbers["power_naive_mw_now"] or 0) - (total.numbers["power_mw_now"] or 0), 1
        ),
        hours_bars=hours_bars(progress),
        indicator_lines=lines(progress.indicators, page.language),
        reporting=reporting,
        definitions=[
            (one, meaning(one, progress.plan, progress.shelf_life)) for one in DEFINITIONS
        ],
        site_address=site_address(page),
    )


def tile(language: Language, progress: Progress, total: Row, key: str) -> Tile:
    figure, value = FIGURE[key], total.numbers[key]
    text = ""
    if value is not None:
        text = with_unit(number(value, language, figure.definition.decimals), figure.unit, language)
    links = {
        "sites_published": list_address(language, progress, status="published"),
        "hours": address(language, "/hours"),
        "questions_open": "#questions",
        "completeness": "#completeness",
        "verified_pct": "#trust",
        "stale_values": "#trust",
        "area_net_ha": "#supply",
        "power_firm_mw_now": "#power",
    }
    return Tile(figure, text, total.change(key), links[key])


def list_address(language: Language, progress: Progress, **wanted: str) -> str:
    """The sites behind a figure, as they were known that day."""
    return address(language, "/progress/sites", **wanted, as_of=progress.as_of)


def site_address(page: Page) -> Mapping[str, str]:
    """Where a site is seen, by its status: drafts only by those who work on them."""
    is_editor = page.account is not None and page.account.role in ("editor", "publisher", "admin")
    work = address(page.language, "/workspace/sites/") if is_editor else ""
    seen = address(page.language, "/sites/")
    return {
        entry.code: seen if entry.code in LISTED_STATUSES else work
        for entry in SITE["status"].codes
    }


def level_bar(row: Row) -> list[Segment]:
    return stacked([(key, row.numbers[key] or 0) for key in figures.READINESS_KEYS])


def power_chart(total: Row, language: Language) -> YearChart:
    return year_chart(
        [
            YearPower(
                figures.POWER_TIMES[str(year or "now")].in_language(language),
                firm=total.numbers[figures.power_key(means.FIRM, year)] or 0,
                total=total.numbers[figures.power_key(means.POWER, year)] or 0,
                naive=total.numbers[figures.power_key(means.NAIVE, year)] or 0,
            )
            for year in (None, *figures.CHOSEN_YEARS)
        ]
    )


def power_lines(total: Row) -> list[PowerLine]:
    """In all, site by site, then each bidding area that has a site."""
    kinds = [(means.FIRM, ""), (means.POWER, ""), (means.NAIVE_FIRM, ""), (means.NAIVE, "")]
    kinds += [
        (definition, area)
        for area in figures.BIDDING_AREAS
        for definition in (means.FIRM, means.POWER)
    ]
    lines = [
        PowerLine(
            definition,
            area,
            [
                total.numbers[figures.power_key(definition, year, area)]
                for year in (None, *figures.CHOSEN_YEARS)
            ],
        )
        for definition, area in kinds
    ]
    return [line for line in lines if line.values[0] is not None]


def hours_bars(progress: Progress) -> Mapping[str, object]:
    pairs = [(row.numbers["hours"] or 0, row.numbers["hours_target"] or 0) for row in progress.rows]
    codes = [row.code for row in progress.rows]
    return dict(zip(codes, target_bars(pairs), strict=True))


def sites_page(page: Page, progress: Progress, wanted: Wanted) -> str:
    """The sites that a figure counts."""
    names = {row.code: row.name for row in progress.rows}
    found = [site for site in progress.sites if site.municipality in names and wanted.covers(site)]
    return render(
        "progress/sites.html",
        page,
        progress=progress,
        sites=sorted(found, key=lambda site: site.reference),
        names=names,
        conditions=conditions(page.language, progress, wanted, names),
        status_labels={entry.code: entry.label for entry in SITE["status"].codes},
        site_address=site_address(page),
    )


def conditions(
    language: Language, progress: Progress, wanted: Wanted, names: Mapping[str, Text]
) -> list[tuple[Text, str]]:
    """What the list is narrowed to, each with the address without it."""
    level = Text(wanted.readiness, wanted.readiness)
    if wanted.readiness == "none":
        level = Text("ej bedömd", "not assessed")
    elif wanted.readiness in map(str, range(len(LEVELS))):
        level = LEVELS[int(wanted.readiness)]
    said = {
        "municipality": names.get(
            wanted.municipality, Text(wanted.municipality, wanted.municipality)
        ),
        "status": SITE["status"].code_label(wanted.status),
        "readiness": Text(f"Mognad: {level.sv}", f"Readiness: {level.en}"),
    }
    given = {name: getattr(wanted, name) for name in said if getattr(wanted, name)}
    return [
        (
            said[name],
            list_address(
                language, progress, **{other: given[other] for other in given if other != name}
            ),
        )
        for name in given
    ]
