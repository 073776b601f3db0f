"""One field of a form as a template needs it: its controls, what stands in them, what is wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.administration.reference_words import Suggestions
from catalogue.completeness import applies
from catalogue.errors import Fault
from catalogue.fields import SITE, Field
from catalogue.fields.field import Column
from catalogue.forms.form_texts import Texts, control, first, row_indexes
from catalogue.forms.forms import Described
from catalogue.municipalities import Municipality
from catalogue.provenance import BASIS_LABELS, STATE_LABELS, Mark, mark
from catalogue.questions.askable_fields import ASKABLE
from catalogue.questions.knowers import who_knows, who_knows_of_profile
from catalogue.rules import Rules
from catalogue.site import Site
from frontend.figures import source_text
from frontend.formats import date_text, value_text
from frontend.question_form import question_address
from geo.texts import Language, Text

MOST_SOURCES = 20
BLANK_ROWS = 3
"""Empty rows below those that are filled, for whoever has no script to add one."""
STATES: tuple[tuple[str, Text], ...] = (
    ("", Text("Ej angiven", "Not given")),
    *(
        (state, Text(*(text[:1].upper() + text[1:] for text in label)))
        for state, label in STATE_LABELS.items()
    ),
)
BASES: tuple[tuple[str, Text], ...] = tuple(
    (basis, Text(*(text[:1].upper() + text[1:] for text in label)))
    for basis, label in BASIS_LABELS.items()
)
VISIBILITIES: tuple[tuple[str, Text], ...] = (
    ("public", Text("Alla", "Everybody")),
    ("registered", Text("Registrerade läsare", "Registered readers")),
    ("internal", Text("Bara kommunen och projektet", "The municipality and the project only")),
)
LEVELS: dict[int, Text] = {
    1: Text("Behövs för att publicera", "Needed before publishing"),
    2: Text("Behövs för att svara på en förfrågan", "Needed to answer a request"),
    3: Text("Behövs vid fördjupad granskning", "Needed for due diligence"),
}
PLURAL_KINDS = frozenset({"codes", "integers", "span", "records"})
"""Kinds with several controls, which a fieldset holds together."""


@dataclass(frozen=True, kw_only=True)
class FormSource:
    """What a form is made from: what is stored, and what the person typed where it was refused."""

    described: Described
    texts: Texts
    faults: Sequence[Fault] = ()
    language: Language
    rules: Rules
    status: str = ""
    """Of the site; a profile has none."""
    suggestions: Suggestions
    proposed: frozenset[str] = frozenset()
    """Keys whose texts are proposals."""


@dataclass(frozen=True, kw_only=True)
class FormField:
    """A field with the texts of its controls, named as `form_texts.control` names them."""

    field: Field
    texts: Texts
    language: Language
    errors: Mapping[str, str]
    """By part; what is wrong with the field itself stands under the empty name."""
    mark: Mark
    source: str
    """Who says so and when, in one line."""
    who: Text
    """Who can answer."""
    applies: bool
    condition: Text | None
    """When the field is asked for, where that depends on another."""
    is_proposed: bool
    """Whether the control holds what the municipality's other sites say."""
    suggested: str
    """Words from the administrator's list, for a field with one word a line."""
    stale_from: str
    """The date of a value past its shelf life."""
    ask_href: str
    """Where somebody is asked about the field; empty where that makes no sense."""
    stored_state: str
    stored_as_of: str
    """Before anybody touched the form; the script compares with it."""

    @property
    def key(self) -> str:
        return self.field.key

    @property
    def is_group(self) -> bool:
        return self.field.kind in PLURAL_KINDS

    @property
    def state(self) -> str:
        return self.text("state")

    @property
    def level_text(self) -> Text:
        return LEVELS[self.field.level]

    @property
    def is_open(self) -> bool:
        """Whether what stands behind the value is shown at once."""
        return any(part for part in self.errors if part)

    @property
    def has_visibility(self) -> bool:
        """Whether the person chooses who may see the field: for facts, contacts and files."""
        chosen = self.key.startswith("contact_") or self.key in ("photos", "documents")
        return self.field.factual or chosen

    def name(self, *parts: str | int) -> str:
        return control(self.key, *parts)

    def text(self, *parts: str | int) -> str:
        return first(self.texts, self.name(*parts))

    def raw(self) -> str:
        """The text as it was typed, with its line breaks and spaces."""
        given = self.texts.get(self.key)
        return given[0] if given else ""

    def chosen(self) -> Sequence[str]:
        return self.texts.get(self.key, ())

    def error(self, part: str = "") -> str:
        return self.errors.get(part, "")

    def rows(self) -> list[tuple[int, list[tuple[Column, str, str]]]]:
        """The rows of records with their numbers: column, name of the control, text."""
        indexes = row_indexes(self.field, self.texts)
        filled = [index for index in indexes if any(text for _, _, text in self.cells(index))]
        start = max(filled, default=-1) + 1
        return [(n, self.cells(n)) for n in [*filled, *range(start, start + BLANK_ROWS)]]

    def cells(self, index: int | str) -> list[tuple[Column, str, str]]:
        return [
            (column, self.name(index, column.key), self.text(index, column.key))
            for column in self.field.columns
        ]

    @property
    def visibility(self) -> str:
        return self.text("visibility") or self.field.visibility


