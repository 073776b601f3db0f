"""A submitted form made into a save: nothing that somebody else wrote meanwhile is overwritten."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import shapely
from sqlalchemy.orm import Session

from catalogue import municipalities, sites
from catalogue.changes import Changes, Entry, read_changes
from catalogue.checks import Subject, check
from catalogue.database import Actor
from catalogue.errors import Changed, Fault, Invalid
from catalogue.fields import PROFILE, SITE, Field
from catalogue.forms.forms import Described, Submitted, read_form
from catalogue.forms.merging import Merge, three_way
from catalogue.history import history
from catalogue.history.differences import Side, side
from catalogue.municipalities import Municipality
from catalogue.provenance import Provenance
from catalogue.rules import Rules
from catalogue.site import Site
from catalogue.sites import Saved
from geo.outlines import Outline

SAME_PLACE_M = 0.15
"""Corners this close are the same: degrees with six decimals are exact to a decimetre."""


class Overtaken(Changed):
    """Somebody saved in between; carries what they left and what this person wanted to change."""

    def __init__(
        self,
        before: Site | Municipality | None,
        now: Site | Municipality,
        changes: Changes,
        changed_by: str = "",
    ) -> None:
        name = now.reference if isinstance(now, Site) else now.name
        super().__init__(name, now.version, changed_by)
        self.before = before
        """What both began from; None where that version is not known."""
        self.now = now
        self.changes = changes

    def merge(self, fields: Mapping[str, Field]) -> Merge:
        """Who changed which fields; all of this person's are in doubt where `before` is unknown."""
        mine = frozenset(self.changes.entries)
        if self.before is None:
            return Merge(frozenset(), frozenset(), mine)
        before, now = all_sides(fields, self.before), all_sides(fields, self.now)
        changed = {key: entry_side(entry) for key, entry in self.changes.entries.items()}
        return three_way(before, before | changed, now)


def all_sides(fields: Mapping[str, Field], described: Described) -> dict[str, Side]:
    """The fields that people fill in."""
    return {
        key: side(described, key)
        for key, field in fields.items()
        if not field.computed and not field.structural
    }


def entry_side(entry: Entry | None) -> Side:
    return Side() if entry is None else Side(entry.value, entry.provenance)


def save_site(
    session: Session, actor: Actor, reference: str, sent: Submitted, rules: Rules
) -> Saved | None:
    """The site after the save, or None when nothing was changed.

    Raises `Invalid`, with faults that name controls, and `Overtaken` when somebody saved in
    between and the form still has something of its own to say.
    """
    site = sites.find(session, reference)
    before = None
    if sent.version != site.version:
        before = history.at_version(session, reference, sent.version)
    changes = unsaved(read(sent, SITE, before or site, rules.today), site)
    if not changes.entries:
        return None
    if sent.version != site.version and not only_files_differ(SITE, before, site):
        raise Overtaken(before, site, changes, site.updated_by)
    return sites.change(session, actor, reference, changes, rules, expected_version=site.version)


def only_files_differ(
    fields: Mapping[str, Field],
    before: Site | Municipality | None,
    now: Site | Municipality,
) -> bool:
    """Whether nothing but photos and documents came in between, which no form of fields touches."""
    if before is None or all_sides(fields, before) != all_sides(fields, now):
        return False
    if isinstance(before, Site) and isinstance(now, Site):
        return (before.status, before.outline) == (now.status, now.outline)
    return True


def save_outline(
    session: Session,
    actor: Actor,
    site: Site,
    outline: Outline,
    rules: Rules,
    *,
    expected_version: int,
) -> Saved | None:
    """The site with the outline, or None when it has it already; raises as `save_site` does."""
    if site.outline is not None and is_same(site.outline, outline):
        return None
    changes = Changes(outline=outline)
    if expected_version != site.version:
        then = history.at_version(session, site.reference, expected_version)
        # What others did to other fields is no conflict: it stays as they left it.
        if then is None or then.outline != site.outline:
            raise Overtaken(then, site, changes, site.updated_by)
    return sites.change(
        session, actor, site.reference, changes, rules, expected_version=site.version
    )


def is_same(stored: shapely.MultiPolygon, drawn: Outline) -> bool:
    return bool(
        shapely.equals_exact(
            shapely.normalize(stored), shapely.normalize(drawn.shape), tolerance=SAME_PLACE_M
        )
    )


def save_profile(session: Session, actor: Actor, code: str, sent: Submitted, rules: Rules) -> bool:
    """Whether anything was changed; raises `Invalid` and `Overtaken` as `save_site` does."""
    profile = municipalities.find(session, code)
    before = None
    if sent.version != profile.version:
        before = history.profile_at_version(session, code, sent.version)
    changes = unsaved(read(sent, PROFILE, before or profile, rules.today), profile)
    if not changes.entries:
        return False
    if sent.version != profile.version and not only_files_differ(PROFILE, before, profile):
        raise Overtaken(before, profile, changes)
    municipalities.change_profile(
        session, actor, code, changes, rules, expected_version=profile.version
    )
    return True


def read(sent: Submitted, fields: Mapping[str, Field], before: Described, today: date) -> Changes:
    """What the person changed since `before`; raises `Invalid`."""
    reading = read_form(sent, fields, before, today)
    if reading.faults:
        raise Invalid(reading.faults)
    return read_changes(reading.patch, fields, today=today, kept=frozenset())


def unsaved(changes: Changes, now: Described) -> Changes:
    """Without what already stands there: the same form sent twice is no conflict."""
    entries = {key: entry for key, entry in changes.entries.items() if not stands(key, entry, now)}
    return replace(changes, entries=entries)


def stands(key: str, entry: Entry | None, now: Described) -> bool:
    behind = now.provenance.get(key)
    if entry is None:
        return key not in now.values and behind is None
    is_same_value = entry.value == now.values.get(key)
    return is_same_value and entry.provenance == unsigned(behind or Provenance())


def unsigned(behind: Provenance) -> Provenance:
    """Without who entered it, which the catalogue notes by itself."""
    return replace(behind, verified_by="", verified_on=None)


def warnings_of(session: Session, site: Site, keys: Sequence[str], rules: Rules) -> list[Fault]:
    """What the person who saved these keys should know about the values beside them."""
    subject = Subject(
        site.values,
        site.provenance,
        frozenset(keys),
        rules.today,
        frozenset(municipalities.names(session).values()),
        None if site.outline is None else site.outline.area / 10_000,
    )
    themes = {SITE[key].theme for key in keys}
    return [
        fault
        for fault in check(subject).warnings
        if fault.where == "outline" or SITE[fault.where].theme in themes
    ]
