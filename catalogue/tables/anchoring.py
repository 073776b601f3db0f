"""How the project is anchored in each municipality: decision, people, meetings, and reminders."""

from datetime import date

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Integer,
    Table,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from catalogue.tables.columns import metadata
from catalogue.tables.sites import municipality

SEATS = ("person", "deputy", "steering")
"""Who is appointed: the one who does the work, their deputy, the member of the steering group."""


def seat_columns(seat: str) -> tuple[Column[str], Column[str], Column[str], Column[date]]:
    return (
        Column(f"{seat}_role", Text, nullable=False, server_default=""),
        Column(f"{seat}_name", Text, nullable=False, server_default=""),
        Column(f"{seat}_email", Text, nullable=False, server_default=""),
        Column(f"{seat}_since", Date),
    )


anchoring = Table(
    "anchoring",
    metadata,
    Column("municipality", Text, ForeignKey(municipality.c.code), primary_key=True),
    Column("decided_on", Date),
    Column("decided_by", Text, nullable=False, server_default=""),
    Column("decision_reference", Text, nullable=False, server_default=""),
    Column("decision_link", Text, nullable=False, server_default=""),
    *(column for seat in SEATS for column in seat_columns(seat)),
    Column("is_example", Boolean, nullable=False, server_default="false"),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("updated_by", Text, nullable=False, server_default=""),
    *(
        CheckConstraint(
            f"({seat}_since is null) = ({seat}_role = '' and {seat}_name = '' and {seat}_email = '')",
            name=f"{seat}_since",
        )
        for seat in SEATS
    ),
)
"""A municipality that has said nothing yet has no row."""

anchoring_version = Table(
    "anchoring_version",
    metadata,
    Column("municipality", Text, ForeignKey(municipality.c.code), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("recorded_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("actor", Text, nullable=False),
    Column("changed", ARRAY(Text), nullable=False),
    Column("state", JSONB, nullable=False),
)
"""Written by a trigger, without names and addresses of people; changed by nobody."""

meeting = Table(
    "meeting",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("held_on", Date, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False, server_default=""),
    Column("is_example", Boolean, nullable=False, server_default="false"),
    Column("entered_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("entered_by", Text, nullable=False, server_default=""),
    Column("withdrawn_at", DateTime(timezone=True)),
    Column("withdrawn_by", Text, nullable=False, server_default=""),
    CheckConstraint(
        "kind in ('steering_group', 'working_group', 'training', 'municipal_board', 'other')",
        name="kind",
    ),
)
"""Never changed but for being withdrawn: a correction is a new meeting in its place."""

meeting_attendance = Table(
    "meeting_attendance",
    metadata,
    Column("meeting_id", BigInteger, ForeignKey(meeting.c.id), primary_key=True),
    Column("municipality", Text, ForeignKey(municipality.c.code), primary_key=True, index=True),
    Column("people", Integer),
    CheckConstraint("people between 1 and 500", name="people"),
)
"""A municipality that took part, and with how many where that is known."""

anchoring_letter = Table(
    "anchoring_letter",
    metadata,
    Column("municipality", Text, ForeignKey(municipality.c.code), primary_key=True),
    Column("occasion", Text, primary_key=True),
    Column("sent_at", DateTime(timezone=True), nullable=False),
    Column("sent_by", Text, nullable=False),
    Column("receivers", Integer, nullable=False),
)
"""One row for each reminder, so that no occasion is written about twice."""
