"""What all tables share, and the columns that the field registry asks for."""

from typing import Any

from sqlalchemy import Boolean, Column, Date, Double, Integer, MetaData, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.types import TypeEngine

from catalogue.fields import SITE_FIELDS, Field
from catalogue.fields.field import Kind

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

COLUMN_TYPES: dict[Kind, TypeEngine[Any]] = {
    "text": Text(),
    "long_text": Text(),
    "link": Text(),
    "number": Double(),
    "integer": Integer(),
    "integers": ARRAY(Integer),
    "date": Date(),
    "flag": Boolean(),
    "code": Text(),
    "codes": ARRAY(Text),
    "list": ARRAY(Text),
    "span": ARRAY(Integer),
    "records": JSONB(none_as_null=True),
}
FIXED_WIDTH_KINDS: frozenset[Kind] = frozenset({"number", "integer", "date", "flag"})
UNLISTED_KINDS: frozenset[Kind] = frozenset({"long_text", "link", "records"})
NAME_KEYS = ("name_sv", "name_en")


def value_columns(fields: tuple[Field, ...]) -> list[Column[object]]:
    """A nullable column for each field that has a value of its own."""
    return [Column(field.key, COLUMN_TYPES[field.kind]) for field in fields if not field.structural]


SITE_VALUE_FIELDS: tuple[Field, ...] = tuple(field for field in SITE_FIELDS if not field.structural)


def is_listed(field: Field) -> bool:
    """Whether the read side has a column for the field: what can be filtered or sorted by.

    Running text is not, but words chosen from a list are. The rest stands in the feature only.
    """
    if field.visibility == "internal" or field.kind in UNLISTED_KINDS:
        return False
    return field.kind != "text" or bool(field.reference_list) or field.key in NAME_KEYS


LISTED_FIELDS: tuple[Field, ...] = tuple(
    sorted(
        (field for field in SITE_VALUE_FIELDS if is_listed(field)),
        key=lambda field: field.kind not in FIXED_WIDTH_KINDS,
    )
)
"""Columns of fixed width first: PostgreSQL reaches those without walking through texts."""
