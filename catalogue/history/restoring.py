"""An earlier version made to hold again: as a new version, under the rules of any other save."""

from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from catalogue import municipalities, sites
from catalogue.changes import Changes, Entry
from catalogue.database import Actor, because
from catalogue.errors import Fault, Invalid, NoSuchVersion, NothingToRestore, ReasonMissing
from catalogue.fields import PROFILE, SITE, Field
from catalogue.forms.forms import Described
from catalogue.history import history
from catalogue.history.differences import Side, differences
from catalogue.municipalities import Municipality
from catalogue.provenance import Provenance
from catalogue.rules import Rules
from catalogue.sites import Saved
from geo.outlines import Outline
from geo.texts import Text

OUTLINE = "outline"
RESTORED = "Återställt från version {number}: {reason}"
"""In Swedish whoever restores, since a reason is one text for all its readers."""


def restore_site(
    session: Session,
    actor: Actor,
    reference: str,
    number: int,
    reason: str,
    rules: Rules,
    *,
    expected_version: int,
    keys: Collection[str] | None = None,
) -> Saved:
    """The site with its values and outline, or those of `keys`, as that version had them.

    The status stays. Raises `NoSuchVersion`, `NothingToRestore`, `ReasonMissing` and whatever
    `sites.change` does.
    """
    now = sites.find_to_write(session, actor, reference)
    then = history.at_version(session, reference, number)
    if then is None:
        raise NoSuchVersion(number)
    refuse_unknown(keys, {*SITE})
    changes = changes_back(SITE, now, then, keys)
    if then.outline != now.outline and (keys is None or OUTLINE in keys):
        outline = Outline(then.outline) if then.outline else None
        changes = Changes(changes.entries, outline, outline is None)
    if not changes.keys:
        raise NothingToRestore(number)
    because(session, in_words(number, reason))
    return sites.change(
        session, actor, reference, changes, rules, expected_version=expected_version
    )


def restore_profile(
    session: Session,
    actor: Actor,
    code: str,
    number: int,
    reason: str,
    rules: Rules,
    *,
    expected_version: int,
    keys: Collection[str] | None = None,
) -> Municipality:
    """The same for a municipality's profile; raises as `municipalities.change_profile` does."""
    now = municipalities.find(session, code)
    then = history.profile_at_version(session, code, number)
    if then is None:
        raise NoSuchVersion(number)
    refuse_unknown(keys, {*PROFILE})
    changes = changes_back(PROFILE, now, then, keys)
    if not changes.keys:
        raise NothingToRestore(number)
    because(session, in_words(number, reason))
    return municipalities.change_profile(
        session, actor, code, changes, rules, expected_version=expected_version
    )


def in_words(number: int, reason: str) -> str:
    reason = " ".join(reason.split())
    if not reason:
        raise ReasonMissing(Text("Skriv varför du återställer.", "Say why you restore it."))
    return RESTORED.format(number=number, reason=reason)


def refuse_unknown(keys: Collection[str] | None, known: Collection[str]) -> None:
    strange = sorted(set(keys or ()) - set(known))
    if strange:
        text = Text("Fältet finns inte.", "There is no such field.")
        raise Invalid([Fault(key[:60], text) for key in strange])


def changes_back(
    fields: Mapping[str, Field], now: Described, then: Described, keys: Collection[str] | None
) -> Changes:
    """What must change for the fields to be as they were, their sources and dates with them."""
    return Changes(
        {
            one.key: entry(one.new)
            for one in differences(fields, now, then)
            if keys is None or one.key in keys
        }
    )


def entry(side: Side) -> Entry | None:
    if side == Side():
        return None
    return Entry(side.value, side.provenance or Provenance())
