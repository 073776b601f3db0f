"""What to do next: the fields that would help a municipality most, the best one first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from typing import Literal

from catalogue.completeness import applies
from catalogue.fields import PROFILE, SITE, SITE_FIELDS, Field, Theme
from catalogue.municipalities import Municipality
from catalogue.provenance import VERIFIED_RANK, Provenance
from catalogue.publishing import lacking
from catalogue.questions.knowers import Party, party_of, who_knows, who_knows_of_profile
from catalogue.readiness import LEVELS, Requirement
from catalogue.rules import Rules
from catalogue.search.demand import Demand, FieldDemand
from catalogue.site import Site
from geo.texts import Text

Reason = Literal["publishing", "readiness", "search", "stale", "gap"]
ORDER: tuple[Reason, ...] = ("publishing", "readiness", "search", "stale", "gap")
POSITIONS = {field.key: position for position, field in enumerate(SITE_FIELDS)}
PROFILE_POSITIONS = {key: position for position, key in enumerate(PROFILE)}
NO_DEMAND = Demand()

WHY_BY_THEME: dict[Theme, Text] = {
    "identity": Text(
        "Utan det vet ingen vad platsen är eller vem man ringer.",
        "Without it nobody knows what the site is or whom to call.",
    ),
    "land": Text(
        "Ytan och marken är det första som en investerare sållar på.",
        "Area and ground are the first things an investor sorts by.",
    ),
    "plan": Text(
        "Planläget avgör när någon kan börja bygga.",
        "Planning decides when somebody can start building.",
    ),
    "power": Text(
        "Platser utan uppgift om el sållas bort först.",
        "Sites that say nothing about power are dropped first.",
    ),
    "water": Text(
        "Vatten och avlopp avgör vilka verksamheter som passar.",
        "Water and sewage decide which activities fit.",
    ),
    "transport": Text(
        "Den som ska frakta gods frågar om det direkt.",
        "Whoever ships goods asks about it at once.",
    ),
    "permits": Text(
        "Tiden till tillstånd avgör om platsen hinner bli klar.",
        "The time to a permit decides whether the site can be ready.",
    ),
    "profile": Text("Det är lika för alla platser.", "It is the same for every site."),
}
"""Why a missing value of a theme matters to whoever looks for land."""
MINUTES: dict[Party, int] = {"grid": 30, "water": 30, "outside": 30, "planning": 15, "own": 5}
"""A rough time to get an answer, by who knows: a call or a letter, or one's own files."""
MINUTES_TO_FOLLOW_UP = 5
MINUTES_TO_CONFIRM = 10
MINUTES_BY_KIND = {"outline": 15, "long_text": 20, "records": 20}


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """One field of a site, or of the municipality's profile, that is worth the next half hour."""

    about: Site | Municipality
    field: Field
    reason: Reason
    why: Text
    unlocks: Text | None = None
    """What this one value would open, where that can be said."""
    who: Text
    asked: Provenance | None = None
    """Set where somebody has been asked and the answer is awaited."""
    demand: Demand = NO_DEMAND

    @property
    def key(self) -> str:
        return self.field.key

    @property
    def party(self) -> Party:
        return party_of(self.field)

    @property
    def minutes(self) -> int:
        """A rough time."""
        if self.asked is not None:
            return MINUTES_TO_FOLLOW_UP
        if self.reason == "stale":
            return MINUTES_TO_CONFIRM
        return max(MINUTES[self.party], MINUTES_BY_KIND.get(self.field.kind, 0))


@dataclass(frozen=True)
class Need:
    """A field that wants something, before it is put into words."""

    key: str
    reason: Reason
    requirement: Requirement | None = None
    day: date | None = None


@dataclass(frozen=True)
class Ranked:
    """A step with what it is ordered by: the smallest comes first."""

    order: tuple[int | str | bool, ...]
    step: NextStep


