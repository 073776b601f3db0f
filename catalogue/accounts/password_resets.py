"""A new password by letter, for whoever has forgotten the old one."""

from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from catalogue import jobs
from catalogue.accounts import account_letters, account_links, accounts, sessions
from catalogue.database import Actor
from catalogue.letters.mail import Letter
from catalogue.tables import account, account_link

PAUSE = timedelta(minutes=5)
"""Between two letters to the same account, so that nobody's inbox is filled by others."""


def letter(session: Session, email: str, now: datetime) -> Letter | None:
    """A letter with a link, if the address has an account with a password.

    Written by a job, so that whoever asks cannot tell by the time which addresses are known.
    """
    lately = exists().where(
        account_link.c.account_id == account.c.id,
        account_link.c.purpose == "reset",
        account_link.c.created_at > now - PAUSE,
    )
    row = (
        session.execute(
            select(account).where(
                account.c.email == email.strip().lower(),
                account.c.active,
                account.c.password_hash.is_not(None),
                ~lately,
            )
        )
        .mappings()
        .first()
    )
    if row is None:
        return None
    return account_letters.reset(row, account_links.make(session, row["id"], "reset", now))


def reset(session: Session, secret: str, password: str, now: datetime) -> Actor:
    """The account, with its new password and no open session; it is told by letter.

    Raises `LinkSpent`, or `Invalid` for the password, and then the link stays.
    """
    actor = account_links.use_up(session, secret, "reset", now)
    accounts.set_password(session, actor, password)
    sessions.end_all(session, actor.account_id)
    tell(session, actor)
    return actor


def change(session: Session, actor: Actor, old: str, new: str, *, this: str) -> None:
    """By somebody signed in, whose other sessions end; `this` is the secret of the one that
    stays. Raises `Invalid`."""
    accounts.change_password(session, actor, old, new)
    sessions.end_all(session, actor.account_id, but=this)
    tell(session, actor)


def tell(session: Session, actor: Actor) -> None:
    jobs.defer_letter(session, account_letters.password_changed(accounts.details(session, actor)))
