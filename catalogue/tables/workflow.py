"""What people say and keep while they work on a site, and which letters it has caused."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Integer,
    Table,
    Text,
    func,
)

from catalogue.tables.accounts import account
from catalogue.tables.columns import metadata
from catalogue.tables.sites import site

site_comment = Table(
    "site_comment",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("site_id", BigInteger, ForeignKey(site.c.id), nullable=False, index=True),
    Column("municipality", Text, nullable=False),
    Column("key", Text),
    Column("text", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("reply_to", BigInteger, ForeignKey("site_comment.id")),
    Column("resolved_at", DateTime(timezone=True)),
    Column("resolved_by", Text),
    CheckConstraint("(resolved_at is null) = (resolved_by is null)", name="resolved"),
)
"""Without a key it is about the whole site. Never changed but for being resolved."""

form_draft = Table(
    "form_draft",
    metadata,
    Column("account_id", BigInteger, ForeignKey(account.c.id), primary_key=True),
    Column("place", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("before", Text, nullable=False),
    Column("texts", Text, nullable=False),
    Column("saved_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
"""What is typed in a form and not saved: the account's own, and nobody else's to see."""

site_notice = Table(
    "site_notice",
    metadata,
    Column("site_id", BigInteger, ForeignKey(site.c.id), primary_key=True),
    Column("about", Text, primary_key=True),
    Column("receiver", Text, primary_key=True),
    Column("sent_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
"""Letters that are sent once, or not more often than so."""
