"""The page of the hours register: each month against the plan, and a quick form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from catalogue.errors import Fault
from catalogue.hours.activities import Activities, offered
from catalogue.hours.hours import KEYS, ROLES, HoursEntry, ProjectPlan
from frontend.charts import TargetBar, target_bars
from frontend.rendering import Page, render
from geo.texts import Text

FORM_ORDER = ("month", "hours", "activity", "role", "person", "note", "sites")


@dataclass(frozen=True, kw_only=True)
class Register:
    """What the register holds, as far as the reader may see it."""

    names: Mapping[str, str]
    plan: ProjectPlan
    today: date
    by_month: Mapping[tuple[str, date], float]
    activities: Activities
    may_choose: bool
    """Whether the reader follows every municipality."""
    code: str
    """The municipality shown; empty for all of them."""
    entries: Sequence[HoursEntry]
    sites: Sequence[tuple[str, str]]

    @property
    def months(self) -> list[date]:
        """The months that have begun, the latest first."""
        return [month for month in reversed(self.plan.months) if month <= self.today]

    def hours(self, code: str, month: date) -> float:
        return self.by_month.get((code, month), 0.0)

    def total(self, code: str) -> float:
        return sum(hours for (one, _), hours in self.by_month.items() if one == code)


@dataclass(frozen=True)
class HoursForm:
    """What was sent and refused, or has just been saved."""

    values: Mapping[str, object] = field(default_factory=dict)
    faults: Sequence[Fault] = ()
    saved: int = 0
    """The number of the entry."""


@dataclass(frozen=True)
class Month:
    """One month of a municipality: its sum beside the plan, and its entries."""

    first: date
    hours: float
    bar: TargetBar
    entries: Sequence[HoursEntry]


def hours_page(page: Page, register: Register, form: HoursForm) -> str:
    """All municipalities by month, or one of them with its entries and the form."""
    if not register.code:
        return matrix_page(page, register)
    faults = {fault.where: fault.text.in_language(page.language) for fault in form.faults}
    shown = months(register)
    return render(
        "hours/hours.html",
        page,
        register=register,
        name=register.names[register.code],
        months=shown,
        target=register.plan.hours_per_month,
        total=register.total(register.code),
        total_target=register.plan.target(register.today),
        month_options=[
            (f"{month.first:%Y-%m}", month_name(month.first).in_language(page.language))
            for month in shown
        ],
        activity_options=[
            (code, label.in_language(page.language))
            for code, label in offered(register.activities).items()
        ],
        roles=ROLES,
        values={key: form.values.get(key) for key in KEYS},
        faults={key: faults.get(key, "") for key in KEYS},
        errors=[
            {"field": where if where in FORM_ORDER else "", "text": faults[where]}
            for where in sorted(faults, key=lambda where: (*FORM_ORDER, where).index(where))
        ],
        saved=next((entry for entry in register.entries if entry.id == form.saved), None),
        month_name=month_name,
    )


def months(register: Register) -> list[Month]:
    by_first = {
        first: list(group) for first, group in groupby(register.entries, lambda entry: entry.month)
    }
    sums = [register.hours(register.code, month) for month in register.months]
    bars = target_bars([(hours, register.plan.hours_per_month) for hours in sums])
    return [
        Month(month, hours, bar, by_first.get(month, []))
        for month, hours, bar in zip(register.months, sums, bars, strict=True)
    ]


def matrix_page(page: Page, register: Register) -> str:
    years = [
        (year, list(group))
        for year, group in groupby(register.plan.months, lambda month: month.year)
    ]
    return render(
        "hours/matrix.html",
        page,
        register=register,
        years=list(reversed(years)),
        target=register.plan.hours_per_month,
        total_target=register.plan.target(register.today),
        month_name=month_name,
        short_names=SHORT_MONTHS,
        heat=lambda hours: heat(hours, register.plan.hours_per_month),
    )


def heat(hours: float, target: float) -> int:
    """How dark a cell is, 0–5: the darkest from the plan on."""
    return max(0, min(5, int(5 * hours / target))) if target else 0


MONTHS = (
    Text("januari", "January"), Text("februari", "February"), Text("mars", "March"),
    Text("april", "April"), Text("maj", "May"), Text("juni", "June"),
    Text("juli", "July"), Text("augusti", "August"), Text("september", "September"),
    Text("oktober", "October"), Text("november", "November"), Text("december", "December"),
)  # fmt: skip
SHORT_MONTHS = tuple(Text(month.sv[:3], month.en[:3]) for month in MONTHS)


def month_name(month: date) -> Text:
    """`maj 2026`, `May 2026`."""
    name = MONTHS[month.month - 1]
    return Text(f"{name.sv} {month.year}", f"{name.en} {month.year}")
