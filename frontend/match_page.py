"""The matcher's pages: a client's request in, and the sites that answer it ranked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from catalogue.errors import Fault
from catalogue.fields import SITE
from catalogue.questions.askable_fields import OF_SITE
from catalogue.questions.knowers import who_knows
from catalogue.requests.asked import Asked, packed
from catalogue.requests.combinations import Combination
from catalogue.requests.matching import Match, Matching, field_key
from catalogue.requests.reading import LONGEST_TEXT
from catalogue.requests.wording import IMPORTANCE
from frontend.formats import number, with_unit
from frontend.match_words import (
    Names,
    gap_words,
    limit_words,
    miss_words,
    note,
    result_words,
    trust,
)
from frontend.rendering import Page, address, render
from frontend.search_cards import name_of
from geo.texts import Language, Text

PATH = "/match"
CHOSEN_AT_FIRST = 5
"""So many of the best sites are ticked for the answer pack."""
MOST_PACKED = 10
"""In one pack: a client who is sent more has not been answered."""
FIT_TONES = {"meets": "success", "may_fit": "warning", "fails": "danger"}
FIT_WORDS: dict[str, Text] = {
    "meets": Text("Passar", "Meets"),
    "may_fit": Text("Kan passa", "May fit"),
    "fails": Text("Faller bort", "Fails"),
}
OUTCOME_WORDS: dict[str, Text] = {
    "met": Text("uppfyllt", "met"),
    "not_met": Text("inte uppfyllt", "not met"),
    "unknown": Text("okänt", "unknown"),
}


@dataclass(frozen=True)
class Column:
    """A requirement as it heads the matrix."""

    label: str
    limit: str
    importance: Text
    weight: float
    fragment: str


@dataclass(frozen=True)
class Cell:
    """One site against one requirement."""

    outcome: str
    value: str
    gap: str
    mark: str
    note: str


@dataclass(frozen=True)
class Row:
    """One site of the matrix."""

    site: Match
    name: str
    href: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Missed:
    """A site that fails a single must by little."""

    name: str
    href: str
    reference: str
    place: str
    label: str
    words: str


@dataclass(frozen=True)
class Joint:
    """Sites that answer together, in words."""

    combination: Combination
    sites: Sequence[tuple[str, str, str]]
    """Name, address and reference."""
    place: str
    reaches: Sequence[tuple[str, str, str]]
    """Label, outcome and what they have together."""


@dataclass(frozen=True)
class Unknown:
    """What one party could tell about one site."""

    who: str
    site: str
    reference: str
    href: str
    """Of the form that asks, for somebody who may; else empty."""
    fields: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the matcher found, and for whom it is shown."""

    asked: Asked
    found: Matching
    together: Sequence[Combination]
    names: Names
    today: date
    offset: int = 0
    limit: int = 20
    may_ask: frozenset[str] = frozenset()
    """The municipalities whose sites the reader may send questions about."""
    may_register: bool = False


@dataclass(frozen=True)
class Start:
    """What was sent and refused, on the first step."""

    text: str = ""
    faults: Sequence[Fault] = field(default_factory=tuple)


def start_page(page: Page, start: Start) -> str:
    errors = [
        {"field": fault.where, "text": fault.text.in_language(page.language)}
        for fault in start.faults
    ]
    return render(
        "match/start.html", page, start=start, errors=errors, longest=LONGEST_TEXT,
        faults={"text": "", "file": "", **{one["field"]: one["text"] for one in errors}},
    )  # fmt: skip


def answer_page(page: Page, answer: Answer) -> str:
    language, found = page.language, answer.found
    key = packed(answer.asked)
    last = answer.offset + len(found.sites)
    return render(
        "match/answer.html",
        page,
        answer=answer,
        key=key,
        columns=columns(answer, language),
        rows=[row(one, answer, language) for one in found.sites],
        near=[missed(one, answer, language) for one in found.near_misses],
        joint=[joined(one, answer, language) for one in answer.together],
        unknowns=unknowns(answer, language),
        ticked=ticked(answer),
        most_packed=MOST_PACKED,
        fit_words=FIT_WORDS,
        fit_tones=FIT_TONES,
        outcome_words=OUTCOME_WORDS,
        first=answer.offset + 1,
        last=last,
        previous=part_address(language, key, answer.offset - answer.limit) if answer.offset else "",
        following=part_address(language, key, last) if last < found.total else "",
    )


