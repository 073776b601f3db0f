"""A municipality's sites, and its profile, as cards: what stands there, and how much of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.completeness import Count
from catalogue.fields import MEASURED_THEMES, PROFILE, SITE, THEMES
from catalogue.maps.thumbnails import Thumbnail
from catalogue.municipalities import Municipality
from catalogue.next_steps import stale
from catalogue.profile_sections import SECTIONS, profile_counts
from catalogue.publishing import lacking
from catalogue.rules import Rules
from catalogue.site import Site
from frontend.formats import age_text, date_text
from frontend.profile_links import section_address
from frontend.rendering import address, swedish_day
from frontend.site_form_parts import OUTLINE, STATUS_TONES, site_path
from geo.texts import Language, Text


@dataclass(frozen=True, kw_only=True)
class Share:
    """How much of a theme, or of a part of the profile, is filled in."""

    label: Text
    href: str
    percent: int


@dataclass(frozen=True, kw_only=True)
class SiteCard:
    name: str
    reference: str
    href: str
    outline_href: str
    picture: Thumbnail | None
    status: Text
    tone: str
    level: int | None
    percent: int
    themes: Sequence[Share]
    waiting: str
    """How many answers are awaited, from whom and since when; empty where none is."""
    stale: int
    needed: int
    changed: str
    changed_by: str


@dataclass(frozen=True, kw_only=True)
class ProfileCard:
    href: str
    percent: int
    sections: Sequence[Share]
    waiting: str
    stale: int
    swot_on: str
    """The day of the SWOT; empty where there is none."""


def site_card(
    site: Site,
    picture: Thumbnail | None,
    people: Mapping[str, str],
    rules: Rules,
    language: Language,
) -> SiteCard:
    """`people` are names by e-mail address."""
    counts = site.completeness
    return SiteCard(
        name=site.name(language),
        reference=site.reference,
        href=address(language, site_path(site.reference)),
        outline_href=address(language, site_path(site.reference), theme=OUTLINE),
        picture=picture,
        status=SITE["status"].code_label(site.status),
        tone=STATUS_TONES[site.status],
        level=site.readiness.level,
        percent=rules.weights.percent(counts),
        themes=[
            Share(
                label=THEMES[theme],
                href=address(language, site_path(site.reference), theme=theme),
                percent=rules.weights.percent(counts, theme),
            )
            for theme in MEASURED_THEMES
        ],
        waiting=waiting(site, rules, language),
        stale=len(stale(site, SITE, rules)),
        needed=len(lacking(site)) if site.status in ("draft", "in_review") else 0,
        changed=age_text(swedish_day(site.updated_at), rules.today, language)
        if site.updated_at
        else "",
        changed_by=people.get(site.updated_by, site.updated_by),
    )


def profile_card(profile: Municipality, rules: Rules, language: Language) -> ProfileCard:
    counts = profile_counts(profile.values, profile.provenance)
    swot_on = profile.values.get("swot_date")
    return ProfileCard(
        href=section_address(language, profile.code, next(iter(SECTIONS))),
        percent=sum(counts.values(), Count()).percent,
        sections=[
            Share(
                label=label,
                href=section_address(language, profile.code, section),
                percent=counts[section].percent,
            )
            for section, (label, _) in SECTIONS.items()
        ],
        waiting=waiting(profile, rules, language),
        stale=len(stale(profile, PROFILE, rules)),
        swot_on=date_text(swot_on, language) if isinstance(swot_on, date) else "",
    )


def waiting(about: Site | Municipality, rules: Rules, language: Language) -> str:
    """`3 väntar på svar. Ellevio fick frågan för 57 dagar sedan.`: the one asked longest ago."""
    asked = [one for one in about.provenance.values() if one.state == "unknown"]
    if not asked:
        return ""
    count = Text("{n} väntar på svar", "{n} awaiting an answer").format(n=len(asked))
    dated = [(one.asked_on, one.asked) for one in asked if one.asked_on is not None]
    if not dated:
        return count.in_language(language)
    day, who = min(dated)
    longest = Text("{count}. {who} fick frågan {age}.", "{count}. {who} was asked {age}.")
    said = longest.format(count=count, who=who, age=age_text(day, rules.today, language))
    return said.in_language(language)
