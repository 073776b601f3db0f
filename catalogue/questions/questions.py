"""Questions to those who know a value, as they stand, with their answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, RowMapping, and_, func, select
from sqlalchemy.orm import Session

from catalogue.changes import Entry
from catalogue.errors import NoSuchQuestion
from catalogue.fields import Field, Value
from catalogue.forms.forms import Described
from catalogue.provenance import Basis, Provenance
from catalogue.questions.askable_fields import ASKABLE
from catalogue.tables import question as table
from catalogue.tables import question_answer, question_document
from catalogue.values import from_json, to_json
from geo.texts import Language

Stage = Literal["open", "answered", "settled", "withdrawn"]
STAGES: dict[Stage, ColumnElement[bool]] = {
    "open": table.c.answered_at.is_(None) & table.c.withdrawn_at.is_(None),
    "answered": table.c.answered_at.is_not(None) & table.c.settled_at.is_(None),
    "settled": table.c.settled_at.is_not(None),
    "withdrawn": table.c.withdrawn_at.is_not(None),
}
Verdict = Literal["confirmed", "corrected", "unknown", "other"]


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file that came with an answer, its type known by its content."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was said of one field, and what the municipality made of it."""

    key: str
    verdict: Verdict
    value: Value | None = None
    basis: Basis | None = None
    as_of: date | None = None
    other: str = ""
    """Whom to ask instead."""
    decision: Literal["accepted", "rejected"] | None = None
    decided_at: datetime | None = None
    decided_by: str = ""
    note: str = ""
    site_version: int | None = None
    """The version of the site, or of the profile, that took the value up."""

    @property
    def field(self) -> Field:
        return ASKABLE[self.key]


@dataclass(frozen=True, kw_only=True)
class Question:
    """One letter to one person, about fields of a site or of a municipality's profile."""

    id: int
    municipality: str
    reference: str
    """Of the site; empty where the profile is meant."""
    site_name: str
    keys: tuple[str, ...]
    were: Mapping[str, Entry | None]
    """How each field was stated before; None for one that was empty."""
    receiver_name: str
    receiver_email: str
    receiver_organisation: str
    language: Language
    message: str
    reply_by: date | None
    remind_after_days: int
    """0 for no reminders but those sent by hand."""
    asked_at: datetime
    asked_on: date
    asked_by: str
    asked_by_name: str
    site_version: int | None
    """The version of the site, or of the profile, whose fields say that somebody was asked."""
    expires_at: datetime
    """Of the latest link."""
    reminders: int
    reminded_at: datetime | None
    answered_at: datetime | None
    answered_by: str
    remark: str
    withdrawn_at: datetime | None
    withdrawn_by: str
    settled_at: datetime | None
    answers: Sequence[Answer] = ()
    document: str = ""
    """The name of the file that came with the answer."""
    fields: Sequence[Field] = field(default=())

    @property
    def stage(self) -> Stage:
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.settled_at is not None:
            return "settled"
        return "open" if self.answered_at is None else "answered"

    @property
    def asked(self) -> str:
        return asked_text(self.receiver_name, self.receiver_organisation)

    def is_overdue(self, now: datetime, today: date) -> bool:
        """Open past the day wished for, or with no link that still holds."""
        is_late = self.reply_by is not None and self.reply_by < today
        return self.stage == "open" and (is_late or self.expires_at <= now)

    def days_waited(self, today: date) -> int:
        """From the question to its answer, or to today."""
        answered = self.answered_at or self.withdrawn_at
        return ((answered.date() if answered else today) - self.asked_on).days

    def left(self, key: str) -> Entry | None:
        """How the question itself left a field: known values stay, the rest waits for an answer."""
        before = self.were.get(key)
        if is_known(before):
            return before
        visibility = before.provenance.visibility if before else None
        return Entry(
            None,
            Provenance(
                state="unknown", asked=self.asked, asked_on=self.asked_on, visibility=visibility
            ),
        )


def asked_text(name: str, organisation: str) -> str:
    return ", ".join(part for part in (name, organisation) if part)


