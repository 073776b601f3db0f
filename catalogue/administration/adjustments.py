"""Settings that an administrator changes in the database, over those the installation came with.

The present ones stand in `catalogue_state`, which every request looks at; `setting_change` is their
history, and writes them there by trigger.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import func, insert, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from catalogue.administration.setting_faults import fault_text
from catalogue.completeness import Weights
from catalogue.errors import Fault, Invalid
from catalogue.provenance import ShelfLife
from catalogue.settings import Settings
from catalogue.tables import catalogue_state, setting_change
from geo.texts import Text

WEIGHTS = ("weight_level_1", "weight_level_2", "weight_level_3")
SHELF_LIVES = ("shelf_life_power_days", "shelf_life_days")
ADJUSTABLE: tuple[str, ...] = (
    "shelf_life_power_days", "shelf_life_days",
    "weight_level_1", "weight_level_2", "weight_level_3",
    "hours_per_month", "hours_reminder_day", "project_start", "project_end", "baseline_date",
    "snapshot_months", "reporting_dates", "reporting_reminder_days", "reporting_snapshots",
    "report_months", "report_recipients",
    "session_idle_minutes", "session_hours", "second_factor_roles",
    "anchoring_months", "anchoring_idle_days",
    "four_eyes", "question_days", "question_reminder_days",
    "sign_in_events_days", "removed_files_days", "import_days", "enquiry_days",
    "mail_from", "contact_email",
)  # fmt: skip
"""Fields of `Settings` that may be changed while the service runs, none of them a secret."""

OF_THE_PROJECT: tuple[str, ...] = (
    "project_start", "project_end", "baseline_date", "hours_per_month", "hours_reminder_day",
    "reporting_dates", "reporting_reminder_days", "reporting_snapshots", "snapshot_months",
    "report_months", *WEIGHTS, *SHELF_LIVES,
)  # fmt: skip
"""Those that figures and reports follow: the project office reads them and their history."""

LISTED_SETTINGS = frozenset({*SHELF_LIVES, *WEIGHTS})
"""What the read side has worked into its rows: a change means that they are made anew."""


@dataclass(frozen=True, kw_only=True)
class SettingChange:
    """One decision about one setting; a `value` of None gives it back to the installation."""

    name: str
    value: object
    before: object
    after: object
    reason: str
    changed_at: datetime
    changed_by: str


@cache
def kind_of(name: str) -> TypeAdapter[Any]:
    """The checks of one setting, alone. Any: settings differ in type."""
    field = Settings.model_fields[name]
    annotation: Any = field.annotation
    for rule in field.metadata:
        annotation = Annotated[annotation, rule]
    return TypeAdapter(annotation)


def as_json(name: str, value: object) -> Any:
    """Any: JSON."""
    return kind_of(name).dump_python(value, mode="json")


def in_force(installed: Settings, adjusted: Mapping[str, object]) -> Settings:
    """The settings with what has been set over them; what no longer fits its field is passed by."""
    valid = {}
    for name in ADJUSTABLE:
        if name in adjusted:
            try:
                valid[name] = kind_of(name).validate_python(adjusted[name])
            except ValidationError:
                continue
    return installed.model_copy(update=valid) if valid else installed


def present(session: Session, installed: Settings) -> Settings:
    """The settings in force now, for whoever has no request to look with."""
    adjusted = session.scalars(select(catalogue_state.c.settings)).one()
    return in_force(installed, adjusted)


def read(sent: Mapping[str, str]) -> dict[str, object]:
    """Settings as a form sent them; raises `Invalid` with a fault for each that cannot be used."""
    values: dict[str, object] = {}
    faults: list[Fault] = []
    for name, text in sent.items():
        try:
            values[name] = kind_of(name).validate_python(typed(name, text))
        except ValidationError as refusal:
            faults.append(Fault(name, fault_text(name, refusal)))
    if faults:
        raise Invalid(faults)
    return values


def typed(name: str, text: str) -> str:
    """What was typed, on one line; a number with the decimal point that Python reads, and days
    with commas between them."""
    line = " ".join(text.split())
    if name.endswith("_dates"):
        return ",".join(line.replace(",", " ").replace(";", " ").split())
    is_number = Settings.model_fields[name].annotation in (int, float)
    return line.replace(",", ".") if is_number else line


def change(
    session: Session,
    installed: Settings,
    values: Mapping[str, object],
    given_back: Sequence[str],
    reason: str,
) -> list[str]:
    """Set values, and give others back to the installation; the names that have changed.

    Raises `Invalid` where they do not fit together.
    """
    adjusted = session.scalars(select(catalogue_state.c.settings).with_for_update()).one()
    wanted = {**adjusted, **{name: as_json(name, value) for name, value in values.items()}}
    for name in given_back:
        wanted.pop(name, None)
    before, after = in_force(installed, adjusted), in_force(installed, wanted)
    check_together(after)
    names = [name for name in ADJUSTABLE if adjusted.get(name) != wanted.get(name)]
    for name in names:
        session.execute(
            insert(setting_change).values(
                name=name,
                value=wanted.get(name),
                before=as_json(name, getattr(before, name)),
                after=as_json(name, getattr(after, name)),
                reason=reason,
            )
        )
    return names


def check_together(settings: Settings) -> None:
    faults = []
    if settings.project_end <= settings.project_start:
        text = Text(
            "Projektet slutar före det börjar. Välj ett senare datum.",
            "The project ends before it begins. Choose a later date.",
        )
        faults.append(Fault("project_end", text))
    early = [day for day in settings.reporting_days if day < settings.project_start]
    if early:
        text = Text(
            "{day} är före projektets första dag, {start}.",
            "{day} is before the first day of the project, {start}.",
        ).format(day=early[0], start=settings.project_start)
        faults.append(Fault("reporting_dates", text))
    if not any(getattr(settings, name) for name in WEIGHTS):
        text = Text(
            "Minst en av vikterna ska vara mer än 0.",
            "At least one of the weights must be more than 0.",
        )
        faults.append(Fault(WEIGHTS[0], text))
    if settings.session_idle_minutes > settings.session_hours * 60:
        text = Text(
            "Längre än hela sessionen, som är {hours} timmar.",
            "Longer than the whole session, which is {hours} hours.",
        ).format(hours=settings.session_hours)
        faults.append(Fault("session_idle_minutes", text))
    if faults:
        raise Invalid(faults)


def history(session: Session, limit: int, names: Sequence[str] = ADJUSTABLE) -> list[SettingChange]:
    """The latest changes first, of those the actor may read."""
    columns = [setting_change.c[name] for name in SettingChange.__dataclass_fields__]
    statement = (
        select(*columns)
        .where(setting_change.c.name.in_(names))
        .order_by(setting_change.c.id.desc())
        .limit(limit)
    )
    return [SettingChange(**row) for row in session.execute(statement).mappings()]


def latest(session: Session) -> dict[str, SettingChange]:
    """By name: the change that made each setting what it is, where one did."""
    columns = [setting_change.c[name] for name in SettingChange.__dataclass_fields__]
    statement = (
        select(*columns)
        .ext(distinct_on(setting_change.c.name))
        .order_by(setting_change.c.name, setting_change.c.id.desc())
    )
    rows = session.execute(statement).mappings()
    return {row["name"]: SettingChange(**row) for row in rows}


def shelf_life_at(session: Session, moment: datetime, now: ShelfLife) -> ShelfLife:
    """The shelf lives that held at a moment; `now` where they have never been changed."""
    power, other = session.execute(
        select(
            func.setting_on("shelf_life_power_days", moment),
            func.setting_on("shelf_life_days", moment),
        )
    ).one()
    return ShelfLife(int(power or now.power_days), int(other or now.other_days))


def weights_at(session: Session, moment: datetime, now: Weights) -> Weights:
    """The weights that held at a moment; `now` where they have never been changed."""
    held = session.execute(select(*(func.setting_on(name, moment) for name in WEIGHTS))).one()
    usual = (now.first, now.second, now.third)
    return Weights(
        *(float(weight if said is None else said) for said, weight in zip(held, usual, strict=True))
    )


def origin(name: str, installed: Settings, adjusted: Mapping[str, object]) -> str:
    """Whether a setting is `set` here, comes from the `environment`, or is the `default`."""
    if name in adjusted:
        return "set"
    return "environment" if name in installed.model_fields_set else "default"
