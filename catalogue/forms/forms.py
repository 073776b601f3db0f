"""A whole form as it was sent, read against what is stored: only what the person changed counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, get_args

from catalogue.changes import LONGEST_SOURCE
from catalogue.errors import Fault
from catalogue.fields import Field, Value, Visibility
from catalogue.forms.form_texts import Texts, control, day, first, read_texts, texts_of
from catalogue.provenance import BASES, BASIS_RANK, STATE_LABELS, Basis, Provenance
from catalogue.values import BadValue, read_value, to_json
from geo.texts import Language, Text

FIRST_DAY = date(1990, 1, 1)
KEEP, THEIRS = "keep", "theirs"
"""The part of a field's controls that says whose change is kept, and its one telling value."""
UNHELD = ("unknown", "not_applicable")
"""The states in which a field has no value."""


class Described(Protocol):
    """What a form is about: a site, or a municipality with its profile."""

    @property
    def values(self) -> Mapping[str, Value]: ...
    @property
    def provenance(self) -> Mapping[str, Provenance]: ...


@dataclass(frozen=True)
class Submitted:
    """What the browser sent."""

    texts: Texts
    language: Language

    @property
    def version(self) -> int:
        """The version the form was made from; 0 where it does not say."""
        text = first(self.texts, "version")
        return int(text) if text.isdecimal() and len(text) < 10 else 0

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields the form holds: a tick box that is not ticked sends nothing by itself.

        Where two had changed a field and the other's was chosen, it is as if it were not there.
        """
        return tuple(key for key in self.texts.get("keys", ()) if not self.keeps_theirs(key))

    def keeps_theirs(self, key: str) -> bool:
        return first(self.texts, control(key, KEEP)) == THEIRS


@dataclass
class Reading:
    """What shall change, as a merge-patch body, and what cannot be read."""

    patch: dict[str, Any] = field(default_factory=dict)
    """Any: values and value objects, for `changes.read_changes`."""
    faults: list[Fault] = field(default_factory=list)
    """Each names the control it is about: a field's key, or `KEY-asked`."""


def read_form(
    sent: Submitted, fields: Mapping[str, Field], before: Described, today: date
) -> Reading:
    """The fields whose texts say something else than `before` does."""
    reading = Reading()
    for key in dict.fromkeys(sent.keys):
        chosen = fields.get(key)
        if chosen is None or chosen.structural or chosen.computed:
            continue
        one = FieldReading(chosen, sent, before.values.get(key), before.provenance.get(key), today)
        try:
            if (found := one.changed()) is not one:
                reading.patch[key] = found
        except BadValue as refusal:
            one.faults.append(Fault(key, refusal.text))
        reading.faults.extend(one.faults)
    return reading


