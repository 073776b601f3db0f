"""Progress in plain sentences, for minutes and reports: each says some figures and leads to them.

Every sentence is a frame with figures put in; one whose figures say nothing is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from catalogue.progress.figures import FIGURE
from catalogue.progress.progress import Progress, Row
from frontend.formats import NO_BREAK_SPACE, date_text, number
from geo.texts import Language, Text

HIGHEST_LEVELS = ("readiness_3", "readiness_4", "readiness_5")
SECTIONS: dict[str, str] = {
    "sites": "status",
    "sites_published": "status",
    "readiness_3": "readiness",
    "completeness": "completeness",
    "verified_pct": "trust",
    "stale_values": "trust",
    "area_net_ha": "supply",
    "power_firm_mw_now": "power",
    "drinking_water_m3_day": "supply",
    "questions_open": "questions",
    "hours": "hours",
}
"""Where on the page a sentence's first figure stands."""


@dataclass(frozen=True)
class Sentence:
    """One sentence, and the figures in it, the first one first."""

    text: str
    keys: tuple[str, ...]

    @property
    def href(self) -> str:
        return f"#{SECTIONS[self.keys[0]]}"


@dataclass(frozen=True)
class Words:
    """The figures of one row, as a language writes them."""

    row: Row
    language: Language

    def value(self, key: str) -> float:
        return self.row.numbers[key] or 0

    def says(self, *keys: str) -> bool:
        return all(self.row.numbers[key] is not None for key in keys)

    def amount(self, key: str) -> str:
        """The figure with its unit."""
        figure = FIGURE[key]
        text = number(self.value(key), self.language, figure.definition.decimals)
        unit = spelled(figure.unit.in_language(self.language), self.language)
        return f"{text}{NO_BREAK_SPACE}{unit}" if unit else text

    def count(self, value: float) -> str:
        return number(value, self.language, 0)

    def change(self, key: str, since: date) -> str:
        """`, 3 fler än den 22 apr 2024`; nothing where it cannot be said."""
        difference = self.row.change(key)
        if difference is None:
            return ""
        unit = FIGURE[key].unit.in_language(self.language)
        less, same, more = COUNTED if not unit else MEASURED
        frame = same if not difference else more if difference > 0 else less
        decimals = 1 if unit == "%" else FIGURE[key].definition.decimals
        word = POINTS.in_language(self.language) if unit == "%" else spelled(unit, self.language)
        size = number(abs(difference), self.language, decimals)
        amount = f"{size}{NO_BREAK_SPACE}{word}" if word else size
        day = date_text(since, self.language)
        return f", {frame.format(amount=amount, day=day).in_language(self.language)}"


POINTS = Text("procentenheter", "percentage points")
COUNTED = (
    Text("{amount} färre än den {day}", "{amount} fewer than on {day}"),
    Text("lika många som den {day}", "as many as on {day}"),
    Text("{amount} fler än den {day}", "{amount} more than on {day}"),
)
MEASURED = (
    Text("{amount} mindre än den {day}", "{amount} less than on {day}"),
    Text("lika mycket som den {day}", "as much as on {day}"),
    Text("{amount} mer än den {day}", "{amount} more than on {day}"),
)
"""Less, the same, more."""


def spelled(unit: str, language: Language) -> str:
    """Units as they stand in running text."""
    words = {"h": ("timmar", "hours"), "ha": ("hektar", "hectares")}
    return words[unit][language == "en"] if unit in words else unit


def sentences(progress: Progress, row: Row, language: Language) -> list[Sentence]:
    """The state of a municipality, or of all, in the order of a report."""
    words = Words(row, language)
    written = (
        *sites(words, progress), *trust(words, progress), *supply(words, progress),
        *work(words),
    )  # fmt: skip
    return [Sentence(text.in_language(language), keys) for text, keys in written]


Frame = tuple[Text, tuple[str, ...]]


