"""One theme field by field: what is filled in, asked and sure in each municipality on a day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import true
from sqlalchemy.orm import Session

from catalogue.administration.adjustments import shelf_life_at
from catalogue.completeness import CONDITIONS, counted_fields
from catalogue.errors import BadParameters, Fault
from catalogue.fields import Field, Theme
from catalogue.hours.hours import end_of
from catalogue.progress.known_sites import IS_KEPT
from catalogue.progress.progress_counts import per_cent
from catalogue.progress.progress_sites import KnownSite, sites_on
from catalogue.progress.version_counts import Said, applicable, counted_value
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
    found = {(code, field.key): FieldCount() for code in codes for field in fields_of(theme)}
    held = shelf_life_at(session, end_of(day), shelf_life)
    days = held.power_days if theme == "power" else held.other_days
    stale_to = (day - timedelta(days=days + 1)).isoformat()
    for site in sites_on(session, day, IS_KEPT, codes):
        for key in asked_for(site, theme):
            count_field(found[site.municipality, key], key, site.said.get(key), stale_to)
    return found


def asked_for(site: KnownSite, theme: Theme) -> list[str]:
    """The fields of a theme that apply to a site, as its version was counted."""
    slots, _ = applicable(tuple(site.state.get(key) for key in CONDITIONS))
    return [key for key, (of_theme, _) in slots.items() if of_theme == theme]


def count_field(count: FieldCount, key: str, said: Said | None, stale_to: str) -> None:
    """`stale_to`: values of that day or before were stale."""
    count.applicable += 1
    if said is None:
        return
    value = counted_value(key, said)
    is_stale = value.is_known and value.day <= stale_to
    count.asked += value.is_asked
    count.filled += not value.is_asked
    count.known += value.is_known
    count.stale += is_stale
    count.verified += bool(value.day) and value.is_sure and not is_stale


def field_on(
    session: Session, day: date, field: Field, codes: Collection[str]
) -> dict[str, Provenance | None]:
    """By reference, what stood behind the field at each site where it applies; None for nothing."""
    found: dict[str, Provenance | None] = {}
    for site in sites_on(session, day, true(), codes):
        if field.key in asked_for(site, field.theme):
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
