"""The page of one site: what is known and how surely, what is not, and whom to call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from catalogue.database import Audience
from catalogue.fields import PROFILE, SITE
from frontend.maps import Backdrop, MapParts, site_map
from frontend.power_chart import power_chart
from frontend.rendering import Page, render
from frontend.site_page_contact import contact
from frontend.site_page_facts import Told, Words
from frontend.site_page_files import documents, photos
from frontend.site_page_gaps import chapters, gaps, kept_for_registered, levels, questions
from frontend.site_page_meta import meta
from frontend.site_page_near import named, near_sites
from frontend.site_page_places import lines_to, places
from frontend.site_page_strip import strip
from frontend.timeline import timeline
from geo.layers import Layers

MUNICIPALITY_KEYS = (
    "population", "working_age_pct", "unemployment_pct", "tertiary_pct", "plan_lead_months",
    "building_permit_lead_weeks", "fast_track", "tax_rate_pct",
)  # fmt: skip
"""What the site page says of its municipality; the rest stands on the municipality's own page."""
STATUS_TONES = {"published": "success", "reserved": "warning", "established": "info"}


@dataclass(frozen=True, kw_only=True)
class SiteSeen:
    """One site as an audience may see it, and what its page says around it; Any: JSON."""

    feature: Mapping[str, Any]
    profile: Mapping[str, Any]
    """Of its municipality."""
    neighbours: Sequence[Mapping[str, Any]]
    """The other listed sites at its substation, as features."""
    near: Sequence[Mapping[str, Any]] = ()
    """The other listed sites not far away, as features."""
    audience: Audience
    may_edit: bool
    registered: frozenset[str] = frozenset()
    """The keys that the public is not shown."""
    layers: Layers
    backdrop: Backdrop
    today: date


def site_page(
    page: Page, seen: SiteSeen, template: str = "site/page.html", **values: object
) -> str:
    """The page; another template may extend its own, and is given `values` besides."""
    said, language = seen.feature["properties"], page.language
    told = Told(said, SITE, language, seen.today, seen.registered)
    municipality = Told(seen.profile, PROFILE, language, seen.today)
    name = name_of(told)
    subject = f"{said['reference']} {name.text}"
    themes, key_facts = chapters(told), strip(told)
    return render(
        template,
        page,
        **values,
        told=told,
        reference=said["reference"],
        name=name,
        description=told.words("description"),
        status=SITE["status"].code_label(said["status"]),
        status_tone=STATUS_TONES.get(said["status"], "plain"),
        contact=contact(said, subject) or contact(seen.profile, subject),
        strip=key_facts,
        meta=meta(page, told, name, key_facts, seen.feature["geometry"]),
        marks=told.marks(said["provenance"]),
        precision=precision(seen.feature),
        places=places(told),
        map=located(page, seen, told),
        power=power_chart(said, seen.today, language),
        power_fact=told.fact("power_timeline"),
        neighbours=[named(feature, language) for feature in seen.neighbours],
        near=near_sites(told, seen.feature, seen.near, seen.neighbours),
        timeline=timeline(told),
        chapters=themes,
        questions=questions(told),
        gaps=gaps(told, seen.audience),
        registered_only=kept_for_registered(told) if seen.audience == "public" else [],
        levels=levels(told),
        municipality=municipality,
        municipality_facts=[
            municipality.fact(key) for key in MUNICIPALITY_KEYS if municipality.text(key)
        ],
        documents=documents(told),
        photos=photos(told),
        updated=datetime.fromisoformat(said["updated_at"]),
        may_edit=seen.may_edit,
    )  # fmt: skip


def located(page: Page, seen: SiteSeen, told: Told) -> MapParts | None:
    """The site on its map; None for a draft that was never drawn."""
    geometry = seen.feature["geometry"]
    if geometry is None:
        return None
    return site_map(page, seen.backdrop, geometry, lines_to(told, geometry, seen.layers))


def precision(feature: Mapping[str, Any]) -> str:
    """How exactly the outline is shown; Any: GeoJSON."""
    if feature["geometry"] and feature["geometry"]["type"] == "Point":
        return "point_only"
    return str(feature["properties"].get("outline_precision", "exact"))


def name_of(told: Told) -> Words:
    """The name, or the reference of a site that has none."""
    return told.words("name") or Words(str(told.said["reference"]), told.language)
