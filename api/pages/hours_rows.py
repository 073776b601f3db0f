"""Several lines of hours in one form: what is wrong is told at each, and nothing is lost."""

from typing import Any

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from api.context import HasPage, HasServices, PageForm
from api.pages.hours import Code, found_register, html, refuse_sent_twice, shown_after
from api.pages.progress import HasMember
from catalogue.errors import Fault, Invalid
from catalogue.hours import activities
from catalogue.hours.hours import add_all, plan_of
from catalogue.hours.month_entry import ROW_KEYS, read_rows
from frontend import hours_forms
from frontend.hours import HOURS_PATH
from frontend.hours_forms import MOST_ROWS, ROWS, empty_row
from geo.texts import Text

router = APIRouter(prefix=f"{HOURS_PATH}/rows", include_in_schema=False)


@router.get("")
def show_rows(
    page: HasPage, services: HasServices, member: HasMember, municipality: Code = ""
) -> HTMLResponse:
    with services.databases.writing(member) as session:
        register = found_register(session, services, member, municipality, must_choose=True)
    return html(hours_forms.rows_page(page, register, [empty_row(register)] * ROWS))


@router.post("")
def add_rows(page: HasPage, services: HasServices, member: HasMember, form: PageForm) -> Response:
    """All lines saved or none; with `more`, only more lines to fill in."""
    code = str(form.get("municipality", ""))
    rows = sent_rows(form)
    filled = [number for number, row in enumerate(rows) if row["hours"] or row["activity"]]
    faults: list[Fault] = []
    try:
        if "more" not in form:
            with services.databases.writing(member) as session:
                sent = [{**rows[number], "municipality": code} for number in filled]
                entries = read_rows(
                    sent,
                    plan_of(services.settings),
                    activities=activities.everything(session),
                    today=services.rules.today,
                )
                if entries:
                    refuse_sent_twice(session, member, entries, {"seen": form.get("seen", "")})
                    return shown_after(page, add_all(session, member, entries))
            text = Text("Fyll i minst en rad.", "Fill in one line at least.")
            faults = [Fault("0/hours", text)]
    except Invalid as refusal:
        faults = [placed(fault, filled) for fault in refusal.faults]
    with services.databases.writing(member) as session:
        register = found_register(session, services, member, code, must_choose=True)
    if "more" in form:
        rows = (rows + [empty_row(register)] * ROWS)[:MOST_ROWS]
    return html(hours_forms.rows_page(page, register, rows, faults), 422 if faults else 200)


def sent_rows(form: FormData) -> list[dict[str, Any]]:
    """The lines as they were sent, at most so many. Any: texts, and the list of sites."""
    given = str(form.get("rows", ""))
    count = min(int(given), MOST_ROWS) if given.isdecimal() and len(given) < 4 else 0
    return [
        {
            **{key: str(form.get(f"r{number}.{key}", "")).strip() for key in ROW_KEYS},
            "sites": [str(one) for one in form.getlist(f"r{number}.sites") if one],
        }
        for number in range(count)
    ]


def placed(fault: Fault, filled: list[int]) -> Fault:
    """Under the number of the line as the form counts it, empty ones too."""
    if "/" not in fault.where:
        return Fault(f"{filled[0]}/{fault.where}", fault.text)
    number, _, where = fault.where.partition("/")
    return Fault(f"{filled[int(number)]}/{where}", fault.text)
