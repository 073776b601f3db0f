"""What sites are measured to, words to choose from, and the version of the whole catalogue."""

from geoalchemy2 import Geometry
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Identity,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

from catalogue.tables.columns import metadata
from geo.reference_systems import SWEREF99TM

layer_feature = Table(
    "layer_feature",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("code", Text),
    Column("name", Text, nullable=False),
    Column("accuracy_m", Integer),
    Column("properties", JSONB, nullable=False, server_default="{}"),
    Column("source", Text, nullable=False, server_default=""),
    Column("shape", Geometry("GEOMETRY", SWEREF99TM, spatial_index=False), nullable=False),
    Index("ix_layer_feature_kind", "kind"),
    Index("ix_layer_feature_shape", "shape", postgresql_using="gist"),
)

reference_word = Table(
    "reference_word",
    metadata,
    Column("list", Text, primary_key=True),
    Column("word", Text, primary_key=True),
)

catalogue_state = Table(
    "catalogue_state",
    metadata,
    Column("id", SmallInteger, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("layers_version", BigInteger, nullable=False, server_default="1"),
    Column("has_examples", Boolean, nullable=False, server_default="false"),
    Column("settings", JSONB, nullable=False, server_default="{}"),
    CheckConstraint("id = 1", name="single_row"),
)
