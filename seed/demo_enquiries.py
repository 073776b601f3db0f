"""Enquiries about the example sites: from several kinds of business, over the last two years."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from random import Random
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from catalogue.rules import SWEDEN, Rules
from catalogue.site import LISTED_STATUSES
from catalogue.tables import enquiry, site
from seed.demo_people import email, mailbox, person


class Written(NamedTuple):
    """One message and what came of it."""

    days_ago: int
    places: tuple[tuple[str, int], ...]
    """Municipality codes, and which of each one's listed sites."""
    sector: str
    size: str
    start_in: int
    """Years until they would begin."""
    answered_after: int | None
    """Days; None where nobody has answered yet."""
    organisation: str
    message: str
    language: str = "sv"


MESSAGES: tuple[Written, ...] = (
    Written(
        2, (("2182", 0),), "logistics", "10_50", 2, None, "Norrlinje Logistik AB",
        "Vi söker mark för en terminal på omkring 25 hektar. Hur ser tidplanen för detaljplanen "
        "ut, och går det att få ett industrispår in på området?",
    ),
    Written(
        9, (("2180", 0), ("2181", 0)), "data_centre", "10_50", 3, None, "Fjordlys Compute AS",
        "We are comparing sites for a 60 MW data centre. Could you tell us when the power can be "
        "connected, and whether there is a second feed?", "en",
    ),
    Written(
        16, (("2180", 1),), "battery", "50_100", 3, 2, "Vintergata Energilager AB",
        "Hur mycket fast effekt kan vi räkna med före 2029, och vem är vår kontakt hos nätägaren?",
    ),
    Written(
        38, (("2184", 0),), "wood_bio", "10_50", 2, 3, "Ljusnedals Limträ AB",
        "Vi vill bygga en limträfabrik nära råvaran. Är marken undersökt, och finns det plats för "
        "att växa åt norr?",
    ),
    Written(
        63, (("2161", 0),), "data_centre", "10_50", 2, 4, "Aurora Racks AB",
        "Finns svartfiber fram till området, och vilken svarstid har ni till Stockholm?",
    ),
    Written(
        97, (("2183", 0), ("2161", 0)), "hydrogen", "over_100", 4, 6, "Klarälv Vätgas AB",
        "Vi behöver upp till 150 MW och 3 000 kubikmeter processvatten om dygnet. Vilket av "
        "områdena klarar det först?",
    ),
    Written(
        148, (("2181", 0),), "heavy_industry", "10_50", 2, 1, "Stålhamra Precision AB",
        "Vi ser på tre platser i Mellansverige för en ny fabrik med 120 anställda. Vad kostar "
        "marken, och när kan vi få tillträde?",
    ),
    Written(
        210, (("2182", 0), ("2184", 0)), "battery", "over_100", 4, 5, "Nordic Cell Partners GmbH",
        "Please send us what you have on ground conditions and on the distance to the port.", "en",
    ),
    Written(
        282, (("2132", 0),), "energy_storage", "under_10", 1, 2, "Skärgårdens Sol & Lager AB",
        "Vi söker fyra hektar nära en station för ett batterilager på 20 MW.",
    ),
    Written(
        365, (("2101", 0),), "food", "under_10", 2, 3, "Havsgrönt Odling AB",
        "Finns det spillvärme på området, och hur mycket dricksvatten kan vi ta ut om dygnet?",
    ),
    Written(
        460, (("2104", 0),), "heavy_industry", "10_50", 2, 7, "Bergslagens Gjuteriteknik AB",
        "Vi vill ligga nära stålverket. Är området planlagt för störande verksamhet?",
    ),
    Written(
        590, (("2180", 0),), "logistics", "50_100", 3, 2, "Kuststråket Terminal AB",
        "Vi behöver 60 hektar med spår nära hamnen. Kan ni visa området för oss i nästa månad?",
    ),
)  # fmt: skip
HOUR = time(9, 40)
CLOSED_AFTER_DAYS = 45


def add_enquiries(session: Session, names: Mapping[str, str], rules: Rules) -> int:
    """A row for each municipality that a message went to; how many."""
    if session.scalars(select(func.count()).select_from(enquiry)).one():
        return 0
    listed = {code: some for code, some in listed_sites(session).items() if code in names}
    rows = [
        row
        for number, one in enumerate(MESSAGES, start=1)
        for row in parts_of(number, one, listed, names, rules)
    ]
    if rows:
        session.execute(insert(enquiry), rows)
    return len(rows)


def listed_sites(session: Session) -> dict[str, list[tuple[str, str]]]:
    """By municipality, the references and names that somebody may ask about."""
    found: dict[str, list[tuple[str, str]]] = {}
    statement = select(site.c.municipality, site.c.reference, site.c.name_sv).where(
        site.c.status.in_(sorted(LISTED_STATUSES))
    )
    for code, reference, name in session.execute(statement.order_by(site.c.reference)):
        found.setdefault(code, []).append((reference, name or reference))
    return found


def parts_of(
    number: int,
    one: Written,
    listed: Mapping[str, list[tuple[str, str]]],
    names: Mapping[str, str],
    rules: Rules,
) -> Iterator[dict[str, Any]]:
    """Nothing for a municipality without such a site. Any: columns differ in type."""
    random = Random(f"enquiry {number}")
    sender = person(random)
    day = rules.today - timedelta(days=one.days_ago)
    received = min(datetime.combine(day, HOUR, SWEDEN), rules.now())
    for code, place in one.places:
        some = listed.get(code, [])[place : place + 1]
        for reference, name in some:
            yield {
                "message_id": f"example-{number}",
                "municipality": code,
                "kind": "enquiry",
                "sites": [reference],
                "site_names": [name],
                "language": one.language,
                "name": sender.name,
                "organisation": one.organisation,
                "email": f"{mailbox(sender.name)}@foretag.example",
                "phone": sender.phone,
                "message": one.message,
                "sector": one.sector,
                "size": one.size,
                "planned_start": day.year + one.start_in,
                "received_at": received,
                "confirmed_at": received,
                "told_at": received,
                **handled(one, received, email("publisher", names[code]), rules),
            }


def handled(one: Written, received: datetime, handler: str, rules: Rules) -> dict[str, Any]:
    """What the municipality has done with it. Any: columns differ in type."""
    nothing = {
        "status": "new",
        "handler": "",
        "read_at": None,
        "answered_at": None,
        "closed_at": None,
    }
    if one.answered_after is None:
        return nothing
    answered = received + timedelta(days=one.answered_after, hours=4)
    closed = answered + timedelta(days=CLOSED_AFTER_DAYS)
    is_closed = closed <= rules.now()
    return {
        "status": "closed" if is_closed else "answered",
        "handler": handler,
        "read_at": received + timedelta(hours=3),
        "answered_at": answered,
        "closed_at": closed if is_closed else None,
    }
