"""Progress in plain sentences, for minutes and reports: each says some figures and names them.

Every sentence is a frame with figures put in; one whose figures say nothing is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.anchoring.parts import PARTS
from catalogue.progress.progress import Progress, Row
from catalogue.progress.progress_moves import last_day_ahead
from catalogue.progress.running_text import (
    ESTABLISHED,
    ON,
    PUBLISHED,
    RESERVED,
    SITES,
    THEN,
    Words,
    counted,
)
from geo.texts import Text

HIGHEST_LEVELS = ("readiness_3", "readiness_4", "readiness_5")


@dataclass(frozen=True)
class Sentence:
    """One sentence, and the keys of the figures in it, the first one first."""

    text: Text
    keys: tuple[str, ...]


def sentences(progress: Progress, row: Row) -> list[Sentence]:
    """The state of a municipality, or of all, in the order of a report."""
    return told(Words(row, ON.format(day=progress.since)), progress)


def told(words: Words, progress: Progress) -> list[Sentence]:
    return [
        *sites(words, progress), *trust(words, progress), *supply(words, progress),
        *ahead(words, progress), *asking(words, progress), *anchored(words, progress),
        *work(words, progress),
    ]  # fmt: skip


INTRODUCING = (
    "completeness", "area_net_available_ha", "power_firm_mw_now", "anchored_decision", "hours"
)  # fmt: skip
"""The first figures of the sentences that follow the first one where a report begins."""


def introduction(progress: Progress, row: Row) -> list[Sentence]:
    """The three to six sentences that say most."""
    first, *_ = sentences(progress, row)
    _, *others = told(Words(row, THEN), progress)
    return [first, *(one for one in others if one.keys[0] in INTRODUCING)]


def sites(words: Words, progress: Progress) -> Iterator[Sentence]:
    yield Sentence(
        Text(
            "Den {day} fanns {sites} i katalogen{changed}.",
            "On {day} there was {sites} in the catalogue{changed}."
            if words.value("sites") <= 1
            else "On {day} there were {sites} in the catalogue{changed}.",
        ).format(
            day=progress.as_of,
            sites=counted(words.value("sites"), SITES),
            changed=words.change("sites"),
        ),
        ("sites",),
    )
    if words.value("sites"):
        yield Sentence(
            Text(
                "Av dem var {published}, {reserved} och {established}.",
                "Of these, {published}, {reserved} and {established}.",
            ).format(
                published=counted(words.value("sites_published"), PUBLISHED),
                reserved=counted(words.value("sites_reserved"), RESERVED),
                established=counted(words.value("sites_established"), ESTABLISHED),
            ),
            ("sites_published", "sites_reserved", "sites_established"),
        )
    zoned = sum(words.value(key) for key in HIGHEST_LEVELS)
    before = sum(words.row.before[key] or 0 for key in HIGHEST_LEVELS)
    yield Sentence(
        Text(
            "Nivån Planlagd eller högre hade {zoned} nått, mot {before} {then}.",
            "The level Zoned or above had been reached by {zoned}, against {before} {then}.",
        ).format(zoned=counted(zoned, SITES), before=before, then=words.then),
        HIGHEST_LEVELS,
    )


def trust(words: Words, progress: Progress) -> Iterator[Sentence]:
    if words.says("completeness"):
        yield Sentence(
            Text(
                "Av uppgifterna som ska finnas om platserna var {share} ifyllda{changed}.",
                "Of what should be known of the sites, {share} was filled in{changed}.",
            ).format(
                share=words.amount("completeness"),
                changed=words.change("completeness"),
            ),
            ("completeness",),
        )
    if words.says("verified_pct"):
        yield Sentence(
            Text(
                "Av de kända uppgifterna var {share} verifierade, och {stale} var inaktuella.",
                "Of the known values {share} were verified, and {stale} were stale.",
            ).format(share=words.amount("verified_pct"), stale=words.value("stale_values")),
            ("verified_pct", "stale_values"),
        )


def supply(words: Words, progress: Progress) -> Iterator[Sentence]:
    yield Sentence(
        Text(
            "Platserna som går att få omfattade {area} byggbar mark{changed}.",
            "The sites that can be had came to {area} of developable land{changed}.",
        ).format(area=words.amount("area_net_ha"), changed=words.change("area_net_ha")),
        ("area_net_ha",),
    )
    yield Sentence(
        Text(
            "Omedelbart tillgängligt var {area} på {sites}: planen har laga kraft, kommunen har "
            "rådighet och effekten är bekräftad skriftligt.",
            "Immediately available was {area} at {sites}: the plan is in force, the municipality is "
            "in control and the power is confirmed in writing.",
        ).format(
            area=words.amount("area_net_available_ha"),
            sites=counted(words.value("sites_available"), SITES),
        )
        if words.value("sites_available")
        else Text(
            "Ingen plats är omedelbart tillgänglig, med plan i kraft, rådighet och effekten "
            "bekräftad skriftligt.",
            "No site is immediately available, with a plan in force, in control and with the power "
            "confirmed in writing.",
        ),
        ("area_net_available_ha", "sites_available"),
    )
    yield Sentence(
        Text(
            "Den fasta effekten var {now} och väntas bli {later} år 2030, med varje station räknad "
            "en gång.",
            "Firm power was {now} and is expected to be {later} in 2030, with each substation "
            "counted once.",
        ).format(now=words.amount("power_firm_mw_now"), later=words.amount("power_firm_mw_2030")),
        ("power_firm_mw_now", "power_firm_mw_2030"),
    )
    yield Sentence(
        Text(
            "VA-huvudmännen hade skriftligt bekräftat {water} dricksvatten och {sewage} avlopp.",
            "The water utilities had confirmed in writing {water} of drinking water and {sewage} of "
            "sewage.",
        ).format(
            water=words.amount("drinking_water_confirmed_m3_day"),
            sewage=words.amount("sewage_confirmed_m3_day"),
        ),
        ("drinking_water_confirmed_m3_day", "sewage_confirmed_m3_day"),
    )


def ahead(words: Words, progress: Progress) -> Iterator[Sentence]:
    if words.value("sites_expected"):
        yield Sentence(
            Text(
                "Senast den {last} kan {sites} nå nästa mognadsnivå på det som redan är på väg.",
                "By {last} the next level of readiness can be reached by {sites} on what is already "
                "under way.",
            ).format(
                last=last_day_ahead(progress.as_of),
                sites=counted(words.value("sites_expected"), SITES),
            ),
            ("sites_expected",),
        )


ENQUIRIES = (
    Text("ingen förfrågan", "no enquiry"),
    Text("en förfrågan", "one enquiry"),
    Text("{n} förfrågningar", "{n} enquiries"),
)
REQUESTS = (
    Text("ingen RFI", "no RFI"), Text("en RFI", "one RFI"), Text("{n} RFI:er", "{n} RFIs")
)  # fmt: skip
ANSWERED = (
    Text("ingen var besvarad", "none had been answered"),
    Text("en var besvarad", "one had been answered"),
    Text("{n} var besvarade", "{n} had been answered"),
)


def asking(words: Words, progress: Progress) -> Iterator[Sentence]:
    if words.value("enquiries"):
        yield Sentence(
            Text(
                "Genom katalogen hade {enquiries} kommit in{changed}; {answered}.",
                "Through the catalogue, {enquiries} had come in{changed}; {answered}.",
            ).format(
                enquiries=counted(words.value("enquiries"), ENQUIRIES),
                changed=words.change("enquiries"),
                answered=counted(words.value("enquiries_answered"), ANSWERED),
            ),
            ("enquiries", "enquiries_answered"),
        )
    if words.value("rfi_received"):
        yield Sentence(
            Text(
                "Kunder hade skickat {requests}{changed}; {answered}, och {won} ledde till att en "
                "plats valdes.",
                "Clients had sent {requests}{changed}; {answered}, and {won} led to one of the "
                "sites being chosen.",
            ).format(
                requests=counted(words.value("rfi_received"), REQUESTS),
                changed=words.change("rfi_received"),
                answered=counted(words.value("rfi_answered"), ANSWERED),
                won=words.value("rfi_won"),
            ),
            ("rfi_received", "rfi_answered", "rfi_won"),
        )


MEETINGS = (
    Text("inget möte", "no meeting"), Text("ett möte", "one meeting"),
    Text("{n} möten", "{n} meetings"),
)  # fmt: skip
TRAININGS = (
    Text("ingen utbildning", "no training"), Text("en utbildning", "one training"),
    Text("{n} utbildningar", "{n} trainings"),
)  # fmt: skip


DECIDED = (Text("ingen", "none"), Text("en", "one"), Text("{n}", "{n}"))
TOGETHER = Text(
    "Av {towns} kommuner hade {decided} beslutat att delta, och av de {parts} delar som förankrar "
    "projektet hos dem var {done} på plats{changed}.",
    "Of {towns} municipalities, {decided} had decided to take part, and of the {parts} parts that "
    "anchor the project with them {done} were in place{changed}.",
)
ALONE = (
    Text(
        "Kommunen hade inte beslutat att delta, och av de {parts} delar som förankrar projektet "
        "där var {done} på plats{changed}.",
        "The municipality had not decided to take part, and of the {parts} parts that anchor the "
        "project there {done} were in place{changed}.",
    ),
    Text(
        "Kommunen hade beslutat att delta, och av de {parts} delar som förankrar projektet där "
        "var {done} på plats{changed}.",
        "The municipality had decided to take part, and of the {parts} parts that anchor the "
        "project there {done} were in place{changed}.",
    ),
)
"""Without a decision, and with one."""


def anchored(words: Words, progress: Progress) -> Iterator[Sentence]:
    """Nothing where nothing has been entered, now or then."""
    towns, decided = number_of_towns(words, progress), words.value("anchored_decision")
    if words.value("anchoring_parts") or words.row.before["anchoring_parts"]:
        frame = TOGETHER if towns > 1 else ALONE[bool(decided)]
        yield Sentence(
            frame.format(
                towns=towns,
                decided=counted(decided, DECIDED),
                parts=len(PARTS) * towns,
                done=words.value("anchoring_parts"),
                changed=words.change("anchoring_parts"),
            ),
            ("anchored_decision", "anchoring_parts"),
        )
    if words.value("meetings_attended") or words.value("trainings"):
        yield Sentence(
            Text(
                "{who} varit med på {meetings} och {trainings}.",
                "{who} taken part in {meetings} and {trainings}.",
            ).format(
                who=THEY_HAD if towns > 1 else IT_HAD,
                meetings=counted(words.value("meetings_attended"), MEETINGS),
                trainings=counted(words.value("trainings"), TRAININGS),
            ),
            ("meetings_attended", "trainings"),
        )


IT_HAD = Text("Kommunen hade", "The municipality had")
THEY_HAD = Text("Kommunerna hade", "The municipalities had")


def number_of_towns(words: Words, progress: Progress) -> int:
    """How many municipalities the row is of."""
    return 1 if words.row.code else len(progress.rows)


DAYS = (Text("en dag", "a day"), Text("en dag", "a day"), Text("{n} dagar", "{n} days"))
WAITING = (
    Text("", ""),
    Text("En uppgift hade väntat {days} på svar.", "One value had waited {days} for an answer."),
    Text(
        "{n} uppgifter väntade på svar; hälften hade väntat kortare tid än {days}.",
        "{n} values were waiting for an answer; half had waited less than {days}.",
    ),
)


def work(words: Words, progress: Progress) -> Iterator[Sentence]:
    waiting = words.value("questions_open")
    if waiting:
        days = counted(round(words.value("questions_median_days")), DAYS)
        yield Sentence(
            WAITING[min(int(waiting), 2)].format(n=waiting, days=days),
            ("questions_open", "questions_median_days"),
        )
    if words.value("hours_target"):
        share = 100 * words.value("hours") / words.value("hours_target")
        yield Sentence(
            Text(
                "{who} lagt ned {hours}, {share} % av de {target} som planen anger.",
                "{who} put in {hours}, {share} % of the {target} of the plan.",
            ).format(
                who=THEY_HAD if number_of_towns(words, progress) > 1 else IT_HAD,
                hours=words.amount("hours"),
                share=round(share),
                target=words.amount("hours_target"),
            ),
            ("hours", "hours_target"),
        )
