"""The administrator's lists of words that a form suggests: grid owners, water utilities and so on."""

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from catalogue.tables import layer_feature, organisation, reference_word

Suggestions = dict[str, list[tuple[str, str]]]
"""By list: each word with a name for it, which is empty where the word speaks for itself."""


def suggestions(session: Session) -> Suggestions:
    """Every list in alphabetical order; a substation's code comes with its name."""
    substations = select(layer_feature.c.code, layer_feature.c.name).where(
        layer_feature.c.kind == "substation", layer_feature.c.code.is_not(None)
    )
    names = {code: name for code, name in session.execute(substations)}
    found: Suggestions = {}
    words = union_all(
        select(reference_word.c.list, reference_word.c.word),
        select(organisation.c.kind, organisation.c.name).where(~organisation.c.retired),
    )
    for kind, word in session.execute(words.order_by("list", "word")):
        name = names.get(word, "") if kind == "substations" else ""
        found.setdefault(kind, []).append((word, name))
    return found
