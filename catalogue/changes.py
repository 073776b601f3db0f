"""What somebody wants changed: a body of values and value objects, read against the registry."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from catalogue.errors import Fault, Invalid
from catalogue.fields import Field, Value
from catalogue.provenance import BASES, STATES, Provenance
from catalogue.values import BadValue, read_value
from geo.errors import InvalidOutline
from geo.outlines import Outline, read_outline
from geo.texts import Text

PARTS = frozenset({"value", "state", "basis", "as_of", "source", "asked", "asked_on", "visibility"})
VISIBILITIES = ("public", "registered", "internal")
LONGEST_SOURCE = 500


@dataclass(frozen=True)
class Entry:
    """One field as it shall be: a value with what stands behind it."""

    value: Value | None
    provenance: Provenance


@dataclass(frozen=True)
class Changes:
    """What shall differ afterwards; a key with None is emptied, one left out stays."""

    entries: Mapping[str, Entry | None] = field(default_factory=dict)
    outline: Outline | None = None
    empties_outline: bool = False

    @property
    def keys(self) -> frozenset[str]:
        has_outline = self.outline is not None or self.empties_outline
        return frozenset(self.entries) | ({"outline"} if has_outline else frozenset())


def read_changes(
    raw: Mapping[str, Any], fields: Mapping[str, Field], *, today: date, kept: frozenset[str]
) -> Changes:
    """A merge-patch body as changes; Any: it is whatever somebody sent.

    `kept` are keys that the caller reads itself. Raises `Invalid` with every fault found.
    """
    faults: list[Fault] = []
    found: dict[str, Entry | None] = {}
    outline: Outline | None = None
    for key, given in raw.items():
        if key in kept:
            continue
        if key == "outline" and "outline" in fields:
            outline = outline or accepted_outline(given, faults)
            continue
        chosen = fields.get(key)
        if chosen is None or chosen.structural or chosen.computed:
            faults.append(Fault(key[:60], not_writable(chosen)))
            continue
        try:
            found[key] = None if given is None else read_entry(chosen, given, today)
        except BadValue as refusal:
            faults.append(Fault(key, refusal.text))
    if faults:
        raise Invalid(faults)
    empties = "outline" in raw and raw["outline"] is None
    return Changes(found, outline, empties)


def not_writable(chosen: Field | None) -> Text:
    if chosen is None:
        return Text("Fältet finns inte.", "There is no such field.")
    return Text(
        "Fältet räknas fram eller sätts av katalogen och kan inte skrivas.",
        "The field is worked out or set by the catalogue and cannot be written.",
    )


def accepted_outline(given: object, faults: list[Fault]) -> Outline | None:
    if given is None:
        return None
    try:
        return read_outline(given)
    except InvalidOutline as refusal:
        faults.append(Fault("outline", refusal.text))
        return None


def read_entry(chosen: Field, given: object, today: date) -> Entry:
    """A bare value, or a value object with its state, basis, date and source."""
    if not (isinstance(given, Mapping) and given.keys() & PARTS):
        return Entry(read_value(chosen, given), bare_provenance(chosen, today))
    extra = [str(part) for part in given if part not in PARTS]
    if extra:
        raise BadValue(
            Text("Okänd del: {names}.", "Unknown part: {names}.").format(
                names=", ".join(extra)[:80]
            )
        )
    provenance = read_provenance(chosen, given, today)
    if provenance.state != "known":
        if given.get("value") is not None:
            raise BadValue(
                Text(
                    "Ett okänt eller ej tillämpligt fält kan inte ha ett värde.",
                    "A field that is unknown or not applicable cannot have a value.",
                )
            )
        return Entry(None, provenance)
    return Entry(read_value(chosen, given.get("value")), provenance)


def bare_provenance(chosen: Field, today: date) -> Provenance:
    """A value sent alone is the municipality's own, of today."""
    if not chosen.factual:
        return Provenance()
    return Provenance(basis="municipality", as_of=today)


def read_provenance(chosen: Field, given: Mapping[str, Any], today: date) -> Provenance:
    """Any: each part is checked here."""
    state = one_of(given.get("state", "known"), STATES, "state")
    visibility = given.get("visibility")
    if visibility is not None:
        visibility = one_of(visibility, VISIBILITIES, "visibility")
    provenance = Provenance(
        state=state,
        source=short_text(given.get("source"), "source"),
        visibility=None if visibility == chosen.visibility else visibility,
    )
    if state == "unknown":
        asked = short_text(given.get("asked"), "asked")
        asked_on = past_date(given.get("asked_on"), "asked_on", today)
        if not asked or asked_on is None:
            raise BadValue(
                Text(
                    "Ange vem som är tillfrågad (asked) och när (asked_on).",
                    "Say who was asked (asked) and when (asked_on).",
                )
            )
        return replace(provenance, asked=asked, asked_on=asked_on)
    if not chosen.factual and state == "known":
        return provenance
    basis = one_of(given.get("basis") or "municipality", BASES, "basis")
    as_of = past_date(given.get("as_of"), "as_of", today) or today
    return replace(provenance, basis=basis, as_of=as_of)


def one_of(raw: object, accepted: tuple[Any, ...], name: str) -> Any:
    """Any: one of the literals given, which mypy cannot follow through a tuple."""
    if raw not in accepted or not isinstance(raw, str):
        raise BadValue(
            Text("{name}: välj bland {codes}.", "{name}: choose among {codes}.").format(
                name=name, codes=", ".join(accepted)
            )
        )
    return raw


def short_text(raw: object, name: str) -> str:
    if raw is None:
        return ""
    if not isinstance(raw, str) or len(raw) > LONGEST_SOURCE:
        raise BadValue(
            Text(
                "{name}: text, högst {limit} tecken.", "{name}: text, at most {limit} characters."
            ).format(name=name, limit=LONGEST_SOURCE)
        )
    return " ".join(raw.split())  # fmt: skip


def past_date(raw: object, name: str, today: date) -> date | None:
    """A day from 1990 to today; None where nothing was given."""
    if raw is None or raw == "":
        return None
    try:
        day = raw if isinstance(raw, date) else date.fromisoformat(str(raw))
    except ValueError:
        day = date.min
    if not date(1990, 1, 1) <= day <= today:
        raise BadValue(
            Text(
                "{name}: ett datum från 1990 till i dag, som 2026-05-01.",
                "{name}: a date from 1990 to today, such as 2026-05-01.",
            ).format(name=name)
        )
    return day
