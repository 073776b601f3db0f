"""What is known theme by theme, what is not, who has been asked, and what the next level takes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from catalogue.completeness import applies
from catalogue.database import Audience
from catalogue.fields import SITE, THEMES, Field, Theme
from catalogue.fields.distances import DISTANCE_FIELDS
from catalogue.listing import SEEN
from catalogue.readiness import LEVELS, REQUIREMENTS
from frontend.site_page_facts import Fact, Told
from geo.texts import Text

SHOWN_ELSEWHERE = frozenset(
    {
        "power_timeline",
        "earliest_construction_start",
        "earliest_full_power",
        *(field.key for field in DISTANCE_FIELDS),
    }
)
"""Drawn as a curve, as a time line, and beside the map."""
ALTERNATIVES = {"price_sek_m2": "price_on_request", "price_on_request": "price_sek_m2"}
"""A field that is not missed where the other one has been answered."""
DEEPEST_LEVEL_MISSED = 2
"""A field of level 3 belongs to due diligence: that it is not given yet says nothing."""


@dataclass(frozen=True)
class Chapter:
    """What is told of one theme, and how much of what applies has been filled in."""

    theme: Theme
    title: Text
    facts: tuple[Fact, ...]
    filled: int
    applicable: int
    asked: int
    percent: int
    """How complete it is, by the weights of the fields' levels."""


@dataclass(frozen=True)
class Question:
    """What one party has been asked on one day, and has not answered yet."""

    asked: str
    day: date | None
    days: int
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Gap:
    """What has not been given in one theme."""

    title: Text
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Level:
    """A level of readiness with what it asks for; `missing` is empty for one that is reached."""

    number: int
    label: Text
    is_reached: bool
    holds: tuple[Text, ...]
    missing: tuple[Text, ...]


NOTHING = {"applicable": 0, "filled": 0, "asked": 0, "percent": 100}


def chapters(told: Told) -> list[Chapter]:
    """The themes that say anything, with what is known, asked about or not applicable."""
    found = []
    for theme, title in THEMES.items():
        keys = [field.key for field in fields_of(theme) if is_told(field, told)]
        count = told.said["completeness"].get(theme, NOTHING)
        if keys or count["applicable"]:
            facts = tuple(told.fact(key) for key in keys)
            found.append(Chapter(theme, title, facts, **count))
    return found


def is_told(field: Field, told: Told) -> bool:
    """Whether something is said of the field, and it has not become pointless since."""
    return told.behind(field.key) is not None and applies(field, told.said)


def fields_of(theme: Theme) -> Iterator[Field]:
    """The fields of a theme that its list shows."""
    for field in SITE.values():
        is_listed = field.factual and not field.structural and field.key not in SHOWN_ELSEWHERE
        if field.theme == theme and is_listed:
            yield field


def questions(told: Told) -> list[Question]:
    """The longest wait first; fields asked about together stand together."""
    waiting = sorted(
        (said["asked_on"] or "", said["asked"], key) for key, said in told.said["asked"].items()
    )
    found = []
    for (day_text, asked), some in groupby(waiting, key=lambda one: one[:2]):
        day = date.fromisoformat(day_text) if day_text else None
        days = (told.today - day).days if day else 0
        found.append(Question(asked, day, days, tuple(told.label(key) for *_, key in some)))
    return found


def gaps(told: Told, audience: Audience) -> list[Gap]:
    """What the audience could have been told, but nobody has said, by theme."""
    found = []
    for theme, title in THEMES.items():
        labels = [
            told.label(field.key)
            for field in SITE.values()
            if field.theme == theme and is_missed(field, told, audience)
        ]
        if labels:
            found.append(Gap(title, tuple(labels)))
    return found


def is_missed(field: Field, told: Told, audience: Audience) -> bool:
    return (
        field.factual
        and not field.computed
        and field.level <= DEEPEST_LEVEL_MISSED
        and field.visibility in SEEN[audience]
        and told.behind(field.key) is None
        and told.behind(ALTERNATIVES.get(field.key, "")) is None
        and applies(field, told.said)
    )


def kept_for_registered(told: Told) -> list[str]:
    """The labels of what only registered readers may see of any site."""
    return [
        told.label(field.key)
        for field in SITE.values()
        if field.visibility == "registered" and not field.computed
    ]


def levels(told: Told) -> list[Level]:
    """The levels from idea to build-ready, with what the next one still lacks."""
    reached = told.value("readiness")
    missing = [Text(one["sv"], one["en"]) for one in told.said["missing"]]
    return [
        Level(
            number,
            label,
            reached is not None and number <= reached,
            asked_for(number, missing if number == told.said["next_level"] else ()),
            tuple(missing) if number == told.said["next_level"] else (),
        )
        for number, label in enumerate(LEVELS)
    ]


def asked_for(level: int, missing: Iterable[Text]) -> tuple[Text, ...]:
    """What a level asks for, but for what is missing."""
    lacking = set(missing)
    return tuple(one.text for one in REQUIREMENTS if one.level == level and one.text not in lacking)
