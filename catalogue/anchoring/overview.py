"""All that was known of the anchoring on a day, municipality by municipality, and where to begin."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from catalogue import municipalities
from catalogue.anchoring import anchoring
from catalogue.anchoring.anchoring import OFFICE, Anchoring
from catalogue.anchoring.gaps import Gap, gaps
from catalogue.anchoring.parts import PARTS, Part
from catalogue.anchoring.people import Colleague, colleagues
from catalogue.anchoring.standing import Standing, town_standings
from catalogue.database import Actor
from catalogue.errors import NoSuchMunicipality
from catalogue.hours.hours import end_of
from catalogue.progress.figure_numbers import counted_numbers
from catalogue.progress.progress_counts import Numbers
from catalogue.progress.register_anchoring import ANCHORING_FIGURES
from catalogue.rules import Rules


@dataclass(frozen=True, kw_only=True)
class Town:
    """One municipality at the end of a day."""

    name: str
    said: Anchoring
    """On a past day without names and addresses, which no version holds."""
    standing: Standing
    numbers: Numbers
    """The figures of anchoring, by key."""
    gaps: Sequence[Gap]
    """In the order of what matters."""
    mended: Collection[Part] = ()
    """Of a past day: the parts that were missing or old, and are in place today."""
    colleagues: Sequence[Colleague] = ()
    """Who has an open account; nobody on a past day."""


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Every municipality that the reader may see."""

    day: date
    towns: Mapping[str, Town]
    """By code, in alphabetical order."""
    total: Numbers
    """The figures of all of them together, by key."""


def overview(session: Session, actor: Actor, day: date, rules: Rules) -> Overview:
    """As far as the actor may read; raises `NotAllowed`."""
    anchoring.may_read(actor)
    names = municipalities.names(session)
    if actor.role not in OFFICE:
        names = {code: name for code, name in names.items() if code == actor.municipality}
    return seen(session, names, day, rules)


def town(session: Session, actor: Actor, code: str, day: date, rules: Rules) -> Town:
    """Raises `NotAllowed`, and `NoSuchMunicipality`."""
    anchoring.may_read(actor, code)
    names = municipalities.names(session)
    if code not in names:
        raise NoSuchMunicipality(code)
    return seen(session, {code: names[code]}, day, rules).towns[code]


def seen(session: Session, names: Mapping[str, str], day: date, rules: Rules) -> Overview:
    shelf_life, is_past = rules.shelf_life, day < rules.today
    found = town_standings(session, day, names, shelf_life)
    now = town_standings(session, rules.today, names, shelf_life) if is_past else found
    said = anchoring.everything(session, end_of(day) if is_past else None)
    people = {} if is_past else colleagues(session, names)
    numbers = counted_numbers(session, ANCHORING_FIGURES, [day], names, shelf_life, list(names))
    towns = {}
    for code, name in names.items():
        own = said.get(code) or anchoring.nothing_said(code)
        towns[code] = Town(
            name=name,
            said=own,
            standing=found[code],
            numbers=numbers[day, code],
            gaps=gaps(own, found[code], people.get(code)),
            mended=[part for part in now[code].in_place if part not in found[code].in_place],
            colleagues=people.get(code, ()),
        )
    return Overview(day=day, towns=towns, total=numbers[day, ""])


def by_importance(some: Sequence[Town]) -> list[Gap]:
    """Every gap: what matters most first, and within that by municipality, never ranked."""
    every = [gap for one in some for gap in one.gaps]
    return sorted(every, key=lambda gap: PARTS.index(gap.part))
