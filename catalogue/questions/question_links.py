"""The link to a question: what whoever holds it sees, and their answer taken, once.

They have no account and reach no table; two functions of the database are all there is for them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import cast, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from catalogue.accounts.accounts import hashed
from catalogue.changes import Entry
from catalogue.errors import LinkOver, NoSuchLink
from catalogue.fields import Field, Value
from catalogue.provenance import Provenance
from catalogue.questions.askable_fields import ASKABLE
from catalogue.questions.questions import Answer, Document
from catalogue.values import from_json, to_json
from geo.texts import Language


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question as its receiver may see it."""

    id: int
    municipality: str
    reference: str
    site_name: str
    keys: Sequence[str]
    shown: Mapping[str, Entry]
    """The present values that the asker chose to show."""
    picture: str
    """A PNG in base64; empty where there is none."""
    receiver_name: str
    receiver_email: str
    receiver_organisation: str
    language: Language
    message: str
    reply_by: date | None
    asked_on: date
    asked_by: str
    asked_by_name: str
    expires_at: datetime
    withdrawn_at: datetime | None
    answered_at: datetime | None
    answered_by: str
    remark: str
    document: str
    answers: Sequence[Answer]

    @property
    def fields(self) -> list[Field]:
        return [ASKABLE[key] for key in self.keys]

    @property
    def values(self) -> dict[str, Value]:
        return {key: entry.value for key, entry in self.shown.items() if entry.value is not None}

    @property
    def provenance(self) -> dict[str, Provenance]:
        return {key: entry.provenance for key, entry in self.shown.items()}


@dataclass(frozen=True, kw_only=True)
class Given:
    """A whole answer as its writer meant it."""

    name: str
    remark: str
    answers: Sequence[Answer]
    document: Document | None = None


def open_link(session: Session, token: str, now: datetime) -> Asked:
    """The question behind a link, answered or not; raises `NoSuchLink` and `LinkOver`."""
    found = session.scalar(select(func.asked_by_link(hashed(token), type_=JSONB)))
    if found is None:
        raise NoSuchLink
    asked = read_asked(found)
    if asked.withdrawn_at is not None:
        raise LinkOver(asked.asked_by_name, is_withdrawn=True)
    if asked.expires_at <= now:
        raise LinkOver(asked.asked_by_name, is_withdrawn=False)
    return asked


def read_asked(found: Mapping[str, Any]) -> Asked:
    """Any: JSON as `asked_by_link` writes it."""
    keys = [key for key in found["keys"] if key in ASKABLE]
    plain = {
        name: found[name]
        for name in (
            "id", "municipality", "reference", "site_name", "receiver_name", "receiver_email",
            "receiver_organisation", "language", "message", "asked_by", "asked_by_name",
            "answered_by", "remark",
        )
    }  # fmt: skip
    return Asked(
        **plain,
        keys=keys,
        shown={key: shown_entry(key, found["shown"][key]) for key in keys if key in found["shown"]},
        picture=(found["picture"] or "").replace("\n", ""),
        document=found["document"] or "",
        reply_by=read_day(found["reply_by"]),
        asked_on=date.fromisoformat(found["asked_on"]),
        expires_at=datetime.fromisoformat(found["expires_at"]),
        withdrawn_at=read_moment(found["withdrawn_at"]),
        answered_at=read_moment(found["answered_at"]),
        answers=sorted(
            (read_answer(one) for one in found["answers"] if one["key"] in keys),
            key=lambda one: keys.index(one.key),
        ),
    )


def shown_entry(key: str, said: Mapping[str, Any]) -> Entry:
    value = from_json(ASKABLE[key], said["value"])
    return Entry(value, Provenance(basis=said["basis"], as_of=read_day(said["as_of"])))


def read_answer(one: Mapping[str, Any]) -> Answer:
    value = None if one["value"] is None else from_json(ASKABLE[one["key"]], one["value"])
    return Answer(
        key=one["key"],
        verdict=one["verdict"],
        value=value,
        basis=one["basis"],
        as_of=read_day(one["as_of"]),
        other=one["other"],
    )


def read_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def read_moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def take(session: Session, token: str, given: Given, now: datetime) -> bool:
    """Whether the answer was taken; it is not where another was first, or the link is over."""
    answers = [
        {
            "key": one.key,
            "verdict": one.verdict,
            "value": to_json(one.value),
            "basis": one.basis,
            "as_of": one.as_of.isoformat() if one.as_of else None,
            "other": one.other,
        }
        for one in given.answers
    ]
    file = given.document
    taken = session.scalar(
        select(
            func.take_answer(
                hashed(token),
                given.name,
                given.remark,
                cast(answers, JSONB),
                now,
                file.name if file else None,
                file.media_type if file else None,
                sha256(file.content).hexdigest() if file else None,
                file.content if file else None,
            )
        )
    )
    return bool(taken)
