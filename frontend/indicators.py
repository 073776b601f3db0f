"""The pages of the indicators: all of them, one with its history, and the form of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from catalogue.errors import Fault
from catalogue.indicators.indicator_input import FOLLOW_UPS, LONGEST
from catalogue.indicators.indicators import VERSIONED, Indicator, Reading
from catalogue.indicators.standings import VERDICTS, Standing
from catalogue.progress.figures import DEFINITIONS, FIGURE, FIGURES
from frontend.formats import NO, YES, date_text, number, with_unit
from frontend.indicator_words import LABELS
from frontend.rendering import Page, address, render
from geo.texts import Language, Text

INDICATORS_PATH = "/progress/indicators"
MARKS: Mapping[str, tuple[str, str]] = {
    "reached": ("check-circle", "success"),
    "ahead": ("arrow-up", "success"),
    "on_line": ("arrow-right", "info"),
    "behind": ("arrow-down", "warning"),
    "missed": ("warning", "danger"),
    "not_begun": ("clock", ""),
    "no_value": ("help", ""),
}
"""The icon and the tone beside each verdict's words."""
READING_FIELDS = ("value", "read_on", "source", "note")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One indicator in words and measures."""

    standing: Standing
    value: str
    target: str
    icon: str
    tone: str
    words: Text
    width: float
    """How far the bar reaches, and where the straight line stands, in per cent of the way."""
    mark: float
    href: str

    @property
    def indicator(self) -> Indicator:
        return self.standing.indicator

    @property
    def verdict(self) -> Text:
        return VERDICTS[self.standing.verdict]


@dataclass(frozen=True, kw_only=True)
class IndicatorForm:
    """An indicator or a reading as it was typed, and what is wrong with it."""

    values: Mapping[str, Any] = field(default_factory=dict)
    """Texts by name. Any: JSON."""
    kept: Indicator | None = None
    faults: Sequence[Fault] = ()
    refusal: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Told:
    """All that is known of one indicator."""

    standing: Standing
    history: Sequence[Indicator]
    readings: Sequence[Reading]
    names: Mapping[str, str]
    """The municipalities', by code."""
    people: Mapping[str, str]
    """By e-mail address."""
    today: date


def lines(standings: Sequence[Standing], language: Language) -> list[Line]:
    return [line(one, language) for one in standings]


def line(standing: Standing, language: Language) -> Line:
    one = standing.indicator
    icon, tone = MARKS[standing.verdict]
    share = standing.share_pct or 0.0
    return Line(
        standing=standing,
        value="–" if standing.value is None else amount(one, standing.value, language),
        target=amount(one, one.target, language),
        icon=icon,
        tone=tone,
        words=words(standing, language),
        width=round(min(100.0, max(0.0, share)), 1),
        mark=standing.line_pct,
        href=address(language, f"{INDICATORS_PATH}/{one.id}"),
    )


def amount(one: Indicator, value: float, language: Language) -> str:
    sign = "+" if one.follow_up == "change" and value > 0 else ""
    return with_unit(sign + number(value, language), one.unit, language)


def words(standing: Standing, language: Language) -> Text:
    """How far it has come, beside how far the straight line has."""
    one, share = standing.indicator, standing.share_pct
    if standing.verdict == "not_begun":
        return Text("Räknas från den {day}.", "Counted from {day}.").format(
            day=date_text(one.start_date, language)
        )
    if share is None:
        if one.follow_up == "reading":
            return Text("Ingen har läst av den än.", "Nobody has read it yet.")
        return Text("Siffran säger inget än.", "The figure says nothing yet.")
    frame = Text(
        "{share} % av vägen. Den raka linjen är på {line} %.",
        "{share}% of the way. The straight line is at {line}%.",
    )
    if standing.day > one.target_date:
        frame = Text("{share} % av vägen.", "{share}% of the way.")
    return frame.format(
        share=number(share, language, 0), line=number(standing.line_pct, language, 0)
    )


