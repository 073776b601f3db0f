"""The letter that the status report comes with."""

from base64 import b64encode

from sqlalchemy.orm import Session

from catalogue import jobs
from catalogue.letters.mail import Attachment, Letter
from catalogue.progress.progress_files import Formats, file_name
from catalogue.progress.reports import Report
from catalogue.progress.sentences import introduction
from geo.texts import Language, Text

LANGUAGE: Language = "sv"
"""The steering group's own."""
SUBJECT = Text("Lägesrapport {day}", "Status report {day}")
HELLO = Text("Hej!", "Hello,")
WHAT = Text(
    "Här är läget i SiteFinder Gävleborg den {day}, jämfört med {since}. Rapporten är bifogad som "
    "PDF på en sida.",
    "Here is the state of SiteFinder Gävleborg on {day}, compared with {since}. The report is "
    "attached as a PDF of one page.",
)
EXAMPLES = Text(
    "Talen bygger på exempeldata: platserna är påhittade.",
    "The figures are of example data: the sites are invented.",
)
WHY = Text(
    "Du får mejlet för att din adress står på styrgruppens lista. Vill du inte ha det, eller har du "
    "en fråga om talen? Svara på mejlet, så når du projektkontoret.",
    "You get this e-mail because your address is on the steering group's list. Do you not want it, "
    "or have you a question about the figures? Reply to it to reach the project office.",
)
LINK = Text("Öppna rapporten", "Open the report")


def send_report(
    session: Session, report: Report, formats: Formats, to: list[str], reply_to: str
) -> None:
    """To each of them by themselves: nobody sees the others' addresses."""
    found = report.progress
    kind = formats["pdf"]
    attached = Attachment(
        name=file_name(report, LANGUAGE, "pdf"),
        media_type=kind.media_type,
        base64=b64encode(kind.write(report, LANGUAGE)).decode(),
    )
    told = " ".join(one.text.in_language(LANGUAGE) for one in introduction(found, report.row))
    texts = [HELLO, WHAT.format(day=found.as_of, since=found.since)]
    texts += [EXAMPLES] if found.has_examples else []
    for address in to:
        jobs.defer_letter(
            session,
            Letter(
                to=address,
                reply_to=reply_to,
                language=LANGUAGE,
                subject=SUBJECT.format(day=found.as_of).in_language(LANGUAGE),
                paragraphs=[
                    *(text.in_language(LANGUAGE) for text in texts),
                    told,
                    WHY.in_language(LANGUAGE),
                ],
                path=f"/progress/report?as_of={found.as_of}&since={found.since}",
                link_text=LINK.in_language(LANGUAGE),
                attachments=[attached],
            ),
        )
