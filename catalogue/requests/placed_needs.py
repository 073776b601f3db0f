"""Needs that are a place: in a municipality, or within so many kilometres of a town."""

import re

from catalogue.requests.drafts import Draft
from catalogue.requests.importance import clause
from catalogue.requests.leftovers import NOT_SURE
from catalogue.requests.measured_words import MEASURED
from catalogue.requests.nearest_words import FARTHEST, Hit, cost
from catalogue.requests.quantities import Quantity
from catalogue.requests.units import converted
from catalogue.requests.vocabulary import words
from catalogue.search.filter_texts import plain
from geo.texts import Text

BEFORE = re.compile(
    r"\b(?:in|i|within|inom|of|prefer|föredrar|consider|tittar på|look(?:ing)? at|kommunerna)(?: the)?(?: municipality of| kommunen)? $"
    r"|\b(?:municipalit(?:y|ies)|kommun(?:er)?|locations?|ort(?:er)?|läge)(?: of interest| av intresse)?(?::| [|]) $",
    re.IGNORECASE,
)
AND_ON = re.compile(
    r"(?: kommun| municipality)?(?:, | or | and | eller | el\. | och |/| och/eller )$",
    re.IGNORECASE,
)
WHERE = words(
    r"sites?|plots?|land|locat\w+|municipalit\w+|prefer\w*|consider\w*|look(?:ing|s)?|search\w*|within|need\w*|want\w*|"
    r"plats\w*|tomt\w*|mark\w*|läge\w*|ligga|ligger|kommun\w*|etabler\w+|söker|letar|tittar\w*|föredr\w+|helst|gärna|"
    r"kan tänka|ort(?:er)?|vill|behöver|har (?:ni|du)|do you have|placer\w+"
)
VAGUE = re.compile(
    r"\b(?:between|mellan|near|nära|around|kring|runt|close to|outside|utanför|vid) $",
    re.IGNORECASE,
)
AREA = re.compile(r"-?(?:området|trakten|regionen)\b| (?:area|region)\b", re.IGNORECASE)
AREA_KM = 30
"""How far the area of a town reaches, where a client says no more than “the Gävle area”."""
HOW_FAR = Text("Ange hur långt bort platsen får ligga.", "Say how far from there it may be.")
ANY_NEED = MEASURED[0]


def near_towns(draft: Draft) -> None:
    """`within 20 km of Söderhamn`; runs before distances, whose words may stand farther away."""
    for one in draft.quantities:
        if one.unit.dimension != "length" or not draft.is_free(one.start, one.end):
            continue
        town = nearest_town(draft, one)
        if town is None:
            continue
        name, start, end = town
        longitude, latitude = draft.places.points[name]
        km = converted(one.high, one.unit, "km")
        value = f"{plain(longitude)},{plain(latitude)},{plain(km)}"
        draft.add("near", "is", value, (one.start, one.end), (start, end))


def nearest_town(draft: Draft, one: Quantity) -> tuple[str, int, int] | None:
    """A town that stands after “of”, or else before the distance and closer than any other need."""
    best: tuple[int, str, int, int] | None = None
    for hit in draft.places.pattern.finditer(draft.text):
        name = hit["name"].casefold()
        if name not in draft.places.points or not draft.is_free(*hit.span()):
            continue
        far = cost(draft, one, Hit(hit.start(), hit.end(), ANY_NEED))
        if far <= FARTHEST and (best is None or far < best[0]):
            best = (far, name, hit.start(), hit.end())
    if best is None:
        return None
    rivals = [
        cost(draft, one, Hit(hit.start(), hit.end(), need))
        for need in MEASURED
        if need.key.startswith("distance_")
        for hit in need.pattern.finditer(draft.text)
        if draft.is_free(*hit.span())
    ]
    is_port_of_town = any(
        need.pattern.match(draft.text, best[3] + 1)
        for need in MEASURED
        if need.key.startswith("distance_")
    )
    if is_port_of_town or (rivals and min(rivals) <= best[0]):
        return None
    return best[1:]


def named_places(draft: Draft) -> None:
    """`in Söderhamn or Hudiksvall`, `i Hälsingland`, `in the Gävle area`."""
    codes: list[str] = []
    spans: list[tuple[int, int]] = []
    reached = -1
    for hit in draft.places.pattern.finditer(draft.text):
        if not draft.is_free(*hit.span()):
            continue
        name = hit["name"].casefold()
        before = draft.text[: hit.start()][-30:]
        is_next = bool(spans) and AND_ON.fullmatch(draft.text[reached : hit.start()])
        if AREA.match(draft.text, hit.end()) and name in draft.places.points:
            longitude, latitude = draft.places.points[name]
            value = f"{plain(longitude)},{plain(latitude)},{AREA_KM}"
            draft.add("near", "is", value, hit.span())
        elif (
            BEFORE.search(before) or is_next or is_only_places(draft, hit.start())
        ) and name in draft.places.codes:
            codes.extend(draft.places.codes[name])
            spans.append(hit.span())
            reached = hit.end()
        elif VAGUE.search(before) or is_about_place(draft):
            draft.leave(hit.span(), HOW_FAR, "near")
    if codes and not is_about_place(draft):
        draft.leave((spans[0][0], spans[-1][1]), NOT_SURE, "municipality")
    elif codes:
        draft.add("municipality", "any_of", tuple(dict.fromkeys(codes)), *spans)


def is_only_places(draft: Draft, place: int) -> bool:
    """`25 ha for logistics, Gävle or Söderhamn`: a clause of names and no more."""
    words = draft.text[slice(*clause(draft.text, place))].strip(" .:")
    rest = draft.places.pattern.sub("", words)
    return re.sub(r"\b(?:or|and|eller|och|el)\b|[ ,/]", "", rest) == ""


def is_about_place(draft: Draft) -> bool:
    """Whether a sentence that names a municipality speaks of where the site is: “nice to have met in
    Gävle” does not."""
    return bool(draft.sentence.is_item or draft.found or WHERE.search(draft.text))
