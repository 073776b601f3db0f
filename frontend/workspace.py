"""The workspace: what to do next, what waits for review, and the municipality's sites."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogue.completeness import Count, by_theme, completeness, total
from catalogue.database import Actor
from catalogue.fields import MEASURED_THEMES, SITE, THEMES
from catalogue.next_steps import NextStep, next_steps, stale
from catalogue.rules import Rules
from catalogue.site import Site
from catalogue.sites import lacking
from catalogue.transitions import PUBLISHERS
from frontend.formats import age_text
from frontend.rendering import Page, address, render, swedish_day
from frontend.site_form_parts import STATUS_TONES, field_address, site_path
from geo.texts import Language, Text

SHOWN_STEPS = 8
"""So many next steps are in sight; the rest open below them."""
MOST_STEPS = 60
SITES_A_PAGE = 24


@dataclass(frozen=True, kw_only=True)
class Todo:
    """One line of “do this next”."""

    field: Text
    site: str
    reference: str
    href: str
    reason: str
    why: Text
    who: Text
    waiting: str
    """Who was asked and how long ago, where an answer is awaited."""
    action: Text


@dataclass(frozen=True, kw_only=True)
class ThemeShare:
    label: Text
    href: str
    share: int


@dataclass(frozen=True, kw_only=True)
class SiteLine:
    """One site of the list."""

    name: str
    reference: str
    href: str
    status: Text
    tone: str
    level: int | None
    percent: int
    themes: Sequence[ThemeShare]
    stale: int
    needed: int
    changed: str
    changed_by: str


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which municipality's sites are shown, and among which the person may choose."""

    code: str
    names: Mapping[str, str]
    may_choose: bool
    number: int = 1
    """The page of the list of sites."""


ACTIONS: dict[str, Text] = {
    "publishing": Text("Fyll i", "Fill in"),
    "readiness": Text("Öppna", "Open"),
    "stale": Text("Bekräfta", "Confirm"),
    "gap": Text("Fyll i", "Fill in"),
}
REASONS: dict[str, Text] = {
    "publishing": Text("Hindrar publicering", "Blocks publishing"),
    "readiness": Text("Nästa mognadsnivå", "Next level of readiness"),
    "stale": Text("Inaktuell", "Stale"),
    "gap": Text("Saknas", "Missing"),
}
REASON_TONES = {"publishing": "danger", "readiness": "info", "stale": "warning", "gap": "plain"}


def workspace_page(
    page: Page, actor: Actor, sites: Sequence[Site], choice: Choice, rules: Rules
) -> str:
    language = page.language
    steps = [todo(step, rules, language) for step in next_steps(sites, rules, MOST_STEPS)]
    waiting = [one for one in sites if one.status == "in_review"]
    start = (choice.number - 1) * SITES_A_PAGE
    shown = sites[start : start + SITES_A_PAGE]
    return render(
        "workspace/index.html",
        page,
        choice=choice,
        municipality_name=choice.names.get(choice.code, choice.code),
        todos=steps[:SHOWN_STEPS],
        more_todos=steps[SHOWN_STEPS:],
        reasons=REASONS,
        reason_tones=REASON_TONES,
        waiting=[site_line(one, rules, language) for one in waiting],
        reviews=actor.role in PUBLISHERS,
        sites=[site_line(one, rules, language) for one in shown],
        first=start + 1,
        last=start + len(shown),
        total=len(sites),
        previous=turned(choice, -1, len(sites), language),
        next=turned(choice, 1, len(sites), language),
    )


def turned(choice: Choice, by: int, count: int, language: Language) -> str:
    """The address of a neighbouring page of the list; empty where there is none."""
    number = choice.number + by
    if not 1 <= number <= -(-count // SITES_A_PAGE):
        return ""
    code = choice.code if choice.may_choose else None
    return address(language, "/workspace", municipality=code, page=number)


def todo(step: NextStep, rules: Rules, language: Language) -> Todo:
    waiting = ""
    if step.asked is not None and step.asked.asked_on is not None:
        waiting = (
            Text("{who} fick frågan {age}", "{who} was asked {age}")
            .format(who=step.asked.asked, age=age_text(step.asked.asked_on, rules.today, language))
            .in_language(language)
        )
    return Todo(
        field=step.field.label,
        site=step.site.name(language),
        reference=step.site.reference,
        href=field_address(language, step.site.reference, step.key),
        reason=step.reason,
        why=step.why,
        who=step.who,
        waiting=waiting,
        action=Text("Följ upp", "Follow up") if waiting else ACTIONS[step.reason],
    )


def site_line(site: Site, rules: Rules, language: Language) -> SiteLine:
    counts = completeness(site.values, site.provenance)
    themes = by_theme(counts)
    return SiteLine(
        name=site.name(language),
        reference=site.reference,
        href=address(language, site_path(site.reference)),
        status=SITE["status"].code_label(site.status),
        tone=STATUS_TONES[site.status],
        level=site.readiness.level,
        percent=total(counts).percent,
        themes=[
            ThemeShare(
                label=THEMES[theme],
                href=address(language, site_path(site.reference), theme=theme),
                share=themes.get(theme, Count()).percent,
            )
            for theme in MEASURED_THEMES
        ],
        stale=len(stale(site, rules)),
        needed=len(lacking(site)) if site.status in ("draft", "in_review") else 0,
        changed=age_text(swedish_day(site.updated_at), rules.today, language)
        if site.updated_at
        else "",
        changed_by=site.updated_by,
    )
