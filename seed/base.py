"""What every installation starts with: a county's municipalities, their facts, the base map."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from geoalchemy2.shape import from_shape
from shapely import MultiPolygon, Polygon
from shapely.geometry import shape
from sqlalchemy import func, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from catalogue import municipalities
from catalogue.maps.reference_layers import replace_layer
from catalogue.municipalities import Municipality
from catalogue.provenance import Provenance
from catalogue.rules import Rules
from catalogue.tables import (
    layer_feature,
    municipality,
    municipality_listing_public,
    organisation,
    reference_word,
    service_area,
)
from geo.layers import LayerFeature, LayerKind
from geo.reference_systems import SWEREF99TM, WGS84, transformed

DATA = Path(__file__).parent / "data"
GAVLEBORG = "21"
LAYER_FILES: dict[LayerKind, str] = {
    "e_road": "e_roads.geojson",
    "rail": "railways.geojson",
    "port": "ports.geojson",
    "airport": "airports.geojson",
    "terminal": "terminals.geojson",
    "substation": "substations.geojson",
    "road": "roads.geojson",
    "grid_line": "power_lines.geojson",
    "place": "places.geojson",
    "water": "water.geojson",
}
ORGANISATIONS: dict[str, tuple[str, ...]] = {
    "grid_owners": ("Ellevio", "Vattenfall Eldistribution", "E.ON Energidistribution"),
    "regional_grid_owners": (
        "Ellevio", "Vattenfall Eldistribution", "E.ON Energidistribution", "Svenska kraftnät",
    ),
    "water_utilities": (),
    "fibre_providers": ("Telia", "GlobalConnect", "Telenor", "Stokab", "Zayo"),
}  # fmt: skip
"""The administrator's lists as they start; the municipalities' own owners and utilities join."""

SUPPLIERS = {
    "grid_owners": "grid_owners",
    "regional_grid_owners": "regional_grid_owner",
    "water_utilities": "water_utility",
}
"""By the list of organisations: the fact about a municipality that names some of it."""


def is_seeded(session: Session, county: str) -> bool:
    """Whether all of it is there, asked without reading a file."""
    in_county = select(func.count()).where(municipality.c.county == county)
    kinds = select(func.count(layer_feature.c.kind.distinct()))
    served = select(func.count(service_area.c.municipality.distinct()))
    listed = select(func.count()).select_from(municipality_listing_public)
    there, layers, supplied, profiles = session.execute(
        select(*(one.scalar_subquery() for one in (in_county, kinds, served, listed)))
    ).one()
    return bool(there and layers >= len(LAYER_FILES) and supplied >= there and profiles >= there)


def seed_base(session: Session, county: str, rules: Rules) -> None:
    """Municipalities and layers that are not there yet; what somebody has changed is kept."""
    add_municipalities(session, county)
    for kind in LAYER_FILES:
        there = select(func.count()).where(layer_feature.c.kind == kind)
        if not session.scalars(there).one():
            replace_layer(session, kind, features(kind))
    add_facts(session, county, rules)


def read(name: str) -> dict[str, Any]:
    """A file of `seed/data`; Any: JSON."""
    found: dict[str, Any] = json.loads((DATA / name).read_text("utf-8"))
    return found


def add_municipalities(session: Session, county: str) -> None:
    for feature in read("municipalities.geojson")["features"]:
        said = feature["properties"]
        if said["county"] == county:
            outline = transformed(shape(feature["geometry"]), WGS84, SWEREF99TM)
            whole = MultiPolygon([outline]) if isinstance(outline, Polygon) else outline
            session.execute(
                insert(municipality)
                .values(
                    code=said["code"],
                    name=said["name"],
                    county=county,
                    outline=from_shape(whole, srid=SWEREF99TM),
                )
                .on_conflict_do_nothing()
            )


def features(kind: LayerKind) -> list[LayerFeature]:
    """A reference layer as it is delivered with the product."""
    file = read(LAYER_FILES[kind])
    found = []
    for feature in file["features"]:
        said = dict(feature["properties"])
        found.append(
            LayerFeature(
                kind=kind,
                name=said.pop("name", "") or "",
                shape=transformed(shape(feature["geometry"]), WGS84, SWEREF99TM),
                accuracy_m=said.pop("accuracy_m", None),
                code=said.pop("code", None),
                properties=said,
                source=file["source"],
            )
        )
    return found


def add_facts(session: Session, county: str, rules: Rules) -> None:
    """Population, who supplies whom, and the listing of profiles new here."""
    add_organisations(session, ORGANISATIONS)
    for facts in read("municipalities.json")["municipalities"]:
        if facts["county"] != county:
            continue
        add_suppliers(session, facts)
        profile = municipalities.find(session, facts["code"])
        if profile.version == 1:
            municipalities.save_profile(session, with_population(profile, facts["population"]), 1)
    if county == GAVLEBORG:
        codes = sorted({one.code or one.name for one in features("substation")})
        rows = [{"list": "substations", "word": code} for code in codes]
        session.execute(insert(reference_word).on_conflict_do_nothing(), rows)
    listed = municipalities.listed_names(session, "public")
    new = [code for code in municipalities.names(session) if code not in listed]
    if new:
        municipalities.write_listing(
            session, [municipalities.find(session, code) for code in new], rules.shelf_life
        )


def add_organisations(session: Session, names: Mapping[str, Iterable[str]]) -> None:
    rows = [{"kind": kind, "name": name} for kind, some in names.items() for name in some]
    session.execute(insert(organisation).on_conflict_do_nothing(), rows)


def add_suppliers(session: Session, facts: dict[str, Any]) -> None:
    """Who serves one municipality, where nobody has said so yet; Any: facts as the file has them."""
    code = facts["code"]
    known = select(func.count()).where(service_area.c.municipality == code)
    if session.scalars(known).one():
        return
    for kind, key in SUPPLIERS.items():
        said = facts[key]
        names = said["value"] if isinstance(said["value"], list) else [said["value"]]
        add_organisations(session, {kind: names})
        suppliers = select(organisation.c.id, literal(code), literal(bool(said["verify"]))).where(
            organisation.c.kind == kind, organisation.c.name.in_(names)
        )
        session.execute(
            insert(service_area).from_select(
                ["organisation_id", "municipality", "to_verify"], suppliers
            )
        )


def with_population(profile: Municipality, fact: dict[str, Any]) -> Municipality:
    """Any: a fact as the file has it."""
    behind = Provenance(
        basis="authority", as_of=date.fromisoformat(fact["as_of"]), source=fact["source"]["sv"]
    )
    return replace(
        profile,
        values={**profile.values, "population": fact["value"]},
        provenance={**profile.provenance, "population": behind},
    )