def next_steps(
    sites: Iterable[Site],
    rules: Rules,
    *,
    profile: Municipality | None = None,
    wanted: FieldDemand | None = None,
    most: int | None = None,
) -> list[NextStep]:
    """The steps of all sites and of the profile, each field once under its weightiest reason.

    What blocks publishing comes first, then what the next level of readiness asks for, what
    investors' saved searches (`wanted`) wait for, what has grown old, and what is empty. Within a
    reason: empty before asked; what is the last thing missing; what most searches wait for; the
    site that has least left, since that is where one answer changes most.
    """
    found: list[Ranked] = []
    for site in sites:
        if site.status not in ("established", "withdrawn"):
            found += of_site(site, rules, wanted or {})
    if profile is not None:
        found += of_profile(profile, rules)
    if most is None:
        most = len(found)
    return [one.step for one in nsmallest(most, found, key=lambda one: one.order)]


def of_site(site: Site, rules: Rules, wanted: FieldDemand) -> Iterator[Ranked]:
    own = {key: one for (reference, key), one in wanted.items() if reference == site.reference}
    needs = list(needs_of(site, rules, own))
    left = Counter(need.reason for need in needs)
    for need in needs:
        field, asked = SITE[need.key], awaited(site, need.key)
        demand = own.get(need.key, NO_DEMAND)
        step = NextStep(
            about=site,
            field=field,
            reason=need.reason,
            why=why(need),
            unlocks=unlocks(need, site, left),
            who=who_knows(field, site.values),
            asked=asked,
            demand=demand,
        )
        order = (
            ORDER.index(need.reason),
            asked is not None,
            not is_last(need, site, left),
            -demand.alone,
            -demand.among,
            left[need.reason],
            site.reference,
            POSITIONS[need.key],
        )
        yield Ranked(order, step)


def of_profile(profile: Municipality, rules: Rules) -> Iterator[Ranked]:
    """What the municipality has not said of itself, or said long ago."""
    empty = [
        field
        for key, field in PROFILE.items()
        if key not in profile.values
        and key not in profile.provenance
        and applies(field, profile.values)
    ]
    old = stale(profile, PROFILE, rules)
    asked = [
        (key, behind) for key, behind in profile.provenance.items() if behind.state == "unknown"
    ]
    needs: list[tuple[Need, Provenance | None]] = [
        *((Need(key, "stale", day=day), None) for key, day in old),
        *((Need(field.key, "gap"), None) for field in empty),
        *((Need(key, "gap"), behind) for key, behind in asked),
    ]
    left = Counter(need.reason for need, _ in needs)
    for need, behind in needs:
        field = PROFILE[need.key]
        step = NextStep(
            about=profile,
            field=field,
            reason=need.reason,
            why=why(need) if need.reason == "stale" else WHY_BY_THEME["profile"],
            who=who_knows_of_profile(field),
            asked=behind,
        )
        order = (
            ORDER.index(need.reason), behind is not None, True, 0, 0, left[need.reason],
            profile.code, PROFILE_POSITIONS[need.key],
        )  # fmt: skip
        yield Ranked(order, step)


def awaited(site: Site, key: str) -> Provenance | None:
    """Who has been asked about a field and has not answered."""
    behind = site.provenance.get(key)
    return behind if behind is not None and behind.state == "unknown" else None


def needs_of(site: Site, rules: Rules, wanted: dict[str, Demand]) -> Iterator[Need]:
    """One site's needs, the weightiest for each field only."""
    seen: set[str] = set()
    for need in all_needs(site, rules, wanted):
        if need.key not in seen:
            seen.add(need.key)
            yield need


def all_needs(site: Site, rules: Rules, wanted: dict[str, Demand]) -> Iterator[Need]:
    """The weightiest first; what is old, the oldest first."""
    if site.status in ("draft", "in_review"):
        for key in lacking(site):
            yield Need(key, "publishing")
    for one in site.readiness.missing:
        yield Need(mended_at(one, site), "readiness", requirement=one)
    for key in wanted:
        if is_unsure(SITE[key], site, rules):
            yield Need(key, "search")
    for key, day in stale(site, SITE, rules):
        yield Need(key, "stale", day=day)
    for field in SITE_FIELDS:
        if field.level < 3 and is_gap(field, site):
            yield Need(field.key, "gap")


