"""Who is told of a site's way through review, and in which words."""

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from catalogue import jobs
from catalogue.database import Actor
from catalogue.mail import Letter
from catalogue.site import Site, Status
from catalogue.tables import account, site_version
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
        "Du får det här brevet eftersom du är publicerare i din kommun.",
        "You receive this letter because you are a publisher in your municipality.",
    ),
)
PUBLISHED: tuple[Text, ...] = (
    Text("{name} ({reference}) är publicerad", "{name} ({reference}) is published"),
    Text(
        "{who} har publicerat platsen {name} ({reference}). Den syns nu i katalogen.",
        "{who} has published the site {name} ({reference}). It can now be seen in the catalogue.",
    ),
    Text(
        "Du får det här brevet eftersom du skickade platsen på granskning.",
        "You receive this letter because you submitted the site for review.",
    ),
)
"""A subject, then paragraphs."""


def tell(session: Session, actor: Actor, site: Site, to: Status) -> None:
    """Letters about a step that `site`, as it was before, has taken; sent only if it is saved."""
    if to == "in_review":
        told, texts = publishers(session, site.municipality), SUBMITTED
    elif site.status == "in_review" and to == "published":
        told, texts = submitter(session, site), PUBLISHED
    else:
        return
    for receiver in told:
        jobs.defer_letter(session, letter(receiver, texts, site, actor))


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
    last = (
        select(site_version.c.actor)
        .where(
            site_version.c.site_id == site.id,
            site_version.c.changed.contains(["status"]),
            site_version.c.state["status"].astext == "in_review",
        )
        .order_by(site_version.c.version.desc())
        .limit(1)
        .scalar_subquery()
    )
    return receivers(
        session,
        select(account.c.email, account.c.language).where(
            account.c.active, account.c.email == last
        ),
    )


def letter(receiver: Receiver, texts: tuple[Text, ...], site: Site, actor: Actor) -> Letter:
    subject, *paragraphs = (
        text.format(
            name=str(site.values["name_sv"]), reference=site.reference, who=actor.name
        ).in_language(receiver.language)
        for text in texts
    )
    return Letter(
        to=receiver.email,
        language=receiver.language,
        subject=subject,
        paragraphs=paragraphs,
        path=f"/workspace/sites/{site.reference}",
        link_text=Text("Öppna platsen", "Open the site").in_language(receiver.language),
    )
