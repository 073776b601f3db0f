"""Headings and openings that turn what stands below them: what a site falls on, who the client is."""

import re
from typing import Literal

from catalogue.requests.vocabulary import words

Scope = Literal["", "excluding", "about_client", "not_needed"]
EXCLUDES = words(
    r"(?:is|are|be|gets?) (?:automatically )?(?:excluded|rejected|eliminated|ruled out|disqualified|"
    r"screened out|dropped)|(?:we|will|to) (?:reject|exclude|eliminate|rule out|screen out|drop)|"
    r"exclusion criteria|rules? (?:a site |it |a place )?out|(?:exclusions|disqualifiers|deal[- ]?breakers|red flags|no-?gos?)|"
    r"(?:sorterar|sållar|väljer|gallrar) (?:vi )?bort|(?:sorteras|sållas|väljs|gallras) bort|faller bort|"
    r"(?:vi )?(?:ratar|utesluter)|(?:ratas|utesluts|diskvalificeras)|uteslutningskriteri\w+|"
    r"avslagskriteri\w+|diskvalificerande"
)
OPENS_A_LIST = re.compile(
    r"(?::|\b(?:som|if|that|which|where|med|with|om|when|when they))$", re.IGNORECASE
)
ABOUT_CLIENT = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})?[.)]? )?(?:(?:company |client |project )?background|(?:kund|projekt|bolags)?bakgrund|"
    r"about (?:us|the (?:client|company|investor|group))|om (?:oss|bolaget|företaget|kunden|koncernen|"
    r"beställaren|investeraren)|(?:company|client|investor) (?:profile|facts?|information|presentation)|"
    r"the (?:client|company|investor)|(?:allmänna )?upplysningar|(?:företags|kund|bolags)(?:fakta|presentation)|"
    r"introduction|inledning|info(?:rmation)?(?: only)?|facts?|fakta|who we are|vilka vi är)",
    re.IGNORECASE,
)
PLAIN_HEADING = re.compile(
    r"\d{1,2}(?:\.\d{1,2})?[.)]? (?:(?:site |location )?criteria|requirements?|needs|time ?(?:line|table|plan)|schedule|"
    r"scope|summary|general|(?:lokaliserings)?kriterier|krav(?:bild)?|behov|tidplan|tidsplan|omfattning|"
    r"sammanfattning|allmänt|övrigt|other)",
    re.IGNORECASE,
)
"""`2 Kriterier`: a numbered heading that names nothing by itself."""


NOT_NEEDED = re.compile(
    r"(?:not|no longer|ej|inte|icke) (?:relevant\w*|needed|required|nödvändig\w*|aktuell\w*|aktuellt)|"
    r"behövs (?:inte|ej)|krävs (?:inte|ej)|irrelevant|out of scope|saknar betydelse|utan betydelse",
    re.IGNORECASE,
)


def scope_of(heading: str) -> Scope:
    """Of a heading, or of a line that opens a list."""
    bare = heading.strip(" :.?")
    if ABOUT_CLIENT.fullmatch(bare):
        return "about_client"
    if NOT_NEEDED.fullmatch(bare):
        return "not_needed"
    return "excluding" if EXCLUDES.search(bare) else ""


def is_titled(line: str) -> bool:
    """Whether a line is a heading by its words alone."""
    bare = line.strip(" :.")
    return bool(ABOUT_CLIENT.fullmatch(bare) or PLAIN_HEADING.fullmatch(bare))


def opens_exclusions(line: str) -> bool:
    """`We rule out sites that`, `A site is excluded if any of these apply:`."""
    return OPENS_A_LIST.search(line.strip()) is not None and EXCLUDES.search(line) is not None
