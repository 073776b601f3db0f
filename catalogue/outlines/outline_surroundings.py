"""What an outline lies on that its drawer may not have seen: other sites, water, protected areas."""

from dataclasses import dataclass
from typing import Any

from shapely import MultiPolygon
from sqlalchemy import ColumnElement, Select, cast, func, literal, select
from sqlalchemy import Text as TextType
from sqlalchemy.orm import Session

from catalogue.fields import SITE
from catalogue.tables import layer_feature
from geo.layers import LayerKind
from geo.reference_systems import SWEREF99TM
from geo.texts import Text

LEAST_HA = 0.05
"""Below this two borders that were drawn apart merely fail to meet."""
MOST_NAMED = 5
PROTECTION_WORDS: dict[str, tuple[str, ...]] = {
    "natura_2000": ("natura", "natura_2000", "sci", "spa"),
    "nature_reserve": ("naturreservat", "nature_reserve", "nr"),
    "national_interest": ("riksintresse", "national_interest"),
    "shore_protection": ("strandskydd", "shore_protection"),
    "water_protection": ("vattenskyddsområde", "vattenskydd", "water_protection"),
    "ancient_monument": ("fornlämning", "ancient_monument", "raä"),
}
"""How layers of protected areas call their kinds, by the catalogue's code."""


@dataclass(frozen=True)
class Overlap:
    """What an outline shares with one other thing."""

    name: str
    area_ha: float
    words: str = ""
    """All that the layer says of the thing, in lower case."""
    source: str = ""


@dataclass(frozen=True)
class Surroundings:
    """All that an outline lies on, the largest overlap first."""

    sites: tuple[Overlap, ...] = ()
    water: tuple[Overlap, ...] = ()
    protected: tuple[Overlap, ...] = ()

    @property
    def warnings(self) -> list[Text]:
        """What the person who drew it should know."""
        told: list[tuple[tuple[Overlap, ...], Text]] = [
            (
                self.sites,
                Text(
                    "Området överlappar {what}. Samma mark bör bara finnas på en plats.",
                    "The outline overlaps {what}. The same land should be on one site only.",
                ),
            ),
            (
                self.water,
                Text(
                    "Området ligger delvis i vatten enligt referenslagret: {what}.",
                    "The outline lies partly in water by the reference layer: {what}.",
                ),
            ),
            (
                self.protected,
                Text(
                    "Området överlappar skyddad natur: {what}. Kontrollera fältet om skydd.",
                    "The outline overlaps protected areas: {what}. Check the field on protection.",
                ),
            ),
        ]
        return [text.format(what=named(overlaps)) for overlaps, text in told if overlaps]

    @property
    def protection(self) -> list[str]:
        """The kinds of protection found, as codes of `protected_overlap`, in their order."""
        found = {
            code
            for one in self.protected
            for code, words in PROTECTION_WORDS.items()
            if any(word in one.words.replace(",", " ").split() for word in words)
        }
        return [entry.code for entry in SITE["protected_overlap"].codes if entry.code in found]


NOWHERE = Surroundings()
UNNAMED = Text("utan namn", "unnamed")


def named(overlaps: tuple[Overlap, ...]) -> Text:
    """`GVB-2183-004 (1,3 ha), Ljusnan (0,2 ha)`, in each language; the largest few."""
    parts = [
        Text("{name} ({area} ha)", "{name} ({area} ha)").format(
            name=one.name or UNNAMED, area=round(one.area_ha, 1) or 0.1
        )
        for one in overlaps[:MOST_NAMED]
    ]
    more = len(overlaps) - MOST_NAMED
    if more > 0:
        parts.append(Text("{n} till", "{n} more").format(n=more))
    return Text(", ".join(part.sv for part in parts), ", ".join(part.en for part in parts))


def surroundings(
    session: Session, reference: str, municipality: str, outline: MultiPolygon
) -> Surroundings:
    """What the outline of a site lies on, as far as the actor may see it.

    Other sites are those of the same municipality, whatever their status: drafts of others are
    nobody else's business.
    """
    return Surroundings(
        sites=overlaps(session, other_sites(reference, municipality, shape_of(outline))),
        water=overlaps(session, layer_features("water", shape_of(outline))),
        protected=overlaps(session, layer_features("protected_area", shape_of(outline))),
    )


def shape_of(outline: MultiPolygon) -> ColumnElement[Any]:
    """Any: a geometry."""
    return func.ST_GeomFromWKB(outline.wkb, SWEREF99TM)


def overlaps(session: Session, statement: Select[Any]) -> tuple[Overlap, ...]:
    """Any: the row type of a select of many columns."""
    found = statement.subquery()
    rows = session.execute(
        select(found).where(found.c.area_ha > LEAST_HA).order_by(found.c.area_ha.desc())
    )
    return tuple(
        Overlap(row["name"], row["area_ha"], row["words"].lower(), row["source"])
        for row in rows.mappings()
    )


def other_sites(reference: str, municipality: str, shape: ColumnElement[Any]) -> Select[Any]:
    """By a function of the database: row-level security would keep the index from being used.

    Any: a geometry, and the row type.
    """
    meeting = func.sites_meeting(municipality, shape).table_valued("reference", "name", "outline")
    return select(
        func.concat_ws(" ", meeting.c.reference, meeting.c.name).label("name"),
        shared_ha(meeting.c.outline, shape),
        literal("").label("words"),
        literal("").label("source"),
    ).where(meeting.c.reference != reference)


def layer_features(kind: LayerKind, shape: ColumnElement[Any]) -> Select[Any]:
    """Any: a geometry, and the row type."""
    feature = layer_feature.c
    said = func.concat_ws(" ", feature.code, feature.name, cast(feature.properties, TextType))
    return select(
        feature.name,
        shared_ha(feature.shape, shape),
        func.regexp_replace(said, '[{}":,;]', " ", "g").label("words"),
        feature.source,
    ).where(feature.kind == kind, func.ST_Intersects(feature.shape, shape))


def shared_ha(one: ColumnElement[Any], shape: ColumnElement[Any]) -> ColumnElement[Any]:
    """Hectares in common; a layer's shape may be invalid. Any: a number."""
    valid = func.ST_MakeValid(one)
    return (func.ST_Area(func.ST_Intersection(valid, shape)) / 10_000).label("area_ha")
