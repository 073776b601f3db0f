"""An enquiry taken in: one row for each municipality, and the jobs that tell who should know.

Whoever sends one may read no table; what they ask about is looked up on the read side.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from catalogue import jobs
from catalogue.accounts.accounts import hashed
from catalogue.database import Audience
from catalogue.enquiries import enquiry_letters
from catalogue.enquiries.enquiry_input import Wanted
from catalogue.errors import NoSuchLink, NoSuchSite
from catalogue.listing import LISTINGS
from catalogue.rules import Rules
from catalogue.tables import enquiry as table
from geo.texts import Text


@dataclass(frozen=True, kw_only=True)
class AskedAbout:
    """A site as whoever asks may see it."""

    reference: str
    name: Text
    municipality: str


def listed(session: Session, references: Sequence[str], audience: Audience) -> list[AskedAbout]:
    """Those of the sites that are listed, each once, in the order given."""
    listing = LISTINGS[audience].c
    rows = session.execute(
        select(listing.reference, listing.name_sv, listing.name_en, listing.municipality).where(
            listing.reference.in_(references)
        )
    )
    found = {
        row.reference: AskedAbout(
            reference=row.reference,
            name=Text(row.name_sv or row.reference, row.name_en or row.name_sv or row.reference),
            municipality=row.municipality,
        )
        for row in rows
    }
    return [found[reference] for reference in dict.fromkeys(references) if reference in found]


def asked_about(
    session: Session, references: Sequence[str], audience: Audience
) -> list[AskedAbout]:
    """The sites in the order given; raises `NoSuchSite` for the first that is not listed."""
    found = listed(session, references, audience)
    known = {site.reference for site in found}
    for reference in references:
        if reference not in known:
            raise NoSuchSite(reference)
    return found


def take(
    session: Session,
    wanted: Wanted,
    sites: Sequence[AskedAbout],
    rules: Rules,
    *,
    must_confirm: bool,
) -> str:
    """The number of the message. Told to those concerned at once, or once its sender has opened
    the link of a letter where it must be confirmed."""
    message_id = secrets.token_hex(16)
    token = secrets.token_urlsafe(32) if must_confirm else ""
    common = {
        "message_id": message_id,
        "kind": wanted.kind,
        "field": wanted.field,
        "language": wanted.language,
        "name": wanted.name,
        "organisation": wanted.organisation,
        "email": wanted.email,
        "phone": wanted.phone,
        "message": wanted.message,
        "sector": wanted.sector,
        "size": wanted.size,
        "planned_start": wanted.planned_start,
        "received_at": rules.now(),
        "confirm_hash": hashed(token) if token else None,
        "confirmed_at": None if must_confirm else rules.now(),
    }
    rows = [
        {
            **common,
            "municipality": code,
            "sites": [site.reference for site in some],
            "site_names": [site.name.sv for site in some],
        }
        for code, some in by_municipality(sites).items()
    ]
    # Inline: what is added cannot be read back.
    session.execute(insert(table).inline(), rows)
    if token:
        enquiry_letters.ask_to_confirm(session, wanted, sites_text(sites), token)
    else:
        defer_telling(session, message_id)
    return message_id


def by_municipality(sites: Sequence[AskedAbout]) -> Mapping[str, Sequence[AskedAbout]]:
    found: dict[str, list[AskedAbout]] = {}
    for site in sites:
        found.setdefault(site.municipality, []).append(site)
    return found


def sites_text(sites: Sequence[AskedAbout]) -> Text:
    """Names with references, as they stand in letters."""
    return Text(
        ", ".join(f"{site.name.sv} ({site.reference})" for site in sites),
        ", ".join(f"{site.name.en} ({site.reference})" for site in sites),
    )


def confirm(session: Session, token: str, rules: Rules, days: int) -> None:
    """The message counts from now on; raises `NoSuchLink`. Opened again, it stays as it is."""
    oldest = rules.now() - timedelta(days=days)
    found = session.scalar(select(func.confirm_enquiry(hashed(token), rules.now(), oldest)))
    if found is None:
        raise NoSuchLink
    defer_telling(session, str(found))


def defer_telling(session: Session, message_id: str) -> None:
    """By a job, since whoever sends an enquiry may not read whom it goes to."""
    connection = session.connection().connection.driver_connection
    jobs.deferring.configure_task(
        "tell_of_enquiry", connection=connection, allow_unknown=True
    ).defer(message_id=message_id)