def is_known(entry: Entry | None) -> bool:
    return entry is not None and entry.provenance.state == "known"


def entry_of(described: Described, key: str) -> Entry | None:
    """How a site or a profile states a field; None where it says nothing."""
    behind = described.provenance.get(key)
    if behind is None and key not in described.values:
        return None
    return Entry(described.values.get(key), behind or Provenance())


def entry_json(entry: Entry | None) -> dict[str, Any] | None:
    """Any: JSON."""
    if entry is None:
        return None
    return {"value": to_json(entry.value), "provenance": entry.provenance.to_json()}


def read_entry(key: str, said: Mapping[str, Any] | None) -> Entry | None:
    """Any: the shape is the one `entry_json` wrote."""
    if said is None:
        return None
    value = None if said["value"] is None else from_json(ASKABLE[key], said["value"])
    return Entry(value, Provenance.from_json(said["provenance"]))


def find(session: Session, number: int) -> Question:
    """One question the actor may read, with its answers; raises `NoSuchQuestion`."""
    found = chosen(session, [table.c.id == number])
    if not found:
        raise NoSuchQuestion(number)
    return found[0]


def chosen(
    session: Session,
    held: Sequence[ColumnElement[bool]] = (),
    *,
    limit: int | None = None,
    offset: int = 0,
) -> list[Question]:
    """The questions the actor may read, the latest first, with their answers."""
    columns = [column for column in table.c if column.name not in ("picture", "shown", "site_id")]
    rows = list(
        session.execute(
            select(*columns).where(*held).order_by(table.c.id.desc()).limit(limit).offset(offset)
        ).mappings()
    )
    numbers = [row["id"] for row in rows]
    answers: dict[int, list[Answer]] = {}
    for one in session.execute(
        select(question_answer).where(question_answer.c.question_id.in_(numbers))
    ).mappings():
        answers.setdefault(one["question_id"], []).append(answer_of(one))
    named = select(question_document.c.question_id, question_document.c.name)
    held_by = session.execute(named.where(question_document.c.question_id.in_(numbers)))
    documents = {number: name for number, name in held_by}
    return [
        question_of(row, answers.get(row["id"], []), documents.get(row["id"], "")) for row in rows
    ]


def unclosed(session: Session, held: ColumnElement[bool]) -> list[Question]:
    """The questions that wait for an answer or a decision, the latest first."""
    return chosen(session, [held, STAGES["open"] | STAGES["answered"]])


def about_site(reference: str) -> ColumnElement[bool]:
    return table.c.reference == reference


def about_profile(municipality: str) -> ColumnElement[bool]:
    return and_(table.c.reference == "", table.c.municipality == municipality)


def count(session: Session, held: Sequence[ColumnElement[bool]] = ()) -> int:
    return session.scalars(select(func.count()).select_from(table).where(*held)).one()


def answer_of(row: RowMapping) -> Answer:
    said = {name: row[name] for name in row if name not in ("question_id", "municipality", "value")}
    value = None if row["value"] is None else from_json(ASKABLE[row["key"]], row["value"])
    return Answer(**said, value=value)


def question_of(row: RowMapping, answers: Sequence[Answer], document: str) -> Question:
    keys = tuple(key for key in row["keys"] if key in ASKABLE)
    said = {name: row[name] for name in row if name not in ("keys", "were")}
    return Question(
        **said,
        keys=keys,
        were={key: read_entry(key, row["were"].get(key)) for key in keys},
        answers=sorted(answers, key=lambda one: keys.index(one.key)),
        document=document,
        fields=[ASKABLE[key] for key in keys],
    )


def document(session: Session, number: int) -> Document:
    """The file that came with an answer; raises `NoSuchQuestion` where there is none."""
    kept = question_document
    row = session.execute(
        select(kept.c.name, kept.c.media_type, kept.c.content).where(kept.c.question_id == number)
    ).first()
    if row is None:
        raise NoSuchQuestion(number)
    return Document(name=row.name, media_type=row.media_type, content=row.content)
