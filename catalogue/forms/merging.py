"""Two people's changes to the same fields brought together: nobody's is lost unasked."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Merge:
    """The keys that were changed since both began, by who changed them."""

    mine: frozenset[str]
    theirs: frozenset[str]
    both: frozenset[str]
    """Differently by each: somebody must choose."""


def three_way(
    before: Mapping[str, object], mine: Mapping[str, object], theirs: Mapping[str, object]
) -> Merge:
    """What each made of `before`; a key that is not there is an empty field.

    A change that both made alike is theirs, since it is saved already.
    """
    keys = before.keys() | mine.keys() | theirs.keys()
    by_me = {key for key in keys if mine.get(key) != before.get(key)}
    by_them = {key for key in keys if theirs.get(key) != before.get(key)}
    alike = {key for key in by_me & by_them if mine.get(key) == theirs.get(key)}
    return Merge(
        mine=frozenset(by_me - by_them),
        theirs=frozenset(by_them - by_me | alike),
        both=frozenset(by_me & by_them - alike),
    )
