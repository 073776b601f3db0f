"""The addresses of the form of a municipality's profile, its parts and its fields."""

from catalogue.profile_sections import section_of
from frontend.rendering import address
from geo.texts import Language

PROFILE_PATH = "/workspace/profile"
FILES = "files"
"""The part of the form where photos and documents are uploaded."""


def section_address(language: Language, code: str, section: str) -> str:
    return address(language, PROFILE_PATH, theme=section, municipality=code)


def field_address(language: Language, code: str, key: str) -> str:
    """The very control where a field of the profile is filled in."""
    return f"{section_address(language, code, section_of(key))}#{key}"
