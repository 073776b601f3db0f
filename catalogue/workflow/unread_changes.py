"""What somebody alone has changed on a site that is shown, and nobody else has read yet.

Where four eyes are asked for, such a change shows at once, since an old value does more harm than
a new one; another person reads it afterwards. Decision 0057 says which changes, and why.
"""

from collections.abc import Mapping, Sequence

from catalogue.database import OPERATOR, Actor
from catalogue.fields import SITE, SITE_FIELDS
from catalogue.rules import Rules
from catalogue.site import LISTED_STATUSES, Site
from geo.texts import Text

OUTLINE = "outline"
READ_KEYS: tuple[str, ...] = tuple(
    field.key
    for field in SITE_FIELDS
    if field.level == 1 and not field.computed and not field.structural
)
"""What a site is published on, and so what two people stand behind; the outline besides."""


def changed_keys(before: Site, after: Site) -> list[str]:
    """Those of `READ_KEYS`, and the outline, that say something else, or on other grounds."""
    changed = [
        key
        for key in READ_KEYS
        if before.values.get(key) != after.values.get(key)
        or before.provenance.get(key) != after.provenance.get(key)
    ]
    return [OUTLINE, *changed] if before.outline != after.outline else changed


def unread_after(
    before: Site, after: Site, actor: Actor, rules: Rules, *, by_two: bool = False
) -> Mapping[str, str]:
    """By key, who wrote it since somebody else read it: the address of the account.

    `by_two` is a change that two people stand behind already. Nothing waits where four eyes are
    not asked for, or on a site that nobody else sees.
    """
    if not rules.four_eyes or after.status not in LISTED_STATUSES:
        return {}
    changed = changed_keys(before, after)
    kept = {key: who for key, who in before.unread.items() if key not in changed}
    if by_two or actor == OPERATOR:
        return kept
    return kept | dict.fromkeys(changed, actor.email)


def to_read(site: Site, actor: Actor, rules: Rules) -> list[str]:
    """The keys that somebody else changed, in the registry's order: what this person may read."""
    if not rules.four_eyes:
        return []
    return [
        key for key in (OUTLINE, *READ_KEYS) if site.unread.get(key, actor.email) != actor.email
    ]


def labels(keys: Sequence[str]) -> list[Text]:
    return [SITE[key].label for key in keys]