def sites(words: Words, progress: Progress) -> Iterator[Frame]:
    day = date_text(progress.as_of, words.language)
    changed = words.change("sites", progress.since)
    yield (
        Text(
            "Antalet platser i katalogen var {sites} den {day}{changed}.",
            "The number of sites in the catalogue was {sites} on {day}{changed}.",
        ).format(
            day=day,
            sites=words.count(words.value("sites")),
            changed=changed,
        ),
        ("sites",),
    )
    yield (
        Text(
            "Publicerade var {published}, reserverade {reserved} och etablerade {established}.",
            "Of these, {published} were published, {reserved} reserved and {established} "
            "established.",
        ).format(
            published=words.count(words.value("sites_published")),
            reserved=words.count(words.value("sites_reserved")),
            established=words.count(words.value("sites_established")),
        ),
        ("sites_published", "sites_reserved", "sites_established"),
    )
    zoned = sum(words.value(key) for key in HIGHEST_LEVELS)
    before = sum(words.row.before[key] or 0 for key in HIGHEST_LEVELS)
    yield (
        Text(
            "Planlagda eller längre komna var {zoned}, mot {before} den {since}.",
            "Those zoned or further were {zoned}, against {before} on {since}.",
        ).format(
            zoned=words.count(zoned),
            before=words.count(before),
            since=date_text(progress.since, words.language),
        ),
        HIGHEST_LEVELS,
    )


def trust(words: Words, progress: Progress) -> Iterator[Frame]:
    if words.says("completeness"):
        changed = words.change("completeness", progress.since)
        yield (
            Text(
                "Av det som ska fyllas i var {share} ifyllt{changed}.",
                "Of what is to be filled in, {share} was{changed}.",
            ).format(share=words.amount("completeness"), changed=changed),
            ("completeness",),
        )
    if words.says("verified_pct"):
        yield (
            Text(
                "{share} av de kända uppgifterna var verifierade, och {stale} var inaktuella.",
                "{share} of the known values were verified, and {stale} were stale.",
            ).format(
                share=words.amount("verified_pct"), stale=words.count(words.value("stale_values"))
            ),
            ("verified_pct", "stale_values"),
        )


def supply(words: Words, progress: Progress) -> Iterator[Frame]:
    changed = words.change("area_net_ha", progress.since)
    yield (
        Text(
            "De platser som går att få omfattade {area} användbar mark{changed}.",
            "The sites that can be had came to {area} of developable land{changed}.",
        ).format(area=words.amount("area_net_ha"), changed=changed),
        ("area_net_ha",),
    )
    yield (
        Text(
            "Den fasta effekten var {now} och är enligt uppgifterna {later} år 2030, med varje "
            "station räknad en gång.",
            "Firm power was {now} and by what is known {later} in 2030, with each substation "
            "counted once.",
        ).format(now=words.amount("power_firm_mw_now"), later=words.amount("power_firm_mw_2030")),
        ("power_firm_mw_now", "power_firm_mw_2030"),
    )
    yield (
        Text(
            "Dricksvattnet räckte till {water} och avloppet till {sewage}.",
            "Drinking water came to {water} and sewage to {sewage}.",
        ).format(water=words.amount("drinking_water_m3_day"), sewage=words.amount("sewage_m3_day")),
        ("drinking_water_m3_day", "sewage_m3_day"),
    )


def work(words: Words) -> Iterator[Frame]:
    if words.value("questions_open"):
        yield (
            Text(
                "Antalet uppgifter som väntade på svar var {open}, och mediantiden {days} dagar.",
                "The number of values waiting for an answer was {open}, the median wait {days} "
                "days.",
            ).format(
                open=words.count(words.value("questions_open")),
                days=words.count(words.value("questions_median_days")),
            ),
            ("questions_open", "questions_median_days"),
        )
    if words.value("hours_target"):
        share = 100 * words.value("hours") / words.value("hours_target")
        yield (
            Text(
                "{hours} var nedlagda, {share} % av de {target} som planen anger.",
                "{hours} had been put in, {share} % of the {target} of the plan.",
            ).format(
                hours=words.amount("hours"),
                share=words.count(share),
                target=words.amount("hours_target"),
            ),
            ("hours", "hours_target"),
        )
