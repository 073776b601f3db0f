"""What the municipality makes of an answer: taken up as a version of what was asked about, or not."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, update
from sqlalchemy.orm import Session

from catalogue import sites
from catalogue.changes import Changes, Entry
from catalogue.database import Actor
from catalogue.errors import Changed, Fault, Invalid, NotPossible
from catalogue.provenance import Provenance
from catalogue.questions import question_subjects
from catalogue.questions.power_today import followed
from catalogue.questions.question_subjects import Subject, subject_of
from catalogue.questions.questions import Answer, Question, entry_of, find
from catalogue.rules import SWEDEN, Rules
from catalogue.site import Site
from catalogue.tables import question as table
from catalogue.tables import question_answer
from geo.texts import Text

LONGEST_NOTE = 300
SAY_WHY = Text(
    "Skriv kort varför, högst {longest} tecken.",
    "Say briefly why, at most {longest} characters.",
).format(longest=LONGEST_NOTE)
HAS_VALUE = ("confirmed", "corrected")


def decide(
    session: Session,
    actor: Actor,
    number: int,
    rules: Rules,
    *,
    accept: Sequence[str] = (),
    reject: Mapping[str, str] | None = None,
    expected_version: int,
) -> Question:
    """The answers accepted or, each with a word why, rejected; all of it or nothing.

    `expected_version` is the version of the site or profile that the person compared with: raises
    `Changed` when somebody has saved it since, `Invalid` for values that cannot be taken up, and
    `NotPossible` for an answer that has been decided on.
    """
    asked = find(session, number)
    sites.may_write(actor, asked.municipality)
    about = subject_of(session, asked)
    if about.version != expected_version:
        who = about.updated_by if isinstance(about, Site) else ""
        raise Changed(asked.reference or asked.site_name, about.version, who)
    rejected = dict(reject or {})
    undecided = {one.key: one for one in asked.answers if one.decision is None}
    check(undecided, accept, rejected)
    taken = [undecided[key] for key in accept if undecided[key].verdict in HAS_VALUE]
    version = None
    if taken:
        entries = {one.key: entry(asked, one, about) for one in taken}
        entries |= followed(about, entries, rules.today.year)
        reason = f"Svar på fråga {number} från {source_name(asked)}"
        version = question_subjects.change(
            session, actor, about, Changes(entries), rules, reason=reason
        )
    now = rules.now()
    for key in accept:
        has_value = undecided[key].verdict in HAS_VALUE
        note(session, actor, asked, key, "accepted", "", now, version if has_value else None)
    for key, why in rejected.items():
        note(session, actor, asked, key, "rejected", " ".join(why.split()), now, None)
    if not undecided.keys() - set(accept) - rejected.keys():
        session.execute(update(table).where(table.c.id == number).values(settled_at=now))
    return find(session, number)


def whole(asked: Question, about: Subject, why: str | None) -> tuple[list[str], dict[str, str]]:
    """What to accept, and what to reject, for all that is undecided at once.

    `why` turns every value down; without it all are accepted but those of fields that somebody has
    written since, which a person has to look at. Answers without a value are noted either way.
    Raises `Invalid` for a `why` that says nothing.
    """
    undecided = [one for one in asked.answers if one.decision is None]
    if why is not None:
        if not is_reason(why):
            raise Invalid([Fault("all-note", SAY_WHY)])
        has_value = {one.key for one in undecided if one.verdict in HAS_VALUE}
        noted = [one.key for one in undecided if one.key not in has_value]
        return noted, dict.fromkeys(has_value, why)
    return [one.key for one in undecided if not changed_since(asked, about, one.key)], {}


def check(
    undecided: Mapping[str, Answer], accept: Sequence[str], rejected: Mapping[str, str]
) -> None:
    """Raises `NotPossible` or `Invalid` before anything is written."""
    named = [*accept, *rejected]
    if not named:
        raise Invalid(
            [Fault("accept", Text("Välj minst ett svar.", "Choose at least one answer."))]
        )
    if len(set(named)) < len(named):
        raise Invalid(
            [Fault("accept", Text("Välj en sak för varje fält.", "Choose one thing a field."))]
        )
    if set(named) - undecided.keys():
        raise NotPossible(
            Text(
                "Det finns inget svar att ta ställning till för: {keys}.",
                "There is no answer to decide on for: {keys}.",
            ).format(keys=", ".join(key[:60] for key in named if key not in undecided))
        )
    faults = [Fault(f"{key}-note", SAY_WHY) for key, why in rejected.items() if not is_reason(why)]
    if faults:
        raise Invalid(faults)


def is_reason(why: str) -> bool:
    return bool(why.strip()) and len(why) <= LONGEST_NOTE and why.strip().isprintable()


def source_name(asked: Question) -> str:
    """Whoever answered, with their organisation."""
    return ", ".join(part for part in (asked.answered_by, asked.receiver_organisation) if part)


def entry(asked: Question, one: Answer, about: Subject) -> Entry:
    """The value with what stands behind it: who said so, how surely, and when."""
    answered = asked.answered_at.astimezone(SWEDEN).date() if asked.answered_at else asked.asked_on
    source = Text("{who}, svar {day}", "{who}, answer {day}").format(
        who=source_name(asked), day=answered
    )
    before = about.provenance.get(one.key)
    behind = Provenance(
        basis=one.basis,
        as_of=one.as_of,
        source=source.in_language("sv"),
        visibility=before.visibility if before else None,
    )
    return Entry(one.value, behind)


def note(
    session: Session,
    actor: Actor,
    asked: Question,
    key: str,
    decision: str,
    why: str,
    now: datetime,
    version: int | None,
) -> None:
    session.execute(
        update(question_answer)
        .where(and_(question_answer.c.question_id == asked.id, question_answer.c.key == key))
        .values(
            decision=decision,
            decided_at=now,
            decided_by=actor.email,
            note=why,
            site_version=version,
        )
    )


def changed_since(asked: Question, about: Subject, key: str) -> bool:
    """Whether somebody has written the field after the question left it as it did."""
    return entry_of(about, key) != asked.left(key)
