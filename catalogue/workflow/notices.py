"""Who is told of a site's way through review, and in which words."""

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from catalogue import jobs
from catalogue.database import Actor
from catalogue.fields import SITE
from catalogue.letters.mail import Letter
from catalogue.site import Site, Status
from catalogue.tables import account, site_comment
from catalogue.workflow.transitions import SUBMITTED as SUBMITTED_STEP
from catalogue.workflow.transitions import latest
from geo.texts import Language, Text


@dataclass(frozen=True)
class Receiver:
    """Who gets a letter, and the language it is written in."""

    email: str
    language: Language


SUBMITTED: tuple[Text, ...] = (
    Text("Granska {name} ({reference})", "Review {name} ({reference})"),
    Text(
        "{who} har skickat platsen {name} ({reference}) på granskning.",
        "{who} has submitted the site {name} ({reference}) for review.",
    ),
    Text(
        "Gå igenom uppgifterna. Publicera sedan platsen eller skicka tillbaka den som utkast.",
        "Go through the values. Then publish the site or send it back as a draft.",
    ),
    Text(
        "Du får det här mejlet eftersom du är publicerare i din kommun.",
        "You receive this e-mail because you are a publisher in your municipality.",
    ),
)
PUBLISHED: tuple[Text, ...] = (
    Text("{name} ({reference}) är publicerad", "{name} ({reference}) is published"),
    Text(
        "{who} har publicerat platsen {name} ({reference}). Den syns nu i katalogen.",
        "{who} has published the site {name} ({reference}). It can now be seen in the catalogue.",
    ),
    Text(
        "Du får det här mejlet eftersom du skickade platsen på granskning.",
        "You receive this e-mail because you submitted the site for review.",
    ),
)
SENT_BACK: tuple[Text, ...] = (
    Text("{name} ({reference}) behöver ändras", "{name} ({reference}) needs changes"),
    Text(
        "{who} har läst platsen {name} ({reference}) och skickat tillbaka den som utkast.",
        "{who} has read the site {name} ({reference}) and sent it back as a draft.",
    ),
    Text(
        "Du får det här mejlet eftersom du skickade platsen på granskning.",
        "You receive this e-mail because you submitted the site for review.",
    ),
)
"""A subject, then paragraphs."""
WHY = Text("Så här står det: ”{reason}”", "The reason given: “{reason}”")
REMARK = Text("{field}: ”{text}” ({who})", "{field}: “{text}” ({who})")
WHOLE_SITE = Text("Hela platsen", "The whole site")


def tell(session: Session, actor: Actor, site: Site, to: Status, reason: str) -> None:
    """Letters about a step that `site`, as it was before, has taken; sent only if it is saved."""
    why = [WHY.format(reason=reason)] if reason.strip() else []
    if to == "in_review":
        told, texts, below = publishers(session, site.municipality), SUBMITTED, "/review"
    elif (site.status, to) == ("in_review", "published"):
        told, texts, below = submitter(session, site), PUBLISHED, ""
    elif (site.status, to) == ("in_review", "draft"):
        told, texts, below = submitter(session, site), SENT_BACK, "/review"
        why += remarks(session, site)
    else:
        return
    for receiver in told:
        if receiver.email != actor.email:
            jobs.defer_letter(session, letter(receiver, with_more(texts, why), site, actor, below))


def with_more(texts: tuple[Text, ...], more: list[Text]) -> tuple[Text, ...]:
    """After what has happened, before why the receiver is told. Braces in it are only text."""
    kept = [
        Text(*(part.replace("{", "{{").replace("}", "}}") for part in paragraph))
        for paragraph in more
    ]
    return (*texts[:2], *kept, *texts[2:])


def remarks(session: Session, site: Site) -> list[Text]:
    """The open comments on a site, as they stand at its fields."""
    rows = session.execute(
        select(site_comment.c.key, site_comment.c.text, site_comment.c.author, account.c.name)
        .outerjoin(account, account.c.email == site_comment.c.author)
        .where(
            site_comment.c.site_id == site.id,
            site_comment.c.reply_to.is_(None),
            site_comment.c.resolved_at.is_(None),
        )
        .order_by(site_comment.c.id)
    )
    return [
        REMARK.format(
            field=SITE[key].label if key in SITE else WHOLE_SITE, text=text, who=name or author
        )
        for key, text, author, name in rows
    ]


def receivers(session: Session, accounts: Select[str, Language]) -> list[Receiver]:
    return [Receiver(email, language) for email, language in session.execute(accounts)]


def publishers(session: Session, municipality: str) -> list[Receiver]:
    return receivers(
        session,
        select(account.c.email, account.c.language)
        .where(
            account.c.active,
            account.c.role == "publisher",
            account.c.municipality == municipality,
        )
        .order_by(account.c.email),
    )


def submitter(session: Session, site: Site) -> list[Receiver]:
    """Whoever submitted the site last; nobody when the account is closed."""
    return receivers(
        session,
        select(account.c.email, account.c.language).where(
            account.c.active, account.c.email == latest(site, SUBMITTED_STEP)
        ),
    )


def letter(
    receiver: Receiver, texts: tuple[Text, ...], site: Site, actor: Actor, below: str = ""
) -> Letter:
    """To one of the site's own pages; `below` is where under its form."""
    subject, *paragraphs = (
        text.format(name=site.name("sv"), reference=site.reference, who=actor.name).in_language(
            receiver.language
        )
        for text in texts
    )
    return Letter(
        to=receiver.email,
        language=receiver.language,
        subject=subject,
        paragraphs=paragraphs,
        path=f"/workspace/sites/{site.reference}{below}",
        link_text=Text("Öppna platsen", "Open the site").in_language(receiver.language),
    )
