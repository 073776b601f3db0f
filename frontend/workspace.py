"""The workspace: how far the municipality has come, what to do next, and its sites."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.database import Actor
from catalogue.hours.hours import ProjectPlan
from catalogue.maps.thumbnails import Thumbnail
from catalogue.municipalities import Municipality
from catalogue.next_steps import next_steps
from catalogue.progress import figure_definitions as means
from catalogue.progress.figures import READINESS_KEYS
from catalogue.progress.progress import Row
from catalogue.questions.knowers import PARTIES, Party
from catalogue.rules import Rules
from catalogue.search.demand import FieldDemand
from catalogue.site import Site
from catalogue.workflow.transitions import PUBLISHERS
from catalogue.workflow.unread_changes import to_read
from frontend.quick_hours import QuickHours
from frontend.rendering import Page, address, render
from frontend.workspace_cards import profile_card, site_card
from frontend.workspace_todos import REASON_TONES, REASONS, todo
from geo.texts import Language

SHOWN_STEPS = 8
"""So many next steps are in sight; the rest open below them."""
MOST_STEPS = 60
SITES_A_PAGE = 24
PLANNED = 3
"""The level of readiness from which a site is planned: figures count sites at it or above."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What the person has chosen to see."""

    code: str
    names: Mapping[str, str]
    may_choose: bool
    """Whether the person works with every municipality."""
    number: int = 1
    """The page of the list of sites."""
    party: Party | None = None
    """Whose answers the list of steps is kept to."""

    def address(self, language: Language, **query: object) -> str:
        code = self.code if self.may_choose else None
        return address(language, "/workspace", municipality=code, **query)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What lies on the desk of somebody who works with a municipality."""

    actor: Actor
    sites: Sequence[Site]
    profile: Municipality
    wanted: FieldDemand
    thumbnails: Mapping[str, Thumbnail]
    """Of the sites that are shown."""
    people: Mapping[str, str]
    """The names of those who changed the sites, by e-mail address."""
    progress: Row
    since: date
    """The day that progress is compared with."""
    month_hours: float
    """Entered so far on the month of `hours`."""
    plan: ProjectPlan
    hours: QuickHours | None
    """None before the project has begun."""
    anchoring_gaps: int
    """How many things are missing in how the municipality has anchored the project."""


@dataclass(frozen=True)
class PartyLink:
    label: str
    href: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class OwnFigure:
    """One figure of the municipality, beside the same on the day compared with."""

    label: str
    value: float | None
    change: float | None
    unit: str
    share: float | None = None
    """Per cent, where a bar says it."""


def workspace_page(page: Page, desk: Desk, choice: Choice, rules: Rules) -> str:
    language = page.language
    every = next_steps(desk.sites, rules, profile=desk.profile, wanted=desk.wanted)
    wanted = [one for one in every if choice.party in (None, one.party)]
    steps = [todo(one, rules, language) for one in wanted[:MOST_STEPS]]
    start = (choice.number - 1) * SITES_A_PAGE
    shown = desk.sites[start : start + SITES_A_PAGE]
    waiting = [one for one in desk.sites if one.status == "in_review"]
    return render(
        "workspace/index.html",
        page,
        choice=choice,
        municipality_name=choice.names.get(choice.code, choice.code),
        figures=own_figures(desk.progress, language),
        since=desk.since,
        hours=desk.hours,
        anchoring_gaps=desk.anchoring_gaps,
        month_hours=desk.month_hours,
        month_target=desk.plan.hours_per_month,
        todos=steps[:SHOWN_STEPS],
        more_todos=steps[SHOWN_STEPS:],
        later_todos=len(wanted) - len(steps),
        parties=party_links(Counter(one.party for one in every), choice, language),
        party=PARTIES[choice.party] if choice.party else None,
        minutes=sum(one.minutes for one in wanted[:SHOWN_STEPS]),
        reasons=REASONS,
        reason_tones=REASON_TONES,
        waiting=[site_card(one, None, desk.people, rules, language) for one in waiting],
        reviews=desk.actor.role in PUBLISHERS,
        unread=[
            site_card(one, None, desk.people, rules, language)
            for one in desk.sites
            if to_read(one, desk.actor, rules)
        ],
        sites=[
            site_card(one, desk.thumbnails.get(one.reference), desk.people, rules, language)
            for one in shown
        ],
        profile=profile_card(desk.profile, rules, language),
        first=start + 1,
        last=start + len(shown),
        total=len(desk.sites),
        previous=turned(choice, -1, len(desk.sites), language),
        next=turned(choice, 1, len(desk.sites), language),
    )


def turned(choice: Choice, by: int, count: int, language: Language) -> str:
    """The address of a neighbouring page of the list; empty where there is none."""
    number = choice.number + by
    if not 1 <= number <= -(-count // SITES_A_PAGE):
        return ""
    return choice.address(language, page=number)


def party_links(counts: Counter[Party], choice: Choice, language: Language) -> list[PartyLink]:
    """One link for everybody who can answer something, after one for all of them."""
    everybody = "Alla" if language == "sv" else "Everybody"
    return [
        PartyLink(everybody, choice.address(language), counts.total(), choice.party is None),
        *(
            PartyLink(
                label.in_language(language),
                choice.address(language, who=party),
                counts[party],
                choice.party == party,
            )
            for party, label in PARTIES.items()
            if counts[party] or choice.party == party
        ),
    ]


def own_figures(row: Row, language: Language) -> list[OwnFigure]:
    found = [
        OwnFigure(
            definition.name.in_language(language),
            row.numbers[definition.key],
            row.change(definition.key),
            "%",
            row.numbers[definition.key],
        )
        for definition in (means.COMPLETENESS, means.VERIFIED)
    ]
    now, then = planned(row.numbers), planned(row.before)
    label = "Platser med mognad 3 eller mer" if language == "sv" else "Sites at readiness 3 or more"
    return [OwnFigure(label, now, now - then, ""), *found]


def planned(numbers: Mapping[str, float | None]) -> float:
    return sum(numbers[key] or 0 for key in READINESS_KEYS[PLANNED + 1 :])
