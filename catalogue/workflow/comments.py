"""What people say to each other about a site and its fields; said once, it stays, open or done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, func, insert, select, update
from sqlalchemy.orm import Session

from catalogue import sites
from catalogue.database import Actor
from catalogue.errors import Fault, Invalid, NotFound
from catalogue.fields import SITE
from catalogue.site import Site
from catalogue.tables import account, site_comment
from catalogue.workflow import comment_notices
from geo.texts import Text

LONGEST = 2_000
table = site_comment


@dataclass(frozen=True, kw_only=True)
class Comment:
    """One comment, or one reply to it."""

    id: int
    key: str | None
    """The field it is about; None for the whole site."""
    text: str
    author: str
    name: str
    created_at: datetime
    reply_to: int | None
    resolved_at: datetime | None
    resolved_name: str


@dataclass(frozen=True)
class Thread:
    """A comment and what was replied, oldest first."""

    comment: Comment
    replies: Sequence[Comment] = ()

    @property
    def is_open(self) -> bool:
        return self.comment.resolved_at is None


def threads(session: Session, site: Site) -> list[Thread]:
    """All that has been said of a site, open ones first, the newest of each first."""
    resolver = account.alias("resolver")
    rows = session.execute(
        select(table, account.c.name, resolver.c.name.label("resolved_name"))
        .outerjoin(account, account.c.email == table.c.author)
        .outerjoin(resolver, resolver.c.email == table.c.resolved_by)
        .where(table.c.site_id == site.id)
        .order_by(table.c.id)
    ).mappings()
    found = [comment(row) for row in rows]
    started = [
        Thread(one, [reply for reply in found if reply.reply_to == one.id])
        for one in found
        if one.reply_to is None
    ]
    return sorted(started, key=lambda thread: (not thread.is_open, -thread.comment.id))


def comment(row: RowMapping) -> Comment:
    return Comment(
        id=row["id"],
        key=row["key"],
        text=row["text"],
        author=row["author"],
        name=row["name"] or row["author"],
        created_at=row["created_at"],
        reply_to=row["reply_to"],
        resolved_at=row["resolved_at"],
        resolved_name=row["resolved_name"] or row["resolved_by"] or "",
    )


def add(
    session: Session,
    actor: Actor,
    reference: str,
    text: str,
    *,
    key: str | None = None,
    reply_to: int | None = None,
) -> int:
    """A comment's number, on a site that may be read; raises `NoSuchSite`, `Invalid`, `NotFound`.

    Those who have worked on the site lately are written to, once an hour at most.
    """
    site = sites.find(session, reference)
    text = text.replace("\r\n", "\n").strip()
    if not text or len(text) > LONGEST:
        raise Invalid([Fault("text", WORDS.format(most=LONGEST))])
    if key is not None and (key not in SITE or SITE[key].computed):
        raise Invalid([Fault("key", Text("Fältet finns inte.", "There is no such field."))])
    if reply_to is not None:
        key = started(session, site, reply_to).key
    number = session.scalars(
        insert(table)
        .values(
            site_id=site.id,
            municipality=site.municipality,
            key=key,
            text=text,
            author=actor.email,
            reply_to=reply_to,
        )
        .returning(table.c.id)
    ).one()
    comment_notices.tell(session, actor, site, key, text)
    return int(number)


WORDS = Text(
    "Skriv din kommentar, högst {most} tecken.", "Write your comment, at most {most} characters."
)


def started(session: Session, site: Site, number: int) -> Comment:
    """The comment that began a thread of the site; raises `NotFound`."""
    for thread in threads(session, site):
        if thread.comment.id == number:
            return thread.comment
    raise NotFound(Text("Kommentaren finns inte.", "There is no such comment."))


def resolve(
    session: Session, actor: Actor, reference: str, number: int, *, is_done: bool = True
) -> None:
    """The thread closed, or opened again; raises `NoSuchSite` and `NotFound`."""
    site = sites.find(session, reference)
    started(session, site, number)
    session.execute(
        update(table)
        .where(table.c.id == number)
        .values(
            resolved_at=func.now() if is_done else None,
            resolved_by=actor.email if is_done else None,
        )
    )
