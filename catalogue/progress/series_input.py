"""Which months, figures and municipality a series is asked for: read from a query, or refused."""

from collections.abc import Mapping, Sequence
from datetime import date

from catalogue.errors import BadParameters, Fault
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.figures import FIGURE, FIGURES, FIRST_DAY
from catalogue.progress.series import Wanted, month_ends
from geo.texts import Text

MOST_MONTHS = 120


def read_wanted(
    given: Mapping[str, str | None],
    keys: Sequence[str],
    plan: ProjectPlan,
    today: date,
) -> Wanted:
    """Months, figures and municipality as somebody wrote them; raises `BadParameters`.

    Left out: the project's months that have begun, every figure and every municipality.
    """
    faults: list[Fault] = []
    first = read_month("from", given["from"], today, faults) or min(plan.start, today)
    last = read_month("to", given["to"], today, faults) or max(first, min(plan.end, today))
    days = month_ends(first, last, today) if not faults else []
    if not faults and first > last:
        text = Text(
            "Den första månaden ligger efter den sista.", "The first month is after the last."
        )
        faults.append(Fault("from", text, in_parameter=True))
    elif len(days) > MOST_MONTHS:
        text = Text("Högst {most} månader.", "At most {most} months.").format(most=MOST_MONTHS)
        faults.append(Fault("from", text, in_parameter=True))
    unknown = [key for key in keys if key not in FIGURE]
    if unknown:
        text = Text(
            "Det finns inget tal med nyckeln {names}. Nycklarna står bland definitionerna.",
            "There is no figure with the key {names}. The keys stand among the definitions.",
        ).format(names=", ".join(unknown)[:200])
        faults.append(Fault("figure", text, in_parameter=True))
    if faults:
        raise BadParameters(faults)
    figures = [FIGURE[key] for key in dict.fromkeys(keys)] or FIGURES
    return Wanted(days=days, figures=figures, municipality=given["municipality"] or "")


def read_month(name: str, given: str | None, today: date, faults: list[Fault]) -> date | None:
    """The first day of a month such as `2024-04`."""
    if not given:
        return None
    try:
        month = date.fromisoformat(f"{given}-01") if len(given) == 7 else date.min
    except ValueError:
        month = date.min
    if FIRST_DAY <= month <= today:
        return month
    text = Text(
        "En månad från {first} till nu, som 2026-05.",
        "A month from {first} to now, such as 2026-05.",
    ).format(first=f"{FIRST_DAY:%Y-%m}")
    faults.append(Fault(name, text, in_parameter=True))
    return None
