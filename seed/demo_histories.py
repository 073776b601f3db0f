"""The example sites as they stood after each save, from the first draft to today."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from sqlalchemy.orm import Session

from catalogue import listing, municipalities
from catalogue.completeness import Weights
from catalogue.fields import SITE
from catalogue.maps.reference_layers import current_layers
from catalogue.rules import Rules
from catalogue.site import Site, with_computed
from geo.layers import Layers
from seed.bulk_numbers import reserved_ids, reserved_numbers
from seed.demo_loading import load_history, past_writable
from seed.demo_people import contact, email, staff
from seed.demo_sites import ExampleSite, example_sites
from seed.demo_standing import dated
from seed.demo_stories import Step, story
from seed.demo_values import account

FIRST_DAY = date(2023, 10, 9)
KEPT_UP = 0.84
"""A site last worked on after this share of the time has been gone through as a whole."""


def add_example_sites(session: Session, rules: Rules) -> int:
    """The delivered sites with their history and their listing; how many there are."""
    layers = current_layers(session)
    chosen = list(example_sites(layers))
    ids = reserved_ids(session, len(chosen))
    codes = sorted({site.ground.code for site in chosen})
    first_numbers = {
        code: reserved_numbers(session, code, sum(site.ground.code == code for site in chosen))
        for code in codes
    }
    versions: list[tuple[Site, str]] = []
    for id, site in zip(ids, chosen, strict=True):
        number = first_numbers[site.ground.code] + site.number - 1
        empty = Site(
            id=id,
            reference=f"{rules.reference_prefix}-{site.ground.code}-{number:03d}",
            municipality=site.ground.code,
            status="draft",
            version=0,
            is_example=True,
            outline=site.outline,
            values={},
            provenance={},
        )
        versions.extend(history(site, empty, layers, rules.today))
    with past_writable(session):
        load_history(session, versions)
    latest = {site.reference: site for site, _ in versions}
    listing.write(session, list(latest.values()), municipalities.names(session), rules)
    return len(chosen)


def history(
    site: ExampleSite, before: Site, layers: Layers, today: date
) -> Iterator[tuple[Site, str]]:
    """Each version and the reason for it."""
    random = Random(f"example {site.ground.code} {site.number}")
    people = staff(site.ground.code)
    answers = people.editor if random.random() < 0.7 else people.publisher
    now = account(site.ground, site.course.level, random, today)
    now.values.update(
        contact(answers, site.ground.domain),
        name_sv=site.ground.name.sv,
        name_en=site.ground.name.en,
        outline_precision=site.course.precision,
    )
    days = (today - FIRST_DAY).days
    span = (
        FIRST_DAY + timedelta(days=round(days * site.course.begun)),
        FIRST_DAY + timedelta(days=round(days * site.course.last)),
    )
    steps = story(site, now, random, span)
    for step in steps:
        before = after(before, step, site, random)
        if step is steps[-1] and site.course.last >= KEPT_UP:
            before = gone_through(before, step.at.date(), random)
        before = with_computed(before, layers, step.at.date(), Weights())
        yield before, step.reason


def gone_through(site: Site, day: date, random: Random) -> Site:
    """Most of what the municipality said before, found to hold still."""
    provenance = {
        key: replace(
            behind, as_of=max(behind.as_of, day - timedelta(days=int(30 * random.random())))
        )
        if behind.as_of and random.random() < 0.85
        else behind
        for key, behind in site.provenance.items()
    }
    return replace(site, provenance=provenance)


def after(before: Site, step: Step, site: ExampleSite, random: Random) -> Site:
    """The site with the step taken; what it says is from that day or some days before."""
    people = staff(site.ground.code)
    actor = people.publisher if step.role == "publisher" else people.editor
    values, provenance = dict(before.values), dict(before.provenance)
    for key, (value, standing) in step.told.items():
        values.pop(key, None)
        provenance.pop(key, None)
        if value is not None:
            values[key] = value
        if standing is not None and SITE[key].factual:
            said_on = step.at.date() - timedelta(days=int(14 * random.random()))
            provenance[key] = dated(standing, said_on, actor.name)
    published_now = step.status == "published" and before.published_at is None
    return replace(
        before,
        status=step.status,
        version=before.version + 1,
        created_at=before.created_at or step.at,
        updated_at=step.at,
        updated_by=email(step.role, site.ground.municipality),
        published_at=step.at if published_now else before.published_at,
        values=values,
        provenance=provenance,
    )
