"""Who is told of a change that another person shall read: the colleagues, once an hour at most."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue import jobs
from catalogue.database import Actor
from catalogue.site import Site
from catalogue.tables import account
from catalogue.workflow.comment_notices import first_this_hour
from catalogue.workflow.notices import Receiver, letter, receivers, with_more
from catalogue.workflow.unread_changes import labels
from geo.texts import Text

ABOUT = "change"
CHANGED: tuple[Text, ...] = (
    Text("Läs igenom {name} ({reference})", "Read {name} ({reference}) through"),
    Text(
        "{who} har ändrat uppgifter på den publicerade platsen {name} ({reference}). De syns redan "
        "i katalogen, och någon mer än {who} behöver läsa dem.",
        "{who} has changed values of the published site {name} ({reference}). They can be seen in "
        "the catalogue already, and somebody else than {who} needs to read them.",
    ),
    Text(
        "Du får det här mejlet eftersom du arbetar med kommunens platser. Ändras det mer inom en "
        "timme får du inget nytt mejl om det.",
        "You receive this e-mail because you work with the municipality's sites. Should more be "
        "changed within an hour, you will not get another.",
    ),
)


def tell(session: Session, actor: Actor, before: Mapping[str, str], site: Site) -> None:
    """Letters about what now waits and did not before."""
    new = [key for key, who in site.unread.items() if before.get(key) != who]
    if not new:
        return
    names = labels(new)
    said = Text(", ".join(one.sv for one in names), ", ".join(one.en for one in names))
    for receiver in colleagues(session, actor, site.municipality):
        if first_this_hour(session, site, receiver, ABOUT):
            texts = with_more(CHANGED, [said])
            jobs.defer_letter(session, letter(receiver, texts, site, actor, "/review"))


def colleagues(session: Session, actor: Actor, municipality: str) -> list[Receiver]:
    """The others who write in the municipality; administrators where there are none."""
    others = account.c.active & (account.c.email != actor.email)
    wanted = select(account.c.email, account.c.language).order_by(account.c.email)
    own = account.c.role.in_(("editor", "publisher")) & (account.c.municipality == municipality)
    return receivers(session, wanted.where(others, own)) or receivers(
        session, wanted.where(others, account.c.role == "admin")
    )