def ticked(answer: Answer) -> list[str]:
    """The best sites that do not fail, on the first page."""
    if answer.offset:
        return []
    fitting = [one.reference for one in answer.found.sites if one.fit != "fails"]
    return fitting[:CHOSEN_AT_FIRST]


def part_address(language: Language, key: str, offset: int) -> str:
    return address(language, PATH, asked=key, offset=offset if offset > 0 else None)


def columns(answer: Answer, language: Language) -> list[Column]:
    return [
        Column(
            one.need.label.in_language(language),
            limit_words(one, answer.names, language),
            IMPORTANCE[one.must],
            one.weight,
            one.question or one.fragment,
        )
        for one in answer.asked.requirements
    ]


def row(site: Match, answer: Answer, language: Language) -> Row:
    return Row(
        site,
        name_of(site.properties, language),
        address(language, f"/sites/{site.reference}"),
        [
            Cell(
                result.outcome,
                result_words(one, result, site, language),
                gap_words(one, result, language),
                trust(one, result, site, language, answer.today),
                note(one, result, site, language),
            )
            for one, result in zip(answer.asked.requirements, site.results, strict=True)
        ],
    )


def missed(site: Match, answer: Answer, language: Language) -> Missed:
    one, result = next(
        (one, result)
        for one, result in zip(answer.asked.requirements, site.results, strict=True)
        if one.must and result.outcome == "not_met"
    )
    return Missed(
        name_of(site.properties, language),
        address(language, f"/sites/{site.reference}"),
        site.reference,
        str(site.properties["municipality_name"]),
        one.need.label.in_language(language),
        miss_words(one, result, site, answer.names, language),
    )


def joined(one: Combination, answer: Answer, language: Language) -> Joint:
    requirements = answer.asked.requirements
    places = dict.fromkeys(answer.names.get(part.municipality, "") for part in one.parts)
    reaches = []
    for place, result in one.results.items():
        requirement = requirements[place]
        value = together_words(requirement.key, result.value, result.outcome, language)
        limit = limit_words(requirement, answer.names, language)
        label = requirement.need.label.in_language(language)
        reaches.append((f"{label} {limit}", result.outcome, value))
    return Joint(
        one,
        [
            (
                name_of({"name_sv": part.name_sv, "name_en": part.name_en,
                         "reference": part.reference}, language),
                address(language, f"/sites/{part.reference}"),
                part.reference,
            )
            for part in one.parts
        ],
        ", ".join(places),
        reaches,
    )  # fmt: skip


def together_words(key: str, value: float, outcome: str, language: Language) -> str:
    """`105 ha`; power that may be shared is what there is at the least."""
    unit = SITE["area_net_ha" if key.startswith("area") else "power_now_mw"].unit
    size = with_unit(number(value, language, 2), unit, language)
    frame = (
        Text("minst {size}", "at least {size}")
        if outcome == "unknown"
        else Text("{size}", "{size}")
    )
    return frame.format(size=size).in_language(language)


def unknowns(answer: Answer, language: Language) -> list[Unknown]:
    """What is unknown of the sites shown that do not fail, by who could answer."""
    found: list[Unknown] = []
    for site in answer.found.sites:
        if site.fit == "fails":
            continue
        by_party: dict[str, dict[str, str]] = {}
        for one, result in zip(answer.asked.requirements, site.results, strict=True):
            key = field_key(one, site.properties)
            if result.outcome == "unknown" and key in OF_SITE:
                who = who_knows(SITE[key], site.properties).in_language(language)
                by_party.setdefault(who, {})[key] = SITE[key].label.in_language(language)
        may_ask = site.properties["municipality"] in answer.may_ask
        for who, labels in by_party.items():
            place = f"/workspace/sites/{site.reference}/questions/new"
            found.append(
                Unknown(
                    who,
                    name_of(site.properties, language),
                    site.reference,
                    address(language, place, field=list(labels)) if may_ask else "",
                    list(labels.values()),
                )
            )
    return sorted(found, key=lambda one: one.who)
