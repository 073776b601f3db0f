"""What the search form asks in its own words, spelled out as the filter's parameters."""

from collections.abc import Iterable, Mapping, Sequence

Pairs = list[tuple[str, str]]

VERIFIED: Mapping[str, str] = {"basis_min": "utility_written", "fresh": "true"}
"""What makes a value count as verified, as parameters of the filter."""
SHORTHAND = frozenset({"verified"})
"""The parameters that only the form has."""


def spelled_out(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """The same question without shorthand."""
    given = list(pairs)
    verified = ("verified", "true") in given
    found = [
        (name, text)
        for name, text in given
        if name not in SHORTHAND and not (verified and name in VERIFIED)
    ]
    return found + (list(VERIFIED.items()) if verified else [])


def in_short(texts: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """The parameters of a filter as the form shows them."""
    if any(list(texts.get(name, ())) != [text] for name, text in VERIFIED.items()):
        return dict(texts)
    rest = {name: some for name, some in texts.items() if name not in VERIFIED}
    return rest | {"verified": ["true"]}
