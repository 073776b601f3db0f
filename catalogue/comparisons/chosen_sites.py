"""Which sites are to be compared: read from an address, fetched in one question, faults told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from catalogue import municipalities
from catalogue.comparisons.comparison import Comparison, compare
from catalogue.database import Audience
from catalogue.errors import Fault
from catalogue.listing import LISTINGS
from catalogue.search import queries
from geo.texts import Text

MOST = 6
"""More columns than this nobody takes in at once."""
MOST_LISTED = 40
"""So many sites a shortlist may hold."""
Json = Mapping[str, Any]
"""GeoJSON as the read side writes it; Any: JSON."""


@dataclass(frozen=True)
class Chosen:
    """The sites that there are, in the order asked for, and why others were left out."""

    features: Sequence[Json]
    faults: Sequence[Fault]

    @property
    def references(self) -> list[str]:
        return [str(feature["id"]) for feature in self.features]


def read_references(given: Sequence[str]) -> list[str]:
    """References repeated or between commas, in one way of writing; twice stays twice."""
    parts = (part.strip().upper() for text in given for part in text.split(","))
    return [part for part in parts if part]


def choose(session: Session, given: Sequence[str], audience: Audience, most: int = MOST) -> Chosen:
    """The sites of these references as an audience may see them, each once and at most so many."""
    references = read_references(given)
    wanted = list(dict.fromkeys(references))[: most + MOST_LISTED]
    found = details(session, wanted, LISTINGS[audience])
    features = [found[reference] for reference in wanted if reference in found]
    faults = [missing(reference) for reference in wanted if reference not in found]
    faults += [fault(TWICE.format(reference=one[:40])) for one in repeated(references)]
    if len(features) > most:
        left = ", ".join(str(feature["id"]) for feature in features[most:])
        faults.append(fault(TOO_MANY.format(most=str(most), left=left)))
    return Chosen(features[:most], faults)


def side_by_side(session: Session, features: Sequence[Json], audience: Audience) -> Comparison:
    """The sites beside each other, with what their municipalities say."""
    profiles = {
        profile["code"]: profile
        for profile in map(orjson.loads, municipalities.profiles(session, audience))
    }
    codes = [feature["properties"]["municipality"] for feature in features]
    return compare(features, [profiles[code] for code in codes], audience)


def repeated(references: Sequence[str]) -> list[str]:
    return [one for one in dict.fromkeys(references) if references.count(one) > 1]


def details(session: Session, references: Sequence[str], table: Table) -> dict[str, Json]:
    """Everything the audience may know of each listed site, by reference."""
    rows = session.execute(
        select(table.c.reference, queries.whole(table)).where(table.c.reference.in_(references))
    )
    return {reference: orjson.loads(detail + "}}") for reference, detail in rows}


def missing(reference: str) -> Fault:
    return fault(MISSING.format(reference=reference[:40]))


def fault(text: Text) -> Fault:
    return Fault("reference", text, in_parameter=True)


MISSING = Text(
    "{reference} finns inte i katalogen, eller visas inte längre. Kontrollera beteckningen.",
    "{reference} is not in the catalogue, or is no longer shown. Check the reference.",
)
TWICE = Text(
    "{reference} stod med två gånger och visas en gång.",
    "{reference} was given twice and is shown once.",
)
TOO_MANY = Text(
    "Högst {most} platser får plats bredvid varandra. {left} är inte med: ta bort någon annan först.",
    "At most {most} sites fit beside each other. {left} is left out: remove another first.",
)
