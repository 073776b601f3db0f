"""What is behind the figures that are not of sites: entries, letters, enquiries and requests.

Each thing is asked of the figure's own sum, alone. Nobody's name, address or free text is read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.behind.lines import NOTHING, Line, Part
from catalogue.enquiries.enquiries import SECTORS, SIZES
from catalogue.hours import activities
from catalogue.hours.hours import known_by
from catalogue.progress import figure_definitions as means
from catalogue.progress.figure_definitions_moves import EXPECTED
from catalogue.progress.figures import ENQUIRY_FIGURES, LETTER_FIGURES, REQUEST_FIGURES
from catalogue.progress.progress import Span
from catalogue.progress.progress_enquiries import KnownEnquiry, enquiries_by, enquiry_numbers
from catalogue.progress.progress_moves import moves_on
from catalogue.progress.progress_questions import question_numbers, sent_by
from catalogue.progress.progress_requests import offered, request_numbers, requests_on
from catalogue.progress.subjects import keys
from catalogue.requests.register_input import OUTCOMES
from catalogue.rules import SWEDEN
from catalogue.tables import enquiry, hours_entry, question
from geo.texts import Text


@dataclass(frozen=True)
class Wanted:
    """The figure's key, and whose; an empty code is all together."""

    key: str
    municipality: str

    def covers(self, code: str) -> bool:
        return self.municipality in ("", code)


Things = Callable[[Session, Wanted, date], list[Line]]
"""What a figure counts at the end of a day; `now` is what each comes to."""


def things_between(session: Session, read: Things, wanted: Wanted, span: Span) -> list[Line]:
    """The lines of both days, by what they are."""
    before = {line.key: line for line in read(session, wanted, span.since)}
    now = {line.key: line for line in read(session, wanted, span.as_of)}
    gone = [
        replace(line, before=line.now, now=NOTHING)
        for key, line in before.items()
        if key not in now
    ]
    kept = [
        replace(
            line, before=before[key].now if key in before else NOTHING, is_new=key not in before
        )
        for key, line in now.items()
    ]
    return [line for line in (*kept, *gone) if not line.is_nothing]


def joined(*parts: Text | str) -> Text:
    """The parts that say something, with commas between."""
    told = [Text(part, part) if isinstance(part, str) else part for part in parts if part]
    return Text(
        ", ".join(part.sv for part in told if part.sv),
        ", ".join(part.en for part in told if part.en),
    )


def entries(session: Session, wanted: Wanted, day: date) -> list[Line]:
    """The register's rows; a correction takes off."""
    table = hours_entry
    found = session.execute(
        select(
            table.c.id,
            table.c.municipality,
            table.c.month,
            table.c.role,
            table.c.hours,
            table.c.activity,
            table.c.sites,
        ).where(*known_by(day))
    )
    labels = {code: one.label for code, one in activities.everything(session).items()}
    correction = Text("rättelse", "correction")
    return [
        Line(
            key=str(row.id),
            name=Text("{activity}, {month}", "{activity}, {month}").format(
                activity=labels[row.activity], month=row.month.strftime("%Y-%m")
            ),
            municipality=row.municipality,
            before=NOTHING,
            now=Part(row.hours),
            about=joined(row.role, correction if row.hours < 0 else "", ", ".join(row.sites)),
            path=f"/hours?municipality={row.municipality}&month={row.month:%Y-%m}",
        )
        for row in found
        if wanted.covers(row.municipality)
    ]


