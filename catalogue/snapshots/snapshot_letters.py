"""Letters to the project office: a reporting date is near, a snapshot has been taken by itself."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue import jobs
from catalogue.letters.mail import Letter
from catalogue.snapshots.snapshots import Snapshot
from catalogue.tables import account
from geo.texts import Text

NEAR: tuple[Text, ...] = (
    Text("Rapportdagen {day} närmar sig", "The reporting date {day} is near"),
    Text(
        "Den {day} är en av projektets rapportdagar. Det är {days} dagar kvar.",
        "{day} is one of the project's reporting dates. There are {days} days left.",
    ),
    Text(
        "Gå igenom läget, läs av de indikatorer som följs för hand och be kommunerna skriva in sin "
        "tid.",
        "Go through the state of things, read the indicators that are followed by hand and ask the "
        "municipalities to enter their hours.",
    ),
)
FROZEN_BY_ITSELF = Text(
    "Natten efter rapportdagen tas en ögonblicksbild av sig själv.",
    "The night after the reporting date a snapshot is taken by itself.",
)
NEAR_LINK = Text("Se läget", "See progress")
TAKEN: tuple[Text, ...] = (
    Text("Ögonblicksbild {number}: {name}", "Snapshot {number}: {name}"),
    Text(
        "Läget som det var känt den {day} är fryst, med alla filer.",
        "Progress as it was known on {day} is frozen, with all its files.",
    ),
    Text(
        "Spara det här mejlet. Sigillet nedan visar sedan att varken den ögonblicksbilden eller "
        "någon före den har ändrats:\n{seal}",
        "Keep this e-mail. The seal below shows later that neither this snapshot nor any before it "
        "has been changed:\n{seal}",
    ),
)
TAKEN_LINK = Text("Se ögonblicksbilden", "See the snapshot")


def tell_near(session: Session, day: date, days: int, *, freezes: bool) -> None:
    texts = (*NEAR, FROZEN_BY_ITSELF) if freezes else NEAR
    filled = [text.format(day=day, days=days) for text in texts]
    send(session, filled, "/progress", NEAR_LINK)


def tell_taken(session: Session, taken: Snapshot) -> None:
    filled = [
        text.format(number=str(taken.number), name=taken.name, day=taken.as_of, seal=taken.seal)
        for text in TAKEN
    ]
    send(session, filled, f"/progress/snapshots/{taken.number}", TAKEN_LINK)


def send(session: Session, texts: Sequence[Text], path: str, link: Text) -> None:
    """To everybody in the project office, each in their language."""
    office = session.execute(
        select(account.c.email, account.c.language)
        .where(account.c.active, account.c.role == "project")
        .order_by(account.c.email)
    )
    for email, language in office:
        subject, *paragraphs = (text.in_language(language) for text in texts)
        jobs.defer_letter(
            session,
            Letter(
                to=email,
                language=language,
                subject=subject,
                paragraphs=paragraphs,
                path=path,
                link_text=link.in_language(language),
            ),
        )
