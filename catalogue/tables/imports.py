"""Files that somebody imports: each with its content, how far it has come, and its report."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

from catalogue.tables.accounts import account
from catalogue.tables.columns import metadata
from catalogue.tables.sites import municipality

import_job = Table(
    "import_job",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("municipality", Text, ForeignKey(municipality.c.code), nullable=False),
    Column("account_id", BigInteger, ForeignKey(account.c.id), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("state", Text, nullable=False, server_default="waiting"),
    Column("writes_at_once", Boolean, nullable=False, server_default="false"),
    Column("rows_done", Integer, nullable=False, server_default="0"),
    Column("rows_total", Integer, nullable=False, server_default="0"),
    Column("report", JSONB),
    Column("versions", JSONB, nullable=False, server_default="{}"),
    Column("refusal", JSONB),
    Column("reading", Text, nullable=False, server_default=""),
    Column("readings", JSONB),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("ended_at", DateTime(timezone=True)),
    CheckConstraint(
        "state in ('waiting','reading','checked','confirmed','writing','done','refused')",
        name="state",
    ),
    Index("ix_import_job_municipality", "municipality", "id"),
    Index("ix_import_job_created_at", "created_at"),
)
"""`reading` is how a person said that coordinates are meant; `readings` are the ways offered."""
