"""The sentences of progress as they stand on its page, each leading to where its figure stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.progress import sentences as written
from catalogue.progress.progress import Progress, Row
from catalogue.progress.sentences import Sentence
from geo.texts import Language

SECTIONS: dict[str, str] = {
    "sites": "status",
    "sites_published": "status",
    "readiness_3": "status",
    "completeness": "completeness",
    "verified_pct": "trust",
    "stale_values": "trust",
    "area_net_ha": "supply",
    "power_firm_mw_now": "power",
    "drinking_water_confirmed_m3_day": "supply",
    "area_net_available_ha": "supply",
    "sites_expected": "status",
    "enquiries": "enquiries",
    "rfi_received": "requests",
    "anchored_decision": "anchoring",
    "meetings_attended": "anchoring",
    "questions_open": "questions",
    "hours": "hours",
}
"""Where on the page a sentence's first figure stands."""


@dataclass(frozen=True)
class LinkedSentence:
    text: str
    href: str


def sentences(progress: Progress, row: Row, language: Language) -> list[LinkedSentence]:
    """The state of a municipality, or of all, in the order of a report."""
    return linked(written.sentences(progress, row), language)


def linked(chosen: Sequence[Sentence], language: Language, page: str = "") -> list[LinkedSentence]:
    """Each with the place of its first figure, on the page given or on the same one."""
    return [
        LinkedSentence(one.text.in_language(language), f"{page}#{SECTIONS[one.keys[0]]}")
        for one in chosen
    ]
