"""One site of a file beside what is stored: what the person changed, and whether it may be saved.

A file is compared with the version it was made from. What others have changed since stays, and a
field that both have changed is a fault: nobody's work is overwritten unseen.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from catalogue.changes import Changes, read_changes
from catalogue.checks import lower
from catalogue.errors import Fault, Invalid
from catalogue.fields import SITE, Field, Value
from catalogue.fields.field import Record
from catalogue.forms.form_saving import is_same as is_same_outline
from catalogue.forms.form_saving import unsaved
from catalogue.imports.cells import clears, is_same, read_cell, shown
from catalogue.imports.findings import AT_ODDS, Finding, given_text, mending
from catalogue.imports.headings import writable
from catalogue.imports.rows import SiteRow, emptied
from catalogue.imports.sheets import Place
from catalogue.imports.sources import BadPart, read_source, says_same
from catalogue.provenance import BASIS_RANK, Provenance
from catalogue.site import Site
from catalogue.values import BadValue, to_json
from catalogue.values import read_cell as read_part
from geo.errors import GeoError
from geo.outlines import Outline
from geo.texts import Language, Text
from geo.typed_outlines import read_typed_outline

OWN = BASIS_RANK["municipality"]


class Untouched(Enum):
    """A cell that says what is stored already."""

    UNTOUCHED = "untouched"


UNTOUCHED = Untouched.UNTOUCHED


@dataclass
class Comparison:
    """One row of the file read against a site; `findings` fills up on the way."""

    row: SiteRow
    now: Site
    base: Site
    """The site as it was when the file was made from it; the same as `now` if nobody has saved."""
    language: Language
    today: date
    findings: list[Finding]

    def changes(self) -> Changes:
        """What shall differ afterwards; faults are among the findings."""
        patch: dict[str, Any] = {}
        for key in self.touched():
            entry = self.entry(SITE[key])
            if entry is not UNTOUCHED:
                patch[key] = entry
        try:
            changes = read_changes(patch, SITE, today=self.today, kept=frozenset())
        except Invalid as refusal:
            for fault in refusal.faults:
                self.refuse(fault.where, fault.text)
            changes = Changes()
        if self.base is not self.now:
            changes = self.reconciled(unsaved(changes, self.now))
        outline = self.outline()
        return replace(changes, outline=outline) if outline else changes

    def touched(self) -> list[str]:
        """The writable fields of which the row says anything that may be new."""
        row, values = self.row, self.base.values
        found = [
            key
            for key, (raw, _) in row.part.cells.items()
            if key in SITE
            and writable(SITE[key])
            and raw != shown(SITE[key], values.get(key), self.language)
        ]
        found += row.records
        found += [
            key
            for key, part in row.sources.items()
            if not says_same(part, self.base.provenance.get(key), self.language)
        ]
        return list(dict.fromkeys(found))

    def entry(self, field: Field) -> object:
        """A value object or None for `read_changes`; `UNTOUCHED` where nothing would change."""
        key = field.key
        try:
            value = self.value(field)
            said = self.said(field)
        except BadPart as refusal:
            self.refuse(key, refusal.text, self.row.sources[key].at(refusal.name))
            return UNTOUCHED
        except BadValue as refusal:
            self.refuse(key, refusal.text)
            return UNTOUCHED
        stored = self.base.values.get(key)
        if said is not None and said.get("state", "known") != "known":
            return self.unheld(field, value, said)
        if value is None:
            if said is not None and field.factual:
                self.warn(
                    key,
                    Text(
                        "{field} töms, och då försvinner även källan.",
                        "{field} is emptied, and its source goes with it.",
                    ).format(field=field.label),
                )
            return None if key in self.base.values or key in self.base.provenance else UNTOUCHED
        if value is UNTOUCHED:
            if said is None:
                return UNTOUCHED
            if stored is None:
                self.refuse(
                    key,
                    Text(
                        "Källan säger att värdet är känt, men cellen för värdet är tom.",
                        "The source says that the value is known, but the value's cell is empty.",
                    ),
                    self.row.sources[key].place,
                    Text(
                        "Skriv värdet på bladet Platser, eller ta bort raden med källan.",
                        "Write the value on the sheet Sites, or remove the row of the source.",
                    ),
                )
                return UNTOUCHED
            value = stored
        behind = said if said is not None else self.own_word(field)
        return {"value": to_json(value), **behind} if behind else to_json(value)

    def value(self, field: Field) -> Value | Untouched | None:
        """The new value, None to empty the field, or `UNTOUCHED`; raises `BadValue`."""
        key = field.key
        if key in self.row.records:
            return self.records(field)
        if key not in self.row.part.cells:
            return UNTOUCHED
        raw = self.row.part.given(key)
        if clears(raw):
            return None
        stored = self.base.values.get(key)
        if raw == shown(field, stored, self.language):
            return UNTOUCHED
        value = read_cell(field, raw, self.language)
        return UNTOUCHED if is_same(value, stored) else value

    def records(self, field: Field) -> Value | Untouched | None:
        """The rows of the field's own sheet, as a whole; a fault names the cell."""
        parts = self.row.records[field.key]
        if emptied(parts, field):
            return None
        found: list[Record] = []
        for part in parts:
            record: Record = {}
            for column in field.columns:
                raw = part.given(column.key)
                as_field = Field(
                    key=column.key, theme=field.theme, kind=column.kind, label=column.label,
                    help=column.label, unit=column.unit,
                )  # fmt: skip
                try:
                    value = None if raw is None else read_cell(as_field, raw, self.language)
                    record[column.key] = read_part(column, to_json(value))
                except BadValue as refusal:
                    self.refuse(field.key, refusal.text, part.at(column.key))
            found.append(record)
        if any(len(record) < len(field.columns) for record in found):
            return UNTOUCHED
        first = field.columns[0].key
        ordered = sorted(found, key=lambda one: (str(type(one[first])), one[first]))
        return UNTOUCHED if ordered == self.base.values.get(field.key) else ordered

    def said(self, field: Field) -> dict[str, Any] | None:
        """What the sheet of sources says anew of the field; None where it says nothing new."""
        part = self.row.sources.get(field.key)
        behind = self.base.provenance.get(field.key)
        if part is None or says_same(part, behind, self.language):
            return None
        said = read_source(part, self.language)
        if behind is not None and said == parts_of(behind):
            return None
        if not field.factual:
            return {"visibility": said.get("visibility")}
        return said

    def unheld(self, field: Field, value: Value | Untouched | None, said: dict[str, Any]) -> object:
        """Unknown or not applicable: then there is no value, and none may stand in its cell."""
        raw = self.row.part.given(field.key) or self.row.records.get(field.key)
        if raw is not None and not clears(raw) and value is not None:
            self.refuse(
                field.key,
                Text(
                    "Källan säger att {field} inte är känd, men det står ett värde.",
                    "The source says that {field} is not known, but there is a value.",
                ).format(field=lower(field.label)),
                mend=Text(
                    "Töm värdets cell, eller välj läget känd på bladet Källor.",
                    "Empty the value's cell, or choose the state known on the sheet Sources.",
                ),
            )
            return UNTOUCHED
        return said

    def own_word(self, field: Field) -> dict[str, Any]:
        """What stands behind a new value of which nothing else was said.

        Whoever gave the old figure has said nothing about the new one.
        """
        behind = self.base.provenance.get(field.key)
        visibility = {"visibility": behind.visibility} if behind and behind.visibility else {}
        if not field.factual:
            return visibility
        if behind is None or behind.state != "known":
            return {"basis": "municipality", "as_of": self.today, **visibility}
        if behind.rank <= OWN:
            return {
                "basis": behind.basis or "municipality",
                "as_of": self.today,
                "source": behind.source,
                **visibility,
            }
        self.warn(
            field.key,
            Text(
                "Värdet är nytt men källan är den gamla. Det sparas som kommunens uppgift.",
                "The value is new but its source is the old one. It is saved as the "
                "municipality's figure.",
            ),
            Text(
                "Ändra raden på bladet Källor om det nya värdet också har en källa.",
                "Change the row on the sheet Sources if the new value has a source too.",
            ),
        )
        return {"basis": "municipality", "as_of": self.today, **visibility}

    def reconciled(self, changes: Changes) -> Changes:
        """Without the fields that somebody else has changed too, each of which is a fault."""
        base, now = self.base, self.now
        clashing = [
            key
            for key in changes.entries
            if not is_same(base.values.get(key), now.values.get(key))
            or base.provenance.get(key) != now.provenance.get(key)
        ]
        for key in clashing:
            self.refuse(
                key,
                Text(
                    "{field} har ändrats av {who} sedan filen hämtades.",
                    "{field} has been changed by {who} since the file was downloaded.",
                ).format(
                    field=SITE[key].label,
                    who=now.updated_by or Text("någon annan", "somebody else"),
                ),
                mend=Text(
                    "Hämta en ny mall, eller lämna cellen tom för att behålla det nya värdet.",
                    "Download a new template, or leave the cell empty to keep the newer value.",
                ),
            )
        kept = {key: entry for key, entry in changes.entries.items() if key not in clashing}
        return replace(changes, entries=kept)

    def outline(self) -> Outline | None:
        """The area of the feature, or of a column in WKT, where it is another than the stored."""
        found = self.row.outline
        typed = self.row.part.given("outline")
        if found is None and typed is not None:
            try:
                found = read_typed_outline(str(typed))
            except GeoError as refusal:
                found = refusal
        if isinstance(found, GeoError):
            self.refuse("outline", found.text)
            return None
        if found is None:
            return None
        stored = [one.outline for one in (self.now, self.base) if one.outline is not None]
        return None if any(is_same_outline(one, found) for one in stored) else found

    def refuse(
        self, key: str, text: Text, place: Place | None = None, mend: Text | None = None
    ) -> None:
        self.findings.append(self.finding(key, text, place, mend or mending(key)))

    def warn(self, key: str, text: Text, mend: Text | None = None) -> None:
        look = Text("Kontrollera att det stämmer.", "Check that it is right.")
        self.findings.append(replace(self.finding(key, text, None, mend or look), stops=False))

    def finding(self, key: str, text: Text, place: Place | None, mend: Text) -> Finding:
        return Finding(
            text=text,
            mend=mend,
            place=place or self.row.place_of(key),
            key=key if key in SITE else "",
            reference=self.row.reference,
            given=given_text(self.row.part.given(key)),
        )

    def judge(self, faults: list[Fault], warnings: list[Fault]) -> None:
        """What the checks of a save found, beside the cells they are about."""
        for fault in faults:
            self.refuse(fault.where, fault.text, mend=AT_ODDS)
        for warning in warnings:
            self.warn(warning.where, warning.text)


def parts_of(behind: Provenance) -> dict[str, Any]:
    """The parts that a row of sources can say. Any: as `read_source` has them."""
    names = ("state", "basis", "as_of", "source", "asked", "asked_on", "visibility")
    return {name: part for name in names if (part := getattr(behind, name))}
