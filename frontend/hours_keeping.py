"""Pages about the register as a whole: closed months, workbooks read in, names of persons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.errors import Fault
from catalogue.hours.hours import HoursEntry
from catalogue.hours.locks import LockStep
from catalogue.hours.month_names import month_name
from catalogue.hours.months import MonthFigures
from catalogue.hours.person_names import NameInUse
from catalogue.hours.sent_workbooks import ReadWorkbook
from catalogue.hours.workbook_reading import COLUMNS
from catalogue.hours.workbooks import Checked
from frontend.hours import Register, error_list, faults_by_field, month_options
from frontend.rendering import Page, render
from geo.texts import Text


@dataclass(frozen=True)
class Standing:
    """How far a municipality's months are closed and attested."""

    code: str
    name: str
    locked: int
    last_locked: date | None
    is_unbroken: bool
    """Whether every month up to the last one that is locked is locked too."""
    waiting_hours: float
    """In open months, attested by nobody."""


def standing(figures: Sequence[MonthFigures], names: Mapping[str, str]) -> list[Standing]:
    found = []
    for code, name in names.items():
        own = [one for one in figures if one.municipality == code]
        locked = [one.month for one in own if one.locked_at]
        last = max(locked, default=None)
        before = [one for one in own if last and one.month <= last]
        found.append(
            Standing(
                code,
                name,
                len(locked),
                last,
                all(one.locked_at for one in before),
                sum(one.hours - one.attested for one in own if not one.locked_at),
            )
        )
    return found


def locks_page(
    page: Page,
    register: Register,
    figures: Sequence[MonthFigures],
    history: Sequence[LockStep],
    values: Mapping[str, str],
    faults: Sequence[Fault] = (),
    done: int | None = None,
) -> str:
    """What is closed, the form that closes and opens, and every decision."""
    texts = faults_by_field(page, faults)
    return render(
        "hours/locks.html",
        page,
        register=register,
        standing=standing(figures, register.names),
        history=history,
        values={"municipality": "", "first": "", "month": "", "reason": "", **values},
        month_options=month_options(page, register),
        municipality_options=list(register.names.items()),
        faults={key: texts.get(key, "") for key in ("month", "reason")},
        errors=error_list(texts),
        done=done,
        month_name=month_name,
    )


def names_page(
    page: Page,
    names: Mapping[str, str],
    found: Sequence[NameInUse],
    removed: int | None,
    *,
    is_office: bool,
) -> str:
    """The names that the reader may remove, a button each."""
    return render(
        "hours/names.html", page, names=names, found=found, removed=removed, is_office=is_office
    )


def import_page(
    page: Page,
    register: Register,
    earlier: Sequence[ReadWorkbook],
    refusal: Text | None = None,
    checked: Checked | None = None,
) -> str:
    """The template, the file to send, what is wrong in one that was sent, and earlier ones."""
    return render(
        "hours/import.html",
        page,
        register=register,
        earlier=earlier,
        refusal=refusal,
        checked=checked,
        columns=COLUMNS,
    )


def workbook_page(
    page: Page,
    register: Register,
    workbook: ReadWorkbook,
    new: Sequence[HoursEntry],
    known: int,
) -> str:
    """One file: its rows before they are read in, or what became of it."""
    return render(
        "hours/workbook.html",
        page,
        register=register,
        workbook=workbook,
        new=new,
        known=known,
        name=register.names[workbook.municipality],
        month_name=month_name,
    )
