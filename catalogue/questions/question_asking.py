"""Asking those who know: a question sent with its link, and taken back again."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from catalogue import municipalities, sites
from catalogue.accounts.accounts import hashed
from catalogue.changes import Changes, Entry
from catalogue.database import Actor
from catalogue.errors import NotPossible
from catalogue.publishing import BEFORE_PUBLISHING
from catalogue.questions import question_subjects
from catalogue.questions.question_input import Request
from catalogue.questions.question_letters import send_question
from catalogue.questions.question_subjects import (
    Subject,
    find_to_write,
    name_of,
    owner_of,
    reference_of,
    subject_of,
)
from catalogue.questions.questions import Question, entry_json, entry_of, find, is_known
from catalogue.rules import Rules
from catalogue.site import LISTED_STATUSES, Site
from catalogue.tables import question as table
from catalogue.tables import question_link
from catalogue.values import to_json
from geo.texts import Text


def ask(
    session: Session, actor: Actor, request: Request, rules: Rules, *, link_days: int, png: bytes
) -> Question:
    """The question sent, and each field's state written with it; what is known stays as it is.

    Raises `NoSuchSite`, `NoSuchMunicipality`, `NotAllowed`, and `Invalid` where it cannot be saved.
    """
    about = find_to_write(session, actor, request.reference, request.municipality)
    were = {key: entry_of(about, key) for key in request.keys}
    now, expires_at = rules.now(), rules.now() + timedelta(days=link_days)
    number = session.scalars(
        insert(table)
        .values(
            municipality=owner_of(about),
            site_id=about.id if isinstance(about, Site) else None,
            reference=reference_of(about),
            site_name=name_of(about, request.receiver.language),
            keys=list(request.keys),
            were={key: entry_json(entry) for key, entry in were.items()},
            shown={key: shown_json(were[key]) for key in request.shown if is_known(were[key])},
            picture=png or None,
            receiver_name=request.receiver.name,
            receiver_email=request.receiver.email,
            receiver_organisation=request.receiver.organisation,
            language=request.receiver.language,
            message=request.message,
            reply_by=request.reply_by,
            remind_after_days=request.remind_after_days,
            asked_at=now,
            asked_on=rules.today,
            asked_by=actor.email,
            asked_by_name=actor.name,
            expires_at=expires_at,
        )
        .returning(table.c.id)
    ).one()
    asked = find(session, number)
    waiting = {key: asked.left(key) for key in asked.keys if not is_known(were[key])}
    if waiting:
        reason = f"Fråga {number} till {asked.asked}"
        version = question_subjects.change(
            session, actor, about, Changes(waiting), rules, reason=reason
        )
        session.execute(update(table).where(table.c.id == number).values(site_version=version))
    asked = find(session, number)
    token = new_link(session, asked, expires_at)
    send_question(session, asked, token, municipalities.names(session)[asked.municipality])
    return asked


def shown_json(entry: Entry | None) -> dict[str, Any]:
    """What the receiver sees of a value: never its source. Any: JSON."""
    if entry is None:
        return {}
    behind = entry.provenance
    return {
        "value": to_json(entry.value),
        "basis": behind.basis,
        "as_of": behind.as_of.isoformat() if behind.as_of else None,
    }


def new_link(session: Session, asked: Question, expires_at: datetime) -> str:
    """The secret of one more link to the question."""
    token = secrets.token_urlsafe(32)
    session.execute(
        insert(question_link).values(
            token_hash=hashed(token),
            question_id=asked.id,
            municipality=asked.municipality,
            expires_at=expires_at,
        )
    )
    return token


def withdraw(session: Session, actor: Actor, number: int, rules: Rules) -> Question:
    """The question taken back: its links hold no more, its fields say again what they said.

    Only a field that still waits for this very answer is put back, and one that a listed site
    must say something about stays as asked. Raises `NotPossible` once it is answered.
    """
    asked = find(session, number)
    sites.may_write(actor, asked.municipality)
    if asked.stage != "open":
        raise NotPossible(
            Text(
                "Frågan väntar inte längre på svar.", "The question no longer waits for an answer."
            )
        )
    about = subject_of(session, asked)
    back = {key: asked.were[key] for key in asked.keys if may_go_back(about, asked, key)}
    if back:
        reason = f"Fråga {number} till {asked.asked} togs tillbaka"
        question_subjects.change(session, actor, about, Changes(back), rules, reason=reason)
    session.execute(
        update(table)
        .where(table.c.id == number)
        .values(withdrawn_at=rules.now(), withdrawn_by=actor.email)
    )
    return find(session, number)


def may_go_back(about: Subject, asked: Question, key: str) -> bool:
    still_waits = not is_known(asked.were[key]) and entry_of(about, key) == asked.left(key)
    is_listed = isinstance(about, Site) and about.status in LISTED_STATUSES
    is_needed = is_listed and key in BEFORE_PUBLISHING
    return still_waits and not (is_needed and asked.were[key] is None)
