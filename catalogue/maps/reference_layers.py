"""The reference layers of this database, kept in memory until they change, and replaced whole."""

from collections.abc import Iterable
from threading import Lock

from geoalchemy2.shape import from_shape, to_shape
from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.orm import Session

from catalogue.tables import catalogue_state, layer_feature
from geo.layers import DISTANCE_KINDS, LayerFeature, LayerKind, Layers
from geo.reference_systems import SWEREF99TM

KEPT: dict[str, tuple[int, Layers]] = {}
LOCK = Lock()


def current_layers(session: Session) -> Layers:
    """What distances are measured to; read again only when a layer has been replaced."""
    version = session.scalars(select(catalogue_state.c.layers_version)).one()
    bind = session.get_bind()
    name = (bind if isinstance(bind, Engine) else bind.engine).url.render_as_string()
    with LOCK:
        kept = KEPT.get(name)
        if kept is None or kept[0] != version:
            kept = (version, Layers(read_layers(session, DISTANCE_KINDS)))
            KEPT[name] = kept
        return kept[1]


def read_layers(session: Session, kinds: Iterable[LayerKind]) -> list[LayerFeature]:
    statement = (
        select(layer_feature).where(layer_feature.c.kind.in_(kinds)).order_by(layer_feature.c.id)
    )
    return [
        LayerFeature(
            row["kind"], row["name"], to_shape(row["shape"]), row["accuracy_m"], row["code"],
            row["properties"], row["source"],
        )
        for row in session.execute(statement).mappings()
    ]  # fmt: skip


def replace_layer(session: Session, kind: LayerKind, features: Iterable[LayerFeature]) -> int:
    """The whole layer made anew; how many features it now has."""
    session.execute(delete(layer_feature).where(layer_feature.c.kind == kind))
    found = [
        {
            "kind": kind,
            "name": feature.name,
            "shape": from_shape(feature.shape, srid=SWEREF99TM),
            "accuracy_m": feature.accuracy_m,
            "code": feature.code,
            "properties": feature.properties,
            "source": feature.source,
        }
        for feature in features
    ]
    if found:
        session.execute(insert(layer_feature), found)
    session.execute(
        update(catalogue_state).values(
            version=catalogue_state.c.version + 1,
            layers_version=catalogue_state.c.layers_version + 1,
        )
    )
    return len(found)
