"""A change to a site that is shown, read by another person: as a version, so that it is on record."""

from dataclasses import replace

from sqlalchemy.orm import Session

from catalogue import sites
from catalogue.database import Actor
from catalogue.errors import Changed, NotPossible, OwnChanges
from catalogue.rules import Rules
from catalogue.sites import Saved
from catalogue.workflow.unread_changes import to_read
from geo.texts import Text


def read(
    session: Session, actor: Actor, reference: str, rules: Rules, *, expected_version: int
) -> Saved:
    """The site with what others changed read through; one's own changes still wait.

    Raises `Changed` when somebody has saved since, `OwnChanges` and `NotPossible` where there is
    nothing for this person to read.
    """
    site = sites.find_to_write(session, actor, reference)
    if site.version != expected_version:
        raise Changed(reference, site.version, site.updated_by)
    read_now = to_read(site, actor, rules)
    if not read_now and site.unread:
        raise OwnChanges
    if not read_now:
        raise NotPossible(
            Text("Inga ändringar väntar på att läsas.", "No changes wait to be read.")
        )
    unread = {key: who for key, who in site.unread.items() if key not in read_now}
    sites.save(session, replace(site, unread=unread), site.version)
    return Saved(sites.listed(session, reference, rules))
