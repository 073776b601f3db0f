"""One theme field by field: what is filled in, asked and sure in each municipality on a day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from catalogue.completeness import applies, counted_fields
from catalogue.errors import BadParameters, Fault
from catalogue.fields import Field, Theme
from catalogue.progress.progress_counts import per_cent
from catalogue.progress.progress_sites import KnownSite, sites_on
from catalogue.provenance import MARK_LABELS, Provenance, ShelfLife
from geo.texts import Text


@dataclass
class FieldCount:
    """One field, or several, over some sites."""

    applicable: int = 0
    filled: int = 0
    asked: int = 0
    known: int = 0
    verified: int = 0
    stale: int = 0

    def __add__(self, other: "FieldCount") -> "FieldCount":
        return FieldCount(
            self.applicable + other.applicable,
            self.filled + other.filled,
            self.asked + other.asked,
            self.known + other.known,
            self.verified + other.verified,
            self.stale + other.stale,
        )

    @property
    def filled_pct(self) -> float | None:
        return per_cent(self.filled, self.applicable)

    @property
    def verified_pct(self) -> float | None:
        return per_cent(self.verified, self.known)


FieldCounts = Mapping[tuple[str, str], FieldCount]
"""By municipality code and key of the field."""


def fields_of(theme: Theme) -> list[Field]:
    """The fields whose completeness is followed."""
    return [field for field in counted_fields() if field.theme == theme]


def fields_on(
    session: Session, day: date, theme: Theme, codes: Collection[str], shelf_life: ShelfLife
) -> FieldCounts:
    """Every field of the theme at the end of a day; withdrawn sites do not count."""
    fields = fields_of(theme)
    found = {(code, field.key): FieldCount() for code in codes for field in fields}
    for site in sites_on(session, day):
        if site.status != "withdrawn" and site.municipality in codes:
            for field in fields:
                if applies(field, site.state):
                    count_field(found[site.municipality, field.key], site, field, day, shelf_life)
    return found


def field_on(session: Session, day: date, field: Field) -> dict[str, Provenance | None]:
    """By reference, what stood behind the field at each site where it applies; None for nothing."""
    found: dict[str, Provenance | None] = {}
    for site in sites_on(session, day):
        if applies(field, site.state):
            said = site.said.get(field.key)
            found[site.reference] = None if said is None else Provenance.from_json(said)
    return found


def read_field(key: str, mark: str) -> Field | None:
    """The field that a list of sites is about; raises `BadParameters`. An empty key is none."""
    fields = {field.key: field for field in counted_fields()}
    faults = []
    if key and key not in fields:
        text = Text("Det finns inget fält {key}.", "There is no field {key}.")
        faults.append(Fault("field", text.format(key=key[:60]), in_parameter=True))
    if mark and mark not in MARK_LABELS:
        text = Text("Välj bland: {names}.", "Choose among: {names}.")
        names = ", ".join(MARK_LABELS)
        faults.append(Fault("mark", text.format(names=names), in_parameter=True))
    elif mark and not key:
        text = Text("Ange också vilket fält det gäller.", "Say also which field it is about.")
        faults.append(Fault("mark", text, in_parameter=True))
    if faults:
        raise BadParameters(faults)
    return fields.get(key)


def count_field(
    count: FieldCount, site: KnownSite, field: Field, day: date, shelf_life: ShelfLife
) -> None:
    said = site.said.get(field.key)
    count.applicable += 1
    if said is None:
        return
    stands = Provenance.from_json(said)
    count.asked += stands.state == "unknown"
    count.filled += stands.state != "unknown"
    count.known += stands.state == "known"
    count.stale += stands.is_stale(field, shelf_life, day)
    count.verified += stands.is_verified(field, shelf_life, day)
