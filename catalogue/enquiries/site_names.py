"""What the sites of an enquiry are called, in each reader's language."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.enquiries.enquiries import Enquiry
from catalogue.tables import listing_public as listing
from geo.texts import Language

EnglishNames = Mapping[str, str]
"""By reference, of the listed sites that have one."""


def english_names(session: Session, parts: Sequence[Enquiry]) -> EnglishNames:
    references = {reference for one in parts for reference in one.sites}
    rows = session.execute(
        select(listing.c.reference, listing.c.name_en).where(listing.c.reference.in_(references))
    )
    return {row.reference: row.name_en for row in rows if row.name_en}


def names_of(one: Enquiry, names: EnglishNames, language: Language) -> list[str]:
    """In Swedish as the sites were called when the enquiry came; in English as they are now."""
    if language == "sv":
        return list(one.site_names)
    return [
        names.get(reference, name)
        for name, reference in zip(one.site_names, one.sites, strict=True)
    ]
