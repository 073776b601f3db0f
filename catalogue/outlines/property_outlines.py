"""Outlines from property designations, where a layer of property boundaries has been imported."""

from collections.abc import Sequence

from geoalchemy2.shape import to_shape
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from catalogue.outlines.property_designations import BadDesignation, read_list, split
from catalogue.tables import layer_feature
from geo.errors import InvalidOutline
from geo.layers import LayerKind
from geo.outlines import Outline, united_outline
from geo.texts import Text

PROPERTY: LayerKind = "property"


def property_outline(session: Session, text: str) -> Outline:
    """The properties of a pasted list as one outline; raises `InvalidOutline`."""
    try:
        designations = read_list(split(text))
    except BadDesignation as refusal:
        raise InvalidOutline(refusal.text) from refusal
    has_layer = select(layer_feature.c.id).where(layer_feature.c.kind == PROPERTY).limit(1)
    if session.scalar(has_layer) is None:
        raise InvalidOutline(
            Text(
                "Här finns inga fastighetsgränser, så en beteckning ger inget område. Rita det, "
                "klistra in koordinater eller hämta det från en fil. Beteckningen själv skriver du "
                "under Grunduppgifter.",
                "There are no property boundaries here, so a designation gives no outline. Draw "
                "it, paste coordinates or take it from a file. The designation itself is written "
                "under Basics.",
            )
        )
    name = func.upper(layer_feature.c.name)
    found = session.execute(
        select(name.label("name"), func.upper(layer_feature.c.code).label("code"),
               layer_feature.c.shape)
        .where(
            layer_feature.c.kind == PROPERTY,
            or_(name.in_(designations), func.upper(layer_feature.c.code).in_(designations)),
        )
    ).all()  # fmt: skip
    missing = unknown(designations, {said for row in found for said in (row.name, row.code)})
    if missing:
        raise InvalidOutline(
            Text(
                "Fastighetslagret har inte {names}. Kontrollera stavningen.",
                "The property layer does not have {names}. Check the spelling.",
            ).format(names=", ".join(missing))
        )
    return united_outline([to_shape(row.shape) for row in found])


def unknown(designations: Sequence[str], found: set[str]) -> list[str]:
    return [one for one in designations if one not in found]
