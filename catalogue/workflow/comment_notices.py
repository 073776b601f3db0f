"""Who is told of a comment: those who have worked on the site lately, once an hour at most."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from catalogue import jobs
from catalogue.database import Actor
from catalogue.fields import SITE
from catalogue.site import Site
from catalogue.tables import account, site_comment, site_notice, site_version
from catalogue.workflow.notices import WHOLE_SITE, Receiver, letter, receivers, with_more
from geo.texts import Text

LATELY = timedelta(days=90)
NOT_MORE_OFTEN_THAN = timedelta(hours=1)
ABOUT = "comment"
COMMENTED: tuple[Text, ...] = (
    Text("Kommentar på {name} ({reference})", "Comment on {name} ({reference})"),
    Text(
        "{who} har skrivit en kommentar på platsen {name} ({reference}).",
        "{who} has written a comment on the site {name} ({reference}).",
    ),
    Text(
        "Du får det här mejlet eftersom du har arbetat med platsen. Skrivs det mer inom en timme "
        "får du inget nytt mejl om det.",
        "You receive this e-mail because you have worked on the site. Should more be written "
        "within an hour, you will not get another.",
    ),
)
SAID = Text("{field}: ”{text}”", "{field}: “{text}”")


def tell(session: Session, actor: Actor, site: Site, key: str | None, text: str) -> None:
    said = SAID.format(field=SITE[key].label if key else WHOLE_SITE, text=text)
    for receiver in workers(session, actor, site):
        if first_this_hour(session, site, receiver, ABOUT):
            texts = with_more(COMMENTED, [said])
            jobs.defer_letter(session, letter(receiver, texts, site, actor, "/review"))


def workers(session: Session, actor: Actor, site: Site) -> list[Receiver]:
    """Those who changed the site or wrote of it lately, but for whoever writes now."""
    since = func.now() - LATELY
    changed = select(site_version.c.actor).where(
        site_version.c.site_id == site.id, site_version.c.recorded_at > since
    )
    wrote = select(site_comment.c.author).where(
        site_comment.c.site_id == site.id, site_comment.c.created_at > since
    )
    return receivers(
        session,
        select(account.c.email, account.c.language)
        .where(
            account.c.active,
            account.c.email != actor.email,
            account.c.email.in_(changed.union(wrote)),
        )
        .order_by(account.c.email),
    )


def first_this_hour(session: Session, site: Site, receiver: Receiver, about: str) -> bool:
    """Whether the receiver has had no such letter of this site within the hour; noted as sent."""
    noted = (
        insert(site_notice)
        .values(site_id=site.id, about=about, receiver=receiver.email)
        .on_conflict_do_update(
            index_elements=["site_id", "about", "receiver"],
            set_={"sent_at": func.now()},
            where=site_notice.c.sent_at <= func.now() - NOT_MORE_OFTEN_THAN,
        )
        .returning(site_notice.c.receiver)
    )
    return session.scalars(noted).first() is not None
