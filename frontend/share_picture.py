"""The picture that a link to a site is shown with: its name, its key facts and its map."""

from frontend.fact_sheet import SheetSeen, key_told, words_told
from frontend.site_page import name_of
from frontend.site_page_strip import strip
from frontend.typesetting import Document
from geo.texts import Language

WIDTH, HEIGHT = 1_200, 630
MAP_WIDTH = 720
MOST_FACTS = 4


def share_picture(seen: SheetSeen, language: Language, site_map: bytes) -> Document:
    """The map is `MAP_WIDTH` by `HEIGHT`."""
    told = seen.told(language)
    return Document(
        template="share_picture.typ",
        said={
            "language": language,
            "name": words_told(name_of(told)),
            "reference": told.said["reference"],
            "municipality_name": told.said["municipality_name"],
            "is_example": told.said["is_example"],
            "facts": [key_told(fact, language) for fact in strip(told)[:MOST_FACTS]],
        },
        pictures={"map.svg": site_map},
    )
