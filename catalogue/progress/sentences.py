"""Progress in plain sentences, for minutes and reports: each says some figures and names them.

Every sentence is a frame with figures put in; one whose figures say nothing is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from catalogue.progress.figures import FIGURE
from catalogue.progress.progress import Progress, Row
from geo.texts import Text

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
HIGHEST_LEVELS = ("readiness_3", "readiness_4", "readiness_5")


@dataclass(frozen=True)
class Sentence:
    """One sentence, and the keys of the figures in it, the first one first."""

    text: Text
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """The figures of one row as they stand in running text."""

    row: Row

    def value(self, key: str) -> float:
        return self.row.numbers[key] or 0

    def says(self, *keys: str) -> bool:
        return all(self.row.numbers[key] is not None for key in keys)

    def amount(self, key: str) -> Text:
        """The figure with its unit."""
        unit = FIGURE[key].unit
        return with_unit(
            round(self.value(key), FIGURE[key].definition.decimals), SPELLED.get(unit, unit)
        )

    def change(self, key: str, since: date) -> Text:
        """`, 3 fler än den 22 apr 2024`; nothing where it cannot be said."""
        difference = self.row.change(key)
        if difference is None:
            return Text("", "")
        unit = FIGURE[key].unit
        less, same, more = MEASURED if unit.sv else COUNTED
        frame = same if not difference else more if difference > 0 else less
        decimals = 1 if unit.sv == "%" else FIGURE[key].definition.decimals
        amount = with_unit(round(abs(difference), decimals), IN_CHANGE.get(unit.sv, unit))
        return frame.format(amount=amount, day=since)


POINTS = Text("procentenheter", "percentage points")
SPELLED: dict[Text, Text] = {
    Text("h", "h"): Text("timmar", "hours"),
    Text("ha", "ha"): Text("hektar", "hectares"),
}
"""Units as they stand in running text."""
IN_CHANGE: dict[str, Text] = {"%": POINTS, **{unit.sv: word for unit, word in SPELLED.items()}}
COUNTED = (
    Text(", {amount} färre än den {day}", ", {amount} fewer than on {day}"),
    Text(", lika många som den {day}", ", as many as on {day}"),
    Text(", {amount} fler än den {day}", ", {amount} more than on {day}"),
)
MEASURED = (
    Text(", {amount} mindre än den {day}", ", {amount} less than on {day}"),
    Text(", lika mycket som den {day}", ", as much as on {day}"),
    Text(", {amount} mer än den {day}", ", {amount} more than on {day}"),
)
"""Less, the same, more."""


def with_unit(value: float, unit: Text) -> Text:
    """A number and its unit, which never stand on different lines."""
    frame = f"{{value}}{NO_BREAK_SPACE}{{unit}}" if unit.sv else "{value}"
    return Text(frame, frame).format(value=value, unit=unit)


def sentences(progress: Progress, row: Row) -> list[Sentence]:
    """The state of a municipality, or of all, in the order of a report."""
    words = Words(row)
    return [
        *sites(words, progress), *trust(words, progress), *supply(words, progress), *work(words)
    ]  # fmt: skip


def sites(words: Words, progress: Progress) -> Iterator[Sentence]:
    yield Sentence(
        Text(
            "Antalet platser i katalogen var {sites} den {day}{changed}.",
            "The number of sites in the catalogue was {sites} on {day}{changed}.",
        ).format(
            day=progress.as_of,
            sites=words.value("sites"),
            changed=words.change("sites", progress.since),
        ),
        ("sites",),
    )
    yield Sentence(
        Text(
            "Publicerade var {published}, reserverade {reserved} och etablerade {established}.",
            "Of these, {published} were published, {reserved} reserved and {established} "
            "established.",
        ).format(
            published=words.value("sites_published"),
            reserved=words.value("sites_reserved"),
            established=words.value("sites_established"),
        ),
        ("sites_published", "sites_reserved", "sites_established"),
    )
    yield Sentence(
        Text(
            "Planlagda eller längre komna var {zoned}, mot {before} den {since}.",
            "Those zoned or further were {zoned}, against {before} on {since}.",
        ).format(
            zoned=sum(words.value(key) for key in HIGHEST_LEVELS),
            before=sum(words.row.before[key] or 0 for key in HIGHEST_LEVELS),
            since=progress.since,
        ),
        HIGHEST_LEVELS,
    )


def trust(words: Words, progress: Progress) -> Iterator[Sentence]:
    if words.says("completeness"):
        yield Sentence(
            Text(
                "Av det som ska fyllas i var {share} ifyllt{changed}.",
                "Of what is to be filled in, {share} was{changed}.",
            ).format(
                share=words.amount("completeness"),
                changed=words.change("completeness", progress.since),
            ),
            ("completeness",),
        )
    if words.says("verified_pct"):
        yield Sentence(
            Text(
                "{share} av de kända uppgifterna var verifierade, och {stale} var inaktuella.",
                "{share} of the known values were verified, and {stale} were stale.",
            ).format(share=words.amount("verified_pct"), stale=words.value("stale_values")),
            ("verified_pct", "stale_values"),
        )


def supply(words: Words, progress: Progress) -> Iterator[Sentence]:
    yield Sentence(
        Text(
            "De platser som går att få omfattade {area} användbar mark{changed}.",
            "The sites that can be had came to {area} of developable land{changed}.",
        ).format(
            area=words.amount("area_net_ha"), changed=words.change("area_net_ha", progress.since)
        ),
        ("area_net_ha",),
    )
    yield Sentence(
        Text(
            "Den fasta effekten var {now} och är enligt uppgifterna {later} år 2030, med varje "
            "station räknad en gång.",
            "Firm power was {now} and by what is known {later} in 2030, with each substation "
            "counted once.",
        ).format(now=words.amount("power_firm_mw_now"), later=words.amount("power_firm_mw_2030")),
        ("power_firm_mw_now", "power_firm_mw_2030"),
    )
    yield Sentence(
        Text(
            "Dricksvattnet räckte till {water} och avloppet till {sewage}.",
            "Drinking water came to {water} and sewage to {sewage}.",
        ).format(water=words.amount("drinking_water_m3_day"), sewage=words.amount("sewage_m3_day")),
        ("drinking_water_m3_day", "sewage_m3_day"),
    )


def work(words: Words) -> Iterator[Sentence]:
    if words.value("questions_open"):
        yield Sentence(
            Text(
                "Antalet uppgifter som väntade på svar var {open}, och mediantiden {days} dagar.",
                "The number of values waiting for an answer was {open}, the median wait {days} "
                "days.",
            ).format(
                open=words.value("questions_open"),
                days=round(words.value("questions_median_days")),
            ),
            ("questions_open", "questions_median_days"),
        )
    if words.value("hours_target"):
        share = 100 * words.value("hours") / words.value("hours_target")
        yield Sentence(
            Text(
                "{hours} var nedlagda, {share} % av de {target} som planen anger.",
                "{hours} had been put in, {share} % of the {target} of the plan.",
            ).format(
                hours=words.amount("hours"),
                share=round(share),
                target=words.amount("hours_target"),
            ),
            ("hours", "hours_target"),
        )
