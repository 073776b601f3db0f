"""The pages of the hours register: each month against the plan, and a month entered in one go."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from catalogue.errors import Fault
from catalogue.hours.activities import Activities, offered
from catalogue.hours.hours import ROLES, HoursEntry, ProjectPlan
from catalogue.hours.month_entry import field_name
from catalogue.hours.month_names import SHORT_MONTHS, month_name
from frontend.charts import TargetBar, target_bars
from frontend.rendering import Page, render

HOURS_PATH = "/hours"


@dataclass(frozen=True, kw_only=True)
class Register:
    """What the register holds, as far as the reader may see it."""

    names: Mapping[str, str]
    plan: ProjectPlan
    today: date
    by_month: Mapping[tuple[str, date], float]
    activities: Activities
    closed: Mapping[tuple[str, date], datetime]
    """The months that are locked, and since when."""
    may_choose: bool
    """Whether the reader follows every municipality."""
    code: str
    """The municipality shown; empty for all of them."""
    entries: Sequence[HoursEntry]
    sites: Sequence[tuple[str, str]]
    waiting: Mapping[tuple[str, date], int] = field(default_factory=dict)
    """Entries that nobody has attested."""
    attesters: Sequence[str] = ()
    may_attest: bool = False
    reader_email: str = ""
    reader_name: str = ""
    role: str = ""
    """As the reader gave it last."""

    @property
    def months(self) -> list[date]:
        """The months that have begun, the latest first."""
        return list(reversed(self.plan.begun(self.today)))

    @property
    def latest(self) -> int:
        """The number of the latest entry, as the page was made."""
        return max((entry.id for entry in self.entries), default=0)

    @property
    def name(self) -> str:
        return self.names[self.code]

    def hours(self, code: str, month: date) -> float:
        return self.by_month.get((code, month), 0.0)

    def total(self, code: str) -> float:
        return sum(hours for (one, _), hours in self.by_month.items() if one == code)

    def is_closed(self, month: date) -> bool:
        return (self.code, month) in self.closed

    def there(self, month: date, activity: str) -> float:
        """What is entered on an activity in a month."""
        return sum(
            entry.hours
            for entry in self.entries
            if entry.month == month and entry.activity == activity
        )

    def is_own(self, entry: HoursEntry) -> bool:
        """Whether the reader may not attest it, since it is theirs."""
        own = (entry.entered_by.lower(), entry.person.lower())
        return own[0] == self.reader_email.lower() or own[1] == self.reader_name.lower()

    def may_be_attested(self, entry: HoursEntry) -> bool:
        return self.may_attest and entry.attested_by is None and not self.is_own(entry)


@dataclass(frozen=True)
class HoursForm:
    """What was sent and refused, or has just been done."""

    values: Mapping[str, object] = field(default_factory=dict)
    faults: Sequence[Fault] = ()
    saved: Sequence[int] = ()
    """The numbers of the entries."""
    attested: float = 0
    """Hours that the reader has just attested."""


@dataclass(frozen=True)
class Month:
    """One month of a municipality: its sum beside the plan, and its entries."""

    first: date
    hours: float
    bar: TargetBar
    entries: Sequence[HoursEntry]
    locked_at: datetime | None
    waiting: int
    attestable: int
    """Entries that the reader may attest."""


@dataclass(frozen=True)
class QuickLine:
    """One activity of the month: what is there, and the field for more."""

    name: str
    label: str
    there: float
    value: str
    error: str


def hours_page(page: Page, register: Register, form: HoursForm, chosen: date | None) -> str:
    """All municipalities by month, or one of them: its months, and one of these to fill in."""
    if not register.code:
        return matrix_page(page, register)
    shown = months(register)
    month = chosen if chosen in register.months else first_open(register)
    faults = faults_by_field(page, form.faults)
    return render(
        "hours/hours.html",
        page,
        register=register,
        form=form,
        values=defaultdict(str, form.values),
        years=[(year, list(group)) for year, group in groupby(shown, lambda one: one.first.year)],
        month=month,
        lines=quick_lines(page, register, month, form, faults) if month else [],
        target=register.plan.hours_per_month,
        total=register.total(register.code),
        total_target=register.plan.target(register.today),
        month_options=month_options(page, register),
        roles=ROLES,
        faults=faults,
        errors=named_errors(page, register, faults),
        saved=[entry for entry in register.entries if entry.id in form.saved],
        corrected=corrected_by(register.entries),
        month_name=month_name,
    )


def first_open(register: Register) -> date | None:
    """The latest month that hours may be entered on; a closed one where all are."""
    is_open = (month for month in register.months if not register.is_closed(month))
    return next(is_open, register.months[0] if register.months else None)


def quick_lines(
    page: Page, register: Register, month: date, form: HoursForm, faults: Mapping[str, str]
) -> list[QuickLine]:
    return [
        QuickLine(
            name,
            label.in_language(page.language),
            register.there(month, code),
            str(form.values.get(name) or ""),
            faults.get(name, ""),
        )
        for code, label in offered(register.activities).items()
        for name in [field_name(month, code)]
    ]


def month_options(page: Page, register: Register) -> list[tuple[str, str]]:
    return [
        (f"{month:%Y-%m}", month_name(month).in_language(page.language))
        for month in register.months
    ]


def faults_by_field(page: Page, faults: Sequence[Fault]) -> dict[str, str]:
    """Empty for a field without one."""
    return defaultdict(
        str, {fault.where: fault.text.in_language(page.language) for fault in faults}
    )


def error_list(faults: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"field": where, "text": text} for where, text in faults.items()]


def named_errors(page: Page, register: Register, faults: Mapping[str, str]) -> list[dict[str, str]]:
    """For the summary: what stands at a field of hours begins with its month and activity."""
    labels = {
        field_name(month, code): f"{month_name(month).in_language(page.language)}, "
        f"{label.in_language(page.language).lower()}: "
        for month in register.months
        for code, label in offered(register.activities).items()
    }
    return [
        {"field": where, "text": f"{labels.get(where, '')}{text}"} for where, text in faults.items()
    ]


def corrected_by(entries: Sequence[HoursEntry]) -> dict[int, list[HoursEntry]]:
    """What corrects each entry, among those shown."""
    found: dict[int, list[HoursEntry]] = defaultdict(list)
    for entry in reversed(entries):
        if entry.corrects is not None:
            found[entry.corrects].append(entry)
    return found


def paired(entries: Sequence[HoursEntry]) -> list[HoursEntry]:
    """The entries of a month, each followed by what corrects it there."""
    there = {entry.id for entry in entries}
    found: list[HoursEntry] = []

    def place(entry: HoursEntry) -> None:
        found.append(entry)
        for one in sorted(entries, key=lambda other: other.id):
            if one.corrects == entry.id:
                place(one)

    for entry in entries:
        if entry.corrects not in there:
            place(entry)
    return found


def months(register: Register) -> list[Month]:
    by_first = {
        first: paired(list(group))
        for first, group in groupby(register.entries, lambda entry: entry.month)
    }
    sums = [register.hours(register.code, month) for month in register.months]
    bars = target_bars([(max(hours, 0), register.plan.hours_per_month) for hours in sums])
    return [
        Month(
            month,
            hours,
            bar,
            by_first.get(month, []),
            register.closed.get((register.code, month)),
            sum(entry.attested_by is None for entry in by_first.get(month, [])),
            sum(map(register.may_be_attested, by_first.get(month, []))),
        )
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
        month_options=month_options(page, register),
        month_name=month_name,
        short_names=SHORT_MONTHS,
        heat=lambda hours: heat(hours, register.plan.hours_per_month),
    )


def heat(hours: float, target: float) -> int:
    """How dark a cell is, 0–5: the darkest from the plan on."""
    return max(0, min(5, int(5 * hours / target))) if target else 0
