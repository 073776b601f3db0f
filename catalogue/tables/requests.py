"""Requests for information from clients, kept by the project; every change is a version."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from catalogue.tables.columns import metadata

client_request = Table(
    "client_request",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("code_name", Text, nullable=False),
    Column("sector", Text),
    Column("size", Text),
    Column("received_on", Date, nullable=False),
    Column("due_on", Date),
    Column("answered_on", Date),
    Column("text", Text, nullable=False, server_default=""),
    Column("requirements", JSONB, nullable=False, server_default="[]"),
    Column("sites", ARRAY(Text), nullable=False, server_default="{}"),
    Column("outcome", Text, nullable=False, server_default="open"),
    Column("lost_because", Text),
    Column("closed_on", Date),
    Column("handler", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("updated_by", Text, nullable=False, server_default=""),
    UniqueConstraint("code_name"),
    CheckConstraint(
        "outcome in ('open', 'shortlisted', 'won', 'lost', 'withdrawn', 'no_answer')",
        name="outcome",
    ),
    CheckConstraint("lost_because is null or outcome = 'lost'", name="lost_because"),
    CheckConstraint("answered_on is null or answered_on >= received_on", name="in_order"),
)

client_request_version = Table(
    "client_request_version",
    metadata,
    Column(
        "request_id", BigInteger, ForeignKey(client_request.c.id), primary_key=True, nullable=False
    ),
    Column("version", Integer, primary_key=True),
    Column("recorded_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("actor", Text, nullable=False),
    Column("changed", ARRAY(Text), nullable=False),
    Column("state", JSONB, nullable=False),
)
"""Written by a trigger, changed by nobody."""