FOR_REQUESTS = Text(
    "Behövs för att svara på en förfrågan.", "Needed to answer a request for information."
)
FOR_SEARCHES = Text(
    "Investerare söker på uppgiften. Utan den kan platsen bara ”kanske passa”.",
    "Investors search by it. Without it the site only “may fit”.",
)


def why(need: Need) -> Text:
    """Why the field matters."""
    if need.requirement is not None:
        return needed_for(need.requirement)
    if need.reason == "search":
        return FOR_SEARCHES
    if need.reason == "stale":
        old = Text("Uppgiften är från {day}.", "The value is from {day}.")
        return old.format(day=need.day) if need.day else Text("Utan datum.", "Without a date.")
    field = SITE.get(need.key)
    is_basic = field is not None and (need.reason == "publishing" or field.level == 1)
    return WHY_BY_THEME[field.theme] if field is not None and is_basic else FOR_REQUESTS


def needed_for(one: Requirement) -> Text:
    return Text(
        "Mognad {number}, {level}: {requirement}", "Readiness {number}, {level}: {requirement}"
    ).format(
        number=one.level,
        level=LEVELS[one.level],
        requirement=Text(*(text[:1].lower() + text[1:] for text in one.text)),
    )


def is_last(need: Need, site: Site, left: Counter[Reason]) -> bool:
    """Whether the value alone opens publishing, or the next level."""
    if need.reason == "readiness":
        return len(site.readiness.missing) == 1
    return need.reason == "publishing" and left["publishing"] == 1


def unlocks(need: Need, site: Site, left: Counter[Reason]) -> Text | None:
    """What the value opens: publishing, or the next level, where nothing else is missing."""
    if need.reason == "publishing":
        if left["publishing"] == 1:
            return Text("Sedan kan platsen publiceras", "Then the site can be published")
        return Text(
            "Ett av {n} som saknas för att publicera", "One of {n} missing before publishing"
        ).format(n=left["publishing"])
    if need.requirement is None:
        return None
    missing = site.readiness.missing
    if len(missing) > 1:
        return Text("Ett av {n} krav som är kvar", "One of {n} requirements left").format(
            n=len(missing)
        )
    empty = [key for key in need.requirement.keys if is_gap(SITE[key], site)]
    only = Text("Bara det här fattas", "Only this is missing")
    return only if len(empty) <= 1 else Text("Det sista kravet", "The last requirement")


def mended_at(one: Requirement, site: Site) -> str:
    """The field where a requirement is met: the first that is empty, else the first."""
    return next((key for key in one.keys if is_gap(SITE[key], site)), one.keys[0])


def is_gap(field: Field, site: Site) -> bool:
    """Whether a field that a person fills in says nothing at all."""
    if field.key == "outline":
        return site.outline is None
    if any(file.field == field.key for file in site.files):
        return False
    if field.computed or field.structural or not applies(field, site.values):
        return False
    return field.key not in site.values and field.key not in site.provenance


def is_unsure(field: Field, site: Site, rules: Rules) -> bool:
    """Whether a search that wants a sure and fresh value may pass the site by."""
    behind = site.provenance.get(field.key)
    if behind is None:
        return is_gap(field, site)
    is_weak = behind.rank < VERIFIED_RANK and behind.state == "known"
    return (
        behind.state == "unknown"
        or is_weak
        or behind.is_stale(field, rules.shelf_life, rules.today)
    )


def stale(
    about: Site | Municipality, fields: Mapping[str, Field], rules: Rules
) -> list[tuple[str, date | None]]:
    """The keys whose values count as stale, with their dates; computed ones do not age."""
    found = [
        (key, behind.as_of)
        for key, behind in about.provenance.items()
        if fields[key].factual
        and not fields[key].computed
        and applies(fields[key], about.values)
        and behind.is_stale(fields[key], rules.shelf_life, rules.today)
    ]
    return sorted(found, key=lambda one: (one[1] or date.min, one[0]))
