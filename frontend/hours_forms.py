"""Forms for several entries of hours at once, and for the correction of one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.errors import Fault
from catalogue.hours.activities import offered
from catalogue.hours.hours import ROLES, HoursEntry
from catalogue.hours.month_entry import field_name
from catalogue.hours.month_names import SHORT_MONTHS, month_name
from frontend.hours import HoursForm, Register, faults_by_field, month_options, named_errors
from frontend.rendering import Page, render

ROWS = 4
"""Lines that an empty form has."""
MOST_ROWS = 60


@dataclass(frozen=True)
class GridCell:
    name: str
    label: str
    there: float
    value: str
    error: str


@dataclass(frozen=True)
class GridMonth:
    first: date
    is_closed: bool
    cells: Sequence[GridCell]


def grid_page(page: Page, register: Register, form: HoursForm, year: int) -> str:
    """A year's months against every activity, a field each."""
    faults = faults_by_field(page, form.faults)
    activities = offered(register.activities)
    years = sorted({month.year for month in register.months}, reverse=True)
    shown = [month for month in reversed(register.months) if month.year == year]
    lines = [
        GridMonth(
            month,
            register.is_closed(month),
            [
                GridCell(
                    name,
                    label.in_language(page.language),
                    register.there(month, code),
                    str(form.values.get(name) or ""),
                    faults.get(name, ""),
                )
                for code, label in activities.items()
                for name in [field_name(month, code)]
            ],
        )
        for month in shown
    ]
    return render(
        "hours/grid.html",
        page,
        register=register,
        values=defaultdict(str, form.values),
        year=year,
        years=years,
        lines=lines,
        activities=list(activities.values()),
        roles=ROLES,
        faults=faults,
        errors=named_errors(page, register, faults),
        month_name=month_name,
        short_names=SHORT_MONTHS,
    )


def rows_page(
    page: Page,
    register: Register,
    rows: Sequence[Mapping[str, object]],
    faults: Sequence[Fault] = (),
) -> str:
    """A line for each entry; `faults` are told under `NUMBER/field`."""
    texts = {
        fault.where.replace("/", "."): fault.text.in_language(page.language) for fault in faults
    }
    return render(
        "hours/rows.html",
        page,
        register=register,
        rows=[defaultdict(str, row) for row in rows],
        month_options=month_options(page, register),
        activity_options=[
            (code, label.in_language(page.language))
            for code, label in offered(register.activities).items()
        ],
        roles=ROLES,
        faults=defaultdict(str, {f"r{where}": text for where, text in texts.items()}),
        errors=[{"field": f"r{where}", "text": text} for where, text in texts.items()],
    )


def empty_row(register: Register) -> dict[str, object]:
    """A line as it is proposed: the latest open month, and the role given last."""
    opened = [month for month in register.months if not register.is_closed(month)]
    month = f"{opened[0]:%Y-%m}" if opened else ""
    return {"month": month, "role": register.role, "sites": []}


def correction_page(
    page: Page,
    register: Register,
    entry: HoursEntry,
    left: float,
    booked: date,
    form: HoursForm,
) -> str:
    """One entry, and how it should have been."""
    faults = faults_by_field(page, form.faults)
    kept: dict[str, object] = {
        "month": f"{booked:%Y-%m}",
        "hours": entry.hours,
        "activity": entry.activity,
        "role": entry.role,
        "person": entry.person,
        "sites": list(entry.sites),
        "note": "",
    }
    choices = {**offered(register.activities)}
    choices.setdefault(entry.activity, register.activities[entry.activity].label)
    return render(
        "hours/correction.html",
        page,
        register=register,
        entry=entry,
        left=left,
        is_closed=booked != entry.month,
        values={**kept, **form.values},
        month_options=[
            option
            for option, month in zip(month_options(page, register), register.months, strict=True)
            if not register.is_closed(month)
        ],
        activity_options=[
            (code, label.in_language(page.language)) for code, label in choices.items()
        ],
        roles=ROLES,
        faults={key: faults.get(key, "") for key in kept},
        errors=[
            {"field": where if where in kept else "", "text": text}
            for where, text in faults.items()
        ],
        month_name=month_name,
    )
