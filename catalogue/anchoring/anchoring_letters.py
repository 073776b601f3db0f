"""Reminders to a municipality of what is missing: written, and sent once for each occasion."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from catalogue import jobs
from catalogue.anchoring.gaps import OWN_PAGE, Gap
from catalogue.anchoring.overview import Town
from catalogue.anchoring.people import Colleague
from catalogue.database import Actor
from catalogue.letters.mail import Entry, Letter
from catalogue.tables import anchoring_letter as table
from geo.texts import Text

LONGEST_MESSAGE = 1_000
MOST_IDLE = 3
"""Reminders of the same silence; after that a person picks up the telephone."""
ONE_GAP = Text("Förankringen i {name}: en sak kvar", "Anchoring in {name}: one thing left")
MANY_GAPS = Text("Förankringen i {name}: {n} saker kvar", "Anchoring in {name}: {n} things left")
INTRODUCTION = Text(
    "Arbetet i Team Gävleborg står stadigare när det är förankrat hemma i kommunen. Det här saknas "
    "för {name}, med det viktigaste först.",
    "The work in Team Gävleborg stands more firmly when it is anchored at home in the municipality. "
    "This is missing for {name}, what matters most first.",
)
WHY = Text(
    "Du får mejlet eftersom du arbetar med {name} i katalogen eller är utsedd av kommunen.",
    "You receive this e-mail because you work with {name} in the catalogue or were appointed by "
    "the municipality.",
)
GAPS_LINK = Text("Öppna kommunens sida", "Open the municipality's page")
IDLE_SUBJECT = Text("Det har varit tyst om {name} ett tag", "{name} has been quiet for a while")
IDLE = Text(
    "Ingen har arbetat med {name} i katalogen sedan {day}. Det är {n} dagar sedan. Uppgifter blir "
    "gamla, och investerare sållar bort det som ingen har bekräftat.",
    "Nobody has worked with {name} in the catalogue since {day}, {n} days ago. Values grow old, and "
    "investors pass by what nobody has confirmed.",
)
NEVER = Text(
    "Ingen har arbetat med {name} i katalogen än.",
    "Nobody has worked with {name} in the catalogue yet.",
)
IDLE_TO_DO = Text(
    "Arbetsytan visar vad som hjälper kommunen mest, med det viktigaste överst. En halvtimme räcker "
    "långt.",
    "The workspace shows what helps the municipality most, what matters most first. Half an hour "
    "goes a long way.",
)
IDLE_LINK = Text("Öppna arbetsytan", "Open the workspace")


def about_gaps(
    town: Town,
    to: Colleague,
    *,
    reply_to: str,
    message: str = "",
    gaps: Sequence[Gap] | None = None,
) -> Letter:
    """What is missing, each thing with the way there; `message` are the sender's own words."""
    missing, words = town.gaps if gaps is None else gaps, to.language
    subject = ONE_GAP if len(missing) == 1 else MANY_GAPS
    own = [line.strip() for line in message.splitlines() if line.strip()]
    return Letter(
        to=to.email,
        reply_to=reply_to,
        language=words,
        subject=subject.format(name=town.name, n=len(missing)).in_language(words),
        paragraphs=[
            *own,
            INTRODUCTION.format(name=town.name).in_language(words),
            WHY.format(name=town.name).in_language(words),
        ],
        entries=[
            Entry(
                title=gap.text.in_language(words),
                path=gap.path,
                lines=[gap.to_do.in_language(words)],
            )
            for gap in missing
        ],
        path=OWN_PAGE.format(code=town.said.municipality),
        link_text=GAPS_LINK.in_language(words),
    )


def about_silence(town: Town, to: Colleague, *, reply_to: str) -> Letter:
    """That nobody has worked in the catalogue for long."""
    last, words = town.standing.since("activity"), to.language
    said = (
        NEVER.format(name=town.name)
        if last is None
        else IDLE.format(name=town.name, day=last, n=(town.standing.day - last).days)
    )
    return Letter(
        to=to.email,
        reply_to=reply_to,
        language=words,
        subject=IDLE_SUBJECT.format(name=town.name).in_language(words),
        paragraphs=[
            said.in_language(words),
            IDLE_TO_DO.in_language(words),
            WHY.format(name=town.name).in_language(words),
        ],
        path="/workspace",
        link_text=IDLE_LINK.in_language(words),
    )


def by_hand(day: date) -> str:
    """The occasion of a letter that somebody sends: one a day."""
    return f"hand {day.isoformat()}"


def note(
    session: Session, actor: Actor, code: str, occasion: str, receivers: int, now: datetime
) -> bool:
    """Whether the occasion is new: nobody has been written to because of it before."""
    done = session.execute(
        upsert(table)
        .values(
            municipality=code,
            occasion=occasion,
            sent_at=now,
            sent_by=actor.email,
            receivers=receivers,
        )
        .on_conflict_do_nothing()
        .returning(table.c.occasion)
    ).first()
    return done is not None


def send(session: Session, letters: Sequence[Letter]) -> None:
    for letter in letters:
        jobs.defer_letter(session, letter)


def last_sent(session: Session) -> dict[str, datetime]:
    """By code, when the municipality last got a reminder."""
    statement = select(table.c.municipality, func.max(table.c.sent_at)).group_by(
        table.c.municipality
    )
    return {code: at for code, at in session.execute(statement)}
