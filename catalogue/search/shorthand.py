"""What the search form asks in its own words, spelled out as the filter's parameters."""

from collections.abc import Iterable, Mapping, Sequence

from catalogue.errors import BadParameters, Fault
from catalogue.search.filter_texts import BadText, near
from catalogue.search.places import Place, UnknownPlace, named, point

Pairs = list[tuple[str, str]]

VERIFIED: Mapping[str, str] = {"basis_min": "utility_written", "fresh": "true"}
"""What makes a value count as verified, as parameters of the filter."""
SHORTHAND = frozenset({"verified", "near_place", "near_km"})
"""The parameters that only the form has."""
USUAL_KM = "25"


def spelled_out(pairs: Iterable[tuple[str, str]], known: Sequence[Place]) -> Pairs:
    """The same question without shorthand; raises `BadParameters` for an unknown place.

    A place in the form takes the place of a point in the query.
    """
    given = list(pairs)
    in_form = {name: text.strip() for name, text in given if name in SHORTHAND}
    said: dict[str, str] = {}
    if in_form.get("verified") == "true":
        said |= VERIFIED
    if in_form.get("near_place"):
        said["near"] = near_text(in_form["near_place"], in_form.get("near_km") or USUAL_KM, known)
    replaced = {*said, *(("near",) if "near_place" in in_form else ())}
    return [
        (name, text) for name, text in given if name not in SHORTHAND and name not in replaced
    ] + list(said.items())


def near_text(place: str, km: str, known: Sequence[Place]) -> str:
    try:
        longitude, latitude = point(place, known)
    except UnknownPlace as refusal:
        raise BadParameters([Fault("near_place", refusal.text, in_parameter=True)]) from None
    text = f"{longitude},{latitude},{km.replace(',', '.')}"
    try:
        near(text)
    except BadText as refusal:
        raise BadParameters([Fault("near_km", refusal.text, in_parameter=True)]) from None
    return text


def in_short(
    texts: Mapping[str, Sequence[str]], known: Sequence[Place]
) -> dict[str, Sequence[str]]:
    """The parameters of a filter as the form shows them."""
    found = dict(texts)
    if all(list(texts.get(name, ())) == [text] for name, text in VERIFIED.items()):
        found = {name: some for name, some in found.items() if name not in VERIFIED}
        found["verified"] = ["true"]
    if "near" in found and "near_place" not in found:
        try:
            here = near(found["near"][0])
        except BadText:
            return found
        del found["near"]
        found["near_place"] = [
            named(here.longitude, here.latitude, known) or f"{here.latitude}, {here.longitude}"
        ]
        found["near_km"] = [f"{here.km:g}"]
    return found