@dataclass(frozen=True, kw_only=True)
class ComputedField:
    """A field that nobody types, with how it comes about."""

    label: Text
    help: Text
    value: str
    source: str


def form_fields(fields: Sequence[Field], source: FormSource) -> list[FormField]:
    """The fields that a person fills in."""
    errors = errors_by_key(source.faults, source.language)
    return [
        form_field(one, source, errors.get(one.key, {}))
        for one in fields
        if not one.computed and not one.structural
    ]


def form_field(one: Field, source: FormSource, errors: Mapping[str, str]) -> FormField:
    described, rules = source.described, source.rules
    behind = described.provenance.get(one.key)
    shown = mark(behind, one, rules.shelf_life, rules.today)
    as_of = behind.as_of if behind and shown == "stale" else None
    return FormField(
        field=one,
        texts=source.texts,
        language=source.language,
        errors=errors,
        mark=shown,
        source=source_text(behind, source.language) if behind and one.factual else "",
        who=(
            who_knows_of_profile(one)
            if isinstance(described, Municipality)
            else who_knows(one, described.values)
        ),
        applies=applies(one, {**described.values, "status": source.status}),
        condition=condition(one),
        is_proposed=one.key in source.proposed,
        suggested=suggested(one, source.suggestions),
        stale_from=date_text(as_of, source.language) if as_of else "",
        ask_href=ask_address(one, described, source.language),
        stored_state=behind.state if behind else "",
        stored_as_of=behind.as_of.isoformat() if behind and behind.as_of else "",
    )


def ask_address(one: Field, described: Described, language: Language) -> str:
    """Only in the workspace, and only about what somebody can know."""
    if not isinstance(described, Site | Municipality) or one.key not in ASKABLE:
        return ""
    return question_address(language, described, field=one.key)


def with_sources(lists: Suggestions, described: Described) -> Suggestions:
    """The lists of words, and beside them the sources already named there, the latest first."""
    dated = sorted(
        ((behind.as_of or date.min, behind.source) for behind in described.provenance.values()),
        reverse=True,
    )
    sources = dict.fromkeys(source for _, source in dated if source)
    return {**lists, "sources": [(source, "") for source in list(sources)[:MOST_SOURCES]]}


def suggested(one: Field, suggestions: Suggestions) -> str:
    words = suggestions.get(one.reference_list, ()) if one.kind == "list" else ()
    return ", ".join(word for word, _ in words)


def errors_by_key(faults: Sequence[Fault], language: Language) -> dict[str, dict[str, str]]:
    """`power_now_mw-asked` is the part `asked` of that field."""
    found: dict[str, dict[str, str]] = {}
    for fault in faults:
        key, _, part = fault.where.partition("-")
        parts = found.setdefault(key, {})
        text = fault.text.in_language(language)
        parts[part] = f"{parts[part]} {text}" if part in parts else text
    return found


def condition(one: Field) -> Text | None:
    if one.applies_when is None:
        return None
    key, codes = one.applies_when
    other = SITE[key]
    if len(codes) > 3:
        return Text(
            "Frågan beror på vad du svarar under ”{other}”.",
            "The question depends on what you answer under “{other}”.",
        ).format(other=other.label)
    words = [FLAG_WORDS.get(code) or other.code_label(code) for code in codes]
    return Text("Fyll i när ”{other}” är {codes}.", "Fill in when “{other}” is {codes}.").format(
        other=other.label,
        codes=Text(
            " eller ".join(word.sv.lower() for word in words),
            " or ".join(word.en.lower() for word in words),
        ),
    )


FLAG_WORDS = {"true": Text("ja", "yes"), "false": Text("nej", "no")}


def computed_fields(fields: Sequence[Field], source: FormSource) -> Iterator[ComputedField]:
    described = source.described
    for one in fields:
        if one.computed and not one.structural:
            behind = described.provenance.get(one.key)
            yield ComputedField(
                label=one.label,
                help=one.help,
                value=value_text(one, described.values.get(one.key), source.language),
                source=behind.source if behind else "",
            )
