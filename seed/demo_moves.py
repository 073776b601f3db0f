"""Letters about all that some example sites lack for their next level, so that they are expected there."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import chain

from sqlalchemy import insert
from sqlalchemy.orm import Session

from catalogue import sites
from catalogue.fields import SITE
from catalogue.progress.known_sites import IS_KEPT, KNOWN
from catalogue.progress.progress_sites import KnownSite, sites_on
from catalogue.progress.ways import ways_ahead
from catalogue.questions.askable_fields import OF_SITE
from catalogue.questions.knowers import who_knows
from catalogue.questions.questions import entry_json, entry_of
from catalogue.rules import Rules
from catalogue.tables import question
from seed.demo_questions import Asked, letter

MOST = 4
ASKED_DAYS = (12, 19, 26, 40)
"""So long ago each was asked, which is late enough for an answer to be expected."""
DAYS_LEFT = (16, 11, 7, 3)


def add_moves(session: Session, names: Mapping[str, str], rules: Rules) -> int:
    """One letter in each of a few municipalities; how many."""
    near: dict[str, KnownSite] = {}
    for site in sites_on(session, rules.today, IS_KEPT & KNOWN.c.ways.is_not(None), names):
        if to_confirm(site):
            near.setdefault(site.municipality, site)
    chosen = list(near.values())[:MOST]
    for site, days, left in zip(chosen, ASKED_DAYS, DAYS_LEFT, strict=False):
        about, keys = sites.find(session, site.reference), to_confirm(site)
        who = who_knows(SITE[keys[0]], about.values).sv
        asked = Asked(about, who, rules.today - timedelta(days=days), keys)
        row = letter(asked, names[site.municipality], rules, days_left=left)
        row["were"] = {key: entry_json(entry_of(about, key)) for key in keys}
        session.execute(insert(question).values(row))
    return len(chosen)


def to_confirm(site: KnownSite) -> tuple[str, ...]:
    """Fields that are known, and whose answers would bring the site to its next level; none where
    no letter about them can. Others would have to say that they have been asked about.
    """
    missing = site.readiness.missing
    ways = ways_ahead(site.state, missing, has_outline=site.has_outline) or []
    known = {key for key in OF_SITE if site.said.get(key, {}).get("state") == "known"}
    wanted = [next((keys for keys in way["answers"] if set(keys) <= known), ()) for way in ways]
    return tuple(dict.fromkeys(chain(*wanted))) if all(wanted) else ()