def letters(session: Session, wanted: Wanted, day: date) -> list[Line]:
    """Questions sent with a link, by what they are about: never whom they went to."""
    sent = [one for one in sent_by(session, day) if wanted.covers(one.municipality)]
    rows = session.execute(
        select(
            question.c.id,
            question.c.reference,
            question.c.site_name,
            question.c["keys"].label("fields"),
        ).where(question.c.id.in_([one.number for one in sent]))
    )
    about = {row.id: row for row in rows}
    asked, answered = Text("skickat {day}", "sent {day}"), Text("besvarat {day}", "answered {day}")
    profile = Text("Kommunens profil", "The municipality's profile")
    fields = Text("{n} fält", "{n} fields")
    return [
        Line(
            key=str(one.number),
            name=Text(about[one.number].site_name, about[one.number].site_name)
            if about[one.number].reference
            else profile,
            municipality=one.municipality,
            before=NOTHING,
            now=Part(question_numbers([one], day)[wanted.key]),
            about=joined(
                about[one.number].reference,
                fields.format(n=str(len(about[one.number].fields))),
                asked.format(day=one.asked_on),
                answered.format(day=one.answered_on) if one.answered_on else "",
            ),
        )
        for one in sent
    ]


def messages(session: Session, wanted: Wanted, day: date) -> list[Line]:
    """Enquiries as messages, by when, what for and how large: never from whom."""
    found: dict[str, list[KnownEnquiry]] = {}
    for one in enquiries_by(session, day):
        if wanted.covers(one.municipality):
            found.setdefault(one.message_id, []).append(one)
    rows = session.execute(
        select(enquiry.c.message_id, enquiry.c.id, enquiry.c.received_at, enquiry.c.sites).where(
            enquiry.c.message_id.in_(list(found))
        )
    )
    about = {row.message_id: row for row in rows}
    name = Text("Förfrågan {day}", "Enquiry of {day}")
    days = Text("besvarad på {n} arbetsdagar", "answered in {n} working days")
    nothing = Text("", "")
    return [
        Line(
            key=str(about[message].id),
            name=name.format(day=about[message].received_at.astimezone(SWEDEN).date()),
            municipality=some[0].municipality if len(some) == 1 else "",
            before=NOTHING,
            now=Part(enquiry_numbers(some)[wanted.key]),
            about=joined(
                SECTORS.get(some[0].sector, nothing),
                SIZES.get(some[0].size, nothing),
                ", ".join(about[message].sites),
                days.format(n=str(soonest(some))) if soonest(some) is not None else "",
            ),
            path=f"/workspace/enquiries/{about[message].id}",
        )
        for message, some in found.items()
    ]


def soonest(some: Sequence[KnownEnquiry]) -> int | None:
    return min((one.days for one in some if one.days is not None), default=None)


def client_requests(session: Session, wanted: Wanted, day: date) -> list[Line]:
    """Clients' requests, by their code names; nothing for whom the register is closed to."""
    found = requests_on(session, day)
    came, answered = Text("kom {day}", "came {day}"), Text("besvarad {day}", "answered {day}")
    return [
        Line(
            key=str(one.number),
            name=Text(one.code_name, one.code_name),
            municipality=wanted.municipality,
            before=NOTHING,
            now=Part(request_numbers([one])[wanted.key]),
            about=joined(
                came.format(day=one.received_on),
                answered.format(day=one.answered_on) if one.answered_on else "",
                OUTCOMES[one.outcome],
                ", ".join(one.sites),
            ),
            path=f"/requests/{one.number}",
        )
        for one in (offered(found, wanted.municipality) if wanted.municipality else found)
    ]


def moves(session: Session, wanted: Wanted, day: date) -> list[Line]:
    """Sites that are expected at their next level, with what is expected of each."""
    return [
        Line(
            key=one.reference,
            name=one.name,
            municipality=one.municipality,
            before=NOTHING,
            now=Part(1),
            about=joined(
                one.reference,
                one.next_name,
                *(joined(reason.text, reason.because) for reason in one.reasons),
            ),
        )
        for one in moves_on(session, day)
        if wanted.covers(one.municipality)
    ]


def read_by(*lists: tuple[frozenset[str], Things]) -> Mapping[str, Things]:
    return {key: read for some, read in lists for key in some}


THINGS: Mapping[str, Things] = read_by(
    (frozenset((means.PUT_IN.key,)), entries),
    (keys(LETTER_FIGURES), letters),
    (keys(ENQUIRY_FIGURES), messages),
    (keys(REQUEST_FIGURES), client_requests),
    (frozenset((EXPECTED.key,)), moves),
)
"""By the figure's key."""
