"""Reminders of the anchoring: by somebody's click, and by the clock where a setting says so."""

from collections.abc import Sequence

from procrastinate import JobContext
from sqlalchemy.orm import Session

from catalogue.anchoring import anchoring, anchoring_letters
from catalogue.anchoring.anchoring_letters import MOST_IDLE, about_gaps, about_silence, by_hand
from catalogue.anchoring.overview import Town, overview
from catalogue.anchoring.people import reached
from catalogue.database import OPERATOR, Actor, Databases
from catalogue.errors import Fault, Invalid, NotPossible
from catalogue.jobs import queue
from catalogue.rules import Rules, rules_of
from catalogue.settings import Settings
from geo.texts import Text


def remind(
    session: Session, actor: Actor, town: Town, to: Sequence[str], message: str, rules: Rules
) -> int:
    """Letters about the gaps to those of the municipality's people chosen; how many.

    Raises `NotAllowed`; `Invalid` for nobody, and for too long a message; `NotPossible` where
    nothing is missing, and the second time the same day.
    """
    anchoring.must_be_office(actor)
    chosen = [one for one in reached(town.said, town.colleagues) if one.email in to]
    faults = []
    if not chosen:
        text = Text("Välj minst en mottagare.", "Choose at least one receiver.")
        faults.append(Fault("to", text))
    if len(message) > anchoring_letters.LONGEST_MESSAGE:
        text = Text("Högst {n} tecken.", "At most {n} characters.")
        faults.append(Fault("message", text.format(n=anchoring_letters.LONGEST_MESSAGE)))
    if faults:
        raise Invalid(faults)
    if not town.gaps:
        raise NotPossible(Text("Det finns inga luckor att påminna om.", "Nothing is missing."))
    occasion, code = by_hand(rules.today), town.said.municipality
    if not anchoring_letters.note(session, actor, code, occasion, len(chosen), rules.now()):
        text = Text(
            "{name} har redan fått en påminnelse i dag. Vänta till i morgon, eller ring.",
            "{name} has been reminded today already. Wait until tomorrow, or telephone.",
        )
        raise NotPossible(text.format(name=town.name))
    letters = [about_gaps(town, one, reply_to=actor.email, message=message) for one in chosen]
    anchoring_letters.send(session, letters)
    return len(letters)


def remind_all(databases: Databases, settings: Settings, rules: Rules) -> int:
    """What is due today, each municipality in a transaction of its own; how many letters."""
    with databases.writing(OPERATOR) as session:
        towns = overview(session, OPERATOR, rules.today, rules).towns
    sent = 0
    for town in towns.values():
        with databases.writing(OPERATOR) as session:
            # Two letters on one morning are one too many: the other goes the next.
            sent += remind_of_gaps(session, town, settings, rules) or remind_of_silence(
                session, town, settings, rules
            )
    return sent


def remind_of_gaps(session: Session, town: Town, settings: Settings, rules: Rules) -> int:
    """Once in each of the months that the setting names."""
    if rules.today.month not in settings.anchoring_months_set or not town.gaps:
        return 0
    to = reached(town.said, town.colleagues)
    code, occasion = town.said.municipality, f"gaps {rules.today:%Y-%m}"
    if not to or not anchoring_letters.note(
        session, OPERATOR, code, occasion, len(to), rules.now()
    ):
        return 0
    if any(gap.part == "activity" for gap in town.gaps):
        silence = silence_of(town, settings)
        if silence:
            anchoring_letters.note(session, OPERATOR, code, silence, 0, rules.now())
    reply_to = settings.enquiry_email or settings.contact_email
    anchoring_letters.send(session, [about_gaps(town, one, reply_to=reply_to) for one in to])
    return len(to)


def remind_of_silence(session: Session, town: Town, settings: Settings, rules: Rules) -> int:
    """Once for each stretch of silence as long as the setting says, three times at the most."""
    to, occasion = reached(town.said, town.colleagues), silence_of(town, settings)
    if not to or not occasion:
        return 0
    code = town.said.municipality
    if not anchoring_letters.note(session, OPERATOR, code, occasion, len(to), rules.now()):
        return 0
    reply_to = settings.enquiry_email or settings.contact_email
    anchoring_letters.send(session, [about_silence(town, one, reply_to=reply_to) for one in to])
    return len(to)


def silence_of(town: Town, settings: Settings) -> str:
    """The occasion of the silence that lasts; empty where there is none worth a letter."""
    since = town.standing.since("activity") or settings.project_start
    pause = settings.anchoring_idle_days
    times = (town.standing.day - since).days // pause if pause else 0
    return f"idle {since.isoformat()} {min(times, MOST_IDLE)}" if times > 0 else ""


# Every weekday morning, when those reminded are at work.
@queue.periodic(cron="20 6 * * 1-5")
@queue.task(name="remind_of_anchoring", pass_context=True, queueing_lock="remind_of_anchoring")
def remind_of_anchoring(context: JobContext, timestamp: int) -> None:
    settings: Settings = context.additional_context["settings"]
    databases: Databases = context.additional_context["databases"]
    remind_all(databases, settings, rules_of(settings))
