"""The page where the status report is sent to the steering group, after a look at to whom."""

from collections.abc import Sequence
from urllib.parse import urlencode

from catalogue.errors import Fault
from catalogue.progress.progress import Span
from catalogue.progress.report_sendings import Sending
from catalogue.settings import Settings
from frontend.rendering import Page, render
from geo.texts import Text

SENDERS: dict[str, Text] = {
    "project": Text("Projektkontoret", "The project office"),
    "admin": Text("Administratören", "The administrator"),
    "job": Text("Av sig själv", "By itself"),
}


def sending_page(
    page: Page,
    span: Span,
    settings: Settings,
    sendings: Sequence[Sending],
    faults: Sequence[Fault] = (),
) -> str:
    return render(
        "progress/report_send.html",
        page,
        span=span,
        dates=urlencode({"as_of": span.as_of, "since": span.since}),
        recipients=settings.report_recipients_list,
        contact=settings.contact_email,
        months=settings.report_months.replace(",", ", "),
        sendings=sendings,
        senders=SENDERS,
        errors=[{"field": "", "text": fault.text.in_language(page.language)} for fault in faults],
    )
