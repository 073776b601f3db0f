"""What an administrator decides and what became of it: settings, the audit log, jobs that failed."""

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, Integer, Table, Text, func
from sqlalchemy.dialects.postgresql import JSONB

from catalogue.tables.columns import metadata

setting_change = Table(
    "setting_change",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("name", Text, nullable=False),
    Column("value", JSONB(none_as_null=True)),
    Column("before", JSONB, nullable=False),
    Column("after", JSONB, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("changed_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("changed_by", Text, nullable=False, server_default=""),
    Index("ix_setting_change_name", "name", "id"),
)
"""Added to only. No `value` means that the installation's own holds again."""

audit_event = Table(
    "audit_event",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("actor", Text, nullable=False, server_default=""),
    Column("kind", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("before", JSONB(none_as_null=True)),
    Column("after", JSONB(none_as_null=True)),
    Column("reason", Text, nullable=False, server_default=""),
    Index("ix_audit_event_at", "at"),
)
"""Added to only, mostly by triggers; who acted and when is filled in by the database."""

job_failure = Table(
    "job_failure",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("job_id", BigInteger, nullable=False, index=True),
    Column("attempt", Integer, nullable=False),
    Column("failed_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("error", Text, nullable=False),
)
"""Why each attempt at a job failed, for as long as the job is there."""

relisting = Table(
    "relisting",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("asked_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("asked_by", Text, nullable=False),
    Column("done", Integer, nullable=False, server_default="0"),
    Column("total", Integer, nullable=False),
    Column("ended_at", DateTime(timezone=True)),
)
"""Each time the read side is made anew in the background, and how far it has come."""