def indicators_page(
    page: Page,
    standings: Sequence[Standing],
    retired: Sequence[Indicator],
    names: Mapping[str, str],
    *,
    day: date,
    today: date,
) -> str:
    return render(
        "progress/indicators.html",
        page,
        lines=lines(standings, page.language),
        retired=retired,
        names=names,
        day=day,
        today=today,
        path=INDICATORS_PATH,
    )


def indicator_page(page: Page, told: Told, form: IndicatorForm, *, saved: str) -> str:
    language, one = page.language, told.history[0]
    faults = {fault.where: fault.text.in_language(language) for fault in form.faults}
    return render(
        "progress/indicator.html",
        page,
        one=one,
        line=line(told.standing, language),
        place=told.names.get(one.municipality or "", ""),
        figure=FIGURE.get(one.figure),
        changes=[
            (version, changes(version, before, told.names, language))
            for version, before in zip(told.history, [*told.history[1:], None], strict=True)
        ],
        readings=[(reading, amount(one, reading.value, language)) for reading in told.readings],
        people=told.people,
        today=told.today,
        values={name: form.values.get(name) or "" for name in READING_FIELDS},
        faults={name: faults.get(name, "") for name in READING_FIELDS},
        errors=errors(form, READING_FIELDS, language),
        saved=saved,
        path=INDICATORS_PATH,
        longest=LONGEST,
    )


def changes(
    version: Indicator, before: Indicator | None, names: Mapping[str, str], language: Language
) -> list[tuple[Text, str, str]]:
    """What a version says otherwise than the one before: its label, before and after."""
    if before is None:
        return []
    return [
        (LABELS[name], part(before, name, names, language), part(version, name, names, language))
        for name in VERSIONED
        if getattr(before, name) != getattr(version, name)
    ]


def part(one: Indicator, name: str, names: Mapping[str, str], language: Language) -> str:
    """One part of an indicator in words."""
    value = getattr(one, name)
    match value:
        case bool():
            return (YES if value else NO).in_language(language)
        case float():
            return amount(one, value, language)
        case date():
            return date_text(value, language)
        case str() if name == "follow_up":
            return FOLLOW_UPS[value].in_language(language)
        case str() if name == "figure" and value in FIGURE:
            return FIGURE[value].name.in_language(language)
        case str() if name == "municipality":
            return names.get(value, value)
    return str(value or "–")


def indicator_form_page(
    page: Page, form: IndicatorForm, names: Mapping[str, str], baseline: date
) -> str:
    language = page.language
    faults = {fault.where: fault.text.in_language(language) for fault in form.faults}
    parts = (*VERSIONED, "reason")
    return render(
        "progress/indicator_form.html",
        page,
        form=form,
        values={name: form.values.get(name) or "" for name in parts},
        faults={name: faults.get(name, "") for name in parts},
        errors=errors(form, parts, language),
        follow_ups=list(FOLLOW_UPS.items()),
        figures=figure_groups(),
        municipalities=list(names.items()),
        baseline=baseline,
        longest=LONGEST,
        path=INDICATORS_PATH,
    )


def errors(form: IndicatorForm, parts: Sequence[str], language: Language) -> list[dict[str, str]]:
    found = [
        {
            "field": fault.where if fault.where in parts else "",
            "text": fault.text.in_language(language),
        }
        for fault in form.faults
    ]
    if form.refusal is not None:
        found.append({"field": "", "text": form.refusal.in_language(language)})
    return found


def figure_groups() -> list[tuple[Text, list[tuple[str, Text]]]]:
    """The figures to choose from, under what they mean."""
    return [
        (
            definition.name,
            [(one.key, one.name) for one in FIGURES if one.definition is definition],
        )
        for definition in DEFINITIONS
    ]


def typed(one: Indicator, language: Language) -> dict[str, Any]:
    """An indicator as somebody would type it. Any: JSON."""
    said: dict[str, Any] = {name: getattr(one, name) for name in VERSIONED}
    for name in ("target", "start_value"):
        said[name] = f"{said[name]:.12g}".replace(".", "," if language == "sv" else ".")
    for name in ("target_date", "start_date"):
        said[name] = said[name].isoformat()
    return said