@dataclass
class FieldReading:
    """One field of the form beside what is stored of it."""

    chosen: Field
    sent: Submitted
    value: Value | None
    behind: Provenance | None
    today: date
    faults: list[Fault] = field(default_factory=list)

    def text(self, part: str) -> str:
        return first(self.sent.texts, control(self.chosen.key, part))

    def changed(self) -> object:
        """The entry for the patch, None to empty the field, or itself where nothing changed."""
        if not self.chosen.factual:
            return self.changed_plain()
        state = self.text("state")
        if state in UNHELD:
            return self.changed_unheld(state)
        typed = self.typed()
        stored_state = self.behind.state if self.behind else ""
        if typed is None:
            if state == "known" and stored_state != "known":
                raise BadValue(
                    Text(
                        "Skriv värdet, eller välj ett annat läge än känd.",
                        "Write the value, or choose another state than known.",
                    )
                )
            return None if stored_state else self
        is_withdrawn = not state and control(self.chosen.key, "state") in self.sent.texts
        if is_withdrawn and stored_state and typed == self.value:
            return None
        return self.changed_known(typed)

    def typed(self) -> Value | None:
        raw = read_texts(self.chosen, self.sent.texts, self.sent.language)
        return None if raw is None else read_value(self.chosen, raw)

    def changed_plain(self) -> object:
        """A field that carries no provenance but may be shown to fewer than others."""
        typed = self.typed()
        visibility = self.visibility()
        if typed == self.value and visibility == (self.behind and self.behind.visibility):
            return self
        if typed is None:
            return self if self.value is None else None
        return {"value": to_json(typed), "visibility": visibility}

    def changed_known(self, typed: Value) -> object:
        behind = self.behind if self.behind and self.behind.state == "known" else Provenance()
        basis, as_of = self.basis(), self.past_day("as_of")
        source, visibility = self.source(), self.visibility()
        is_same = typed == self.value
        is_confirmed = bool(self.text("confirmed"))
        says_same = (as_of, source, basis) == (
            behind.as_of,
            behind.source,
            behind.basis or "municipality",
        )
        is_untouched = is_same and says_same and visibility == behind.visibility
        if self.faults or (is_untouched and not is_confirmed):
            return self
        if not is_same and says_same and not self.text("reviewed"):
            basis, source, as_of = self.own_word(basis, source)
        if is_confirmed or as_of is None:
            as_of = self.today
        return {
            "value": to_json(typed),
            "basis": basis,
            "as_of": as_of.isoformat(),
            "source": source,
            "visibility": visibility,
        }

    def own_word(self, basis: Basis, source: str) -> tuple[Basis, str, date]:
        """What stands behind a new value when only the value was changed.

        Whoever gave the old figure has said nothing about the new one.
        """
        if BASIS_RANK[basis] > BASIS_RANK["municipality"]:
            return "municipality", "", self.today
        return basis, source, self.today

    def basis(self) -> Basis:
        """As chosen; the municipality's own where nothing was."""
        return next((basis for basis in BASES if basis == self.text("basis")), "municipality")

    def changed_unheld(self, state: str) -> object:
        """Unknown with who was asked, or not applicable with who says so."""
        self.refuse_value(state)
        behind = self.behind if self.behind and self.behind.state == state else None
        said: dict[str, object] = {"source": self.source(), "visibility": self.visibility()}
        if state == "unknown":
            said |= {"asked": self.asked(), "asked_on": self.past_day("asked_on")}
            if said["asked_on"] is None and self.text("asked_on") == "":
                self.refuse("asked_on", Text("Ange när frågan ställdes.", "Say when you asked."))
        else:
            said |= {"basis": self.basis(), "as_of": self.past_day("as_of") or self.today}
        stored = behind and {name: getattr(behind, name) for name in said}
        if self.faults or said == stored:
            return self
        return {"state": state} | {
            name: part.isoformat() if isinstance(part, date) else part
            for name, part in said.items()
        }

    def refuse_value(self, state: str) -> None:
        """A value typed beside “unknown” is a misunderstanding; the stored one is let go."""
        try:
            typed = self.typed()
        except BadValue:
            is_new = True
        else:
            is_new = typed is not None and typed != self.value
        if is_new:
            label = next(label for name, label in STATE_LABELS.items() if name == state)
            raise BadValue(
                Text(
                    "Du har skrivit ett värde men valt ”{state}”. "
                    "Ta bort värdet eller välj ”känd”.",
                    "You wrote a value but chose “{state}”. Remove the value or choose “known”.",
                ).format(state=label)
            )

    def asked(self) -> str:
        asked = " ".join(self.text("asked").split())
        if not asked:
            self.refuse("asked", Text("Ange vem du har frågat.", "Say whom you asked."))
        return self.short("asked", asked)

    def source(self) -> str:
        return self.short("source", " ".join(self.text("source").split()))

    def short(self, part: str, text: str) -> str:
        if len(text) > LONGEST_SOURCE:
            self.refuse(
                part,
                Text("Högst {limit} tecken.", "At most {limit} characters.").format(
                    limit=LONGEST_SOURCE
                ),
            )
        return text

    def past_day(self, part: str) -> date | None:
        """A day up to today; None where nothing, or nothing readable, was given."""
        text = self.text(part)
        if not text:
            return None
        try:
            found = day(text)
        except BadValue as refusal:
            self.refuse(part, refusal.text)
            return None
        if found > self.today:
            self.refuse(
                part,
                Text(
                    "Datumet har inte varit än. Ange dagen då uppgiften gällde.",
                    "The day has not come yet. Give the day the value held.",
                ),
            )
        elif found < FIRST_DAY:
            self.refuse(
                part,
                Text("Ange ett datum efter 1990.", "Give a date after 1990."),
            )
        return found

    def visibility(self) -> Visibility | None:
        """The choice, None for what the field says by itself; as stored where it was not asked."""
        name = control(self.chosen.key, "visibility")
        if name not in self.sent.texts:
            return self.behind.visibility if self.behind else None
        text = self.text("visibility")
        chosen = next((one for one in get_args(Visibility) if one == text), None)
        return None if chosen == self.chosen.visibility else chosen

    def refuse(self, part: str, text: Text) -> None:
        self.faults.append(Fault(control(self.chosen.key, part), text))


def form_texts(
    fields: Mapping[str, Field], described: Described, language: Language
) -> dict[str, list[str]]:
    """The texts of a form that nobody has touched."""
    texts: dict[str, list[str]] = {}
    for key, one in fields.items():
        texts |= texts_of(one, described.values.get(key), language)
        behind = described.provenance.get(key)
        if behind is None:
            continue
        for part, said in behind.to_json().items():
            if part not in ("verified_by", "verified_on"):
                texts[control(key, part)] = [said]
    return texts
