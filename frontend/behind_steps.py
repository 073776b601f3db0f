"""Steps in words: the field before and after, who by role, when, and on what basis."""

from dataclasses import dataclass

from catalogue.behind.behind_files import FIELDS, PERSONAL
from catalogue.behind.lines import Line, Step
from catalogue.fields import SITE, Field
from catalogue.history.differences import Side
from catalogue.progress.figure_definitions import LONGEST, MEDIAN, Definition
from catalogue.provenance import STATE_LABELS
from catalogue.rules import SWEDEN, Rules
from frontend.figures import SHORT_BASIS
from frontend.formats import date_text, number, value_text
from frontend.profile_links import PROFILE_PATH
from frontend.rendering import ROLES, address
from frontend.site_form_parts import site_path
from geo.texts import Language, Text

LONGEST_VALUE = 120
MOST_AGED = 6
FILLED_IN = Text("ifyllt", "filled in")
HAPPENED: dict[str, Text] = {
    "new": Text("Platsen lades in", "The site was put in"),
    "outline": Text("Området", "The outline"),
    "worked_out": Text("Det som katalogen räknar fram", "What the catalogue works out"),
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """One side of a step."""

    text: str
    source: str = ""
    """The basis and the day of the value."""


@dataclass(frozen=True, kw_only=True)
class StepLine:
    label: str
    old: Told | None
    """None where there is no before and after to show."""
    new: Told | None
    remark: str
    change: str
    """What the step did to the figure; empty where the figure is no sum of steps."""
    who: str
    when: str
    href: str
    """Where the version is compared with the one before it."""


def step_lines(
    line: Line, definition: Definition, rules: Rules, language: Language
) -> list[StepLine]:
    return [step_line(line, one, definition, language) for one in line.steps]


def step_line(line: Line, step: Step, definition: Definition, language: Language) -> StepLine:
    field = FIELDS[line.kind].get(step.key)
    sides = (told(field, step.old, language), told(field, step.new, language)) if field else None
    return StepLine(
        label=label(step, field, language),
        old=sides[0] if sides else None,
        new=sides[1] if sides else None,
        remark=remark(step, language),
        change=change(step, definition, language),
        who=who(step, language),
        when=date_text(step.recorded_at.astimezone(SWEDEN).date(), language)
        if step.recorded_at
        else "",
        href=compared(line, step, language),
    )


def label(step: Step, field: Field | None, language: Language) -> str:
    if field is not None:
        return field.label.in_language(language)
    if step.kind == "time":
        return time_label(step, language)
    return HAPPENED[step.kind].in_language(language)


def time_label(step: Step, language: Language) -> str:
    if not step.aged:
        return Text("Tiden gick", "Time passed").in_language(language)
    labels = [SITE[key].label.in_language(language) for key in step.aged]
    listed = ", ".join(labels[:MOST_AGED])
    more = len(labels) - MOST_AGED
    frame = (
        Text(
            "Blev inaktuella genom att tiden gick: {labels} och {n} till",
            "Went stale as time passed: {labels} and {n} more",
        )
        if more > 0
        else Text(
            "Blev inaktuellt genom att tiden gick: {labels}", "Went stale as time passed: {labels}"
        )
    )
    return frame.format(labels=listed, n=str(more)).in_language(language)


def told(field: Field, side: Side, language: Language) -> Told:
    if field.key in PERSONAL:
        return Told(text=FILLED_IN.in_language(language) if side.value else "")
    behind = side.provenance
    text = shortened(value_text(field, side.value, language))
    if behind is None or not field.factual:
        return Told(text=text)
    if side.value is None and behind.state != "known":
        words = STATE_LABELS[behind.state].in_language(language)
        day = date_text(behind.asked_on, language) if behind.asked_on else ""
        return Told(text=words[:1].upper() + words[1:], source=day)
    basis = SHORT_BASIS.get(behind.basis or "", Text("", "")).in_language(language)
    day = date_text(behind.as_of, language) if behind.as_of else ""
    return Told(text=text, source=", ".join(part for part in (basis, day) if part))


def shortened(text: str) -> str:
    """A text of some length is told by how it begins."""
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE].rstrip()} …"


def remark(step: Step, language: Language) -> str:
    """What became of a question."""
    old, new = step.old.provenance, step.new.provenance
    was_asked = old is not None and old.state == "unknown"
    is_asked = new is not None and new.state == "unknown"
    if was_asked and new is not None and not is_asked:
        return Text("Frågan är besvarad", "The question is answered").in_language(language)
    if is_asked and not was_asked:
        return Text("Frågan är ställd", "The question was asked").in_language(language)
    return ""


def change(step: Step, definition: Definition, language: Language) -> str:
    if definition.added_up in (MEDIAN, LONGEST):
        return ""
    found = step.change
    if isinstance(found, tuple):
        counts, of = found
        parts = [signed(counts, language)] if counts or not of else []
        if of:
            fields = Text("{n} att räkna på", "{n} to count on").format(n=signed(of, language))
            parts.append(fields.in_language(language))
        return ", ".join(parts)
    return signed(found, language) if found else ""


def signed(value: float, language: Language, decimals: int = 1) -> str:
    """`+12`, `−3` or `±0`."""
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    return sign + number(abs(value), language, decimals)


def who(step: Step, language: Language) -> str:
    if step.version is None:
        return ""
    if not step.role:
        return Text("Katalogen", "The catalogue").in_language(language)
    return ROLES[step.role].in_language(language)


def compared(line: Line, step: Step, language: Language) -> str:
    if step.version is None:
        return ""
    if line.kind == "profile":
        path, number = f"{PROFILE_PATH}/history/compare", step.version
        return address(language, path, municipality=line.key, old=number - 1, new=number)
    history = f"{site_path(line.key)}/history"
    if step.version == 1:
        return address(language, history, version=1)
    return address(language, f"{history}/compare", old=step.version - 1, new=step.version)
