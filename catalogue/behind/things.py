"""What is behind the figures of registers: entries, letters, enquiries, requests and meetings.

They are the rows of the relation that a figure is counted over, each asked of the figure alone; what
tells one from another is read here. Nobody's name, address or free text is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import RowMapping, func, select
from sqlalchemy.orm import Session

from catalogue import municipalities
from catalogue.anchoring.meetings import KINDS
from catalogue.behind.lines import NOTHING, Line, Part
from catalogue.behind.measures import Measure
from catalogue.enquiries.enquiries import SECTORS, SIZES
from catalogue.hours import activities
from catalogue.progress.days import Places
from catalogue.progress.progress import Span
from catalogue.progress.register_anchoring import MEETINGS
from catalogue.progress.register_enquiries import CAME
from catalogue.progress.register_hours import IN_REGISTER as HOURS
from catalogue.progress.register_questions import SENT
from catalogue.progress.register_requests import IN_REGISTER as REQUESTS
from catalogue.progress.relation import Relation
from catalogue.requests.register_input import OUTCOMES
from catalogue.rules import SWEDEN
from catalogue.tables import enquiry, hours_entry, meeting_attendance, question
from geo.texts import Text

Known = Mapping[str, RowMapping]
"""By thing, its row of the relation: of the day shown, else of the day compared with."""
UNSAID = Text("", "")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What tells one thing from another."""

    name: Text
    municipality: str
    """Empty where it is of several."""
    about: Text
    path: str = ""


@dataclass(frozen=True)
class Things:
    """The columns of a relation that are told, and how they are."""

    columns: Sequence[str]
    tell: Callable[[Session, Known], Mapping[str, Told]]
    """By thing; none of one that the reader may not see."""


def thing_lines(session: Session, measure: Measure, span: Span, places: Places) -> list[Line]:
    """A line for each of the relation's rows that the figure takes in on one of the days."""
    relation = measure.counted.relation
    things = THINGS[relation]
    statement = relation.each(measure.numbers, things.columns, of_one=places is not None)
    days = sorted({span.since, span.as_of})
    found: dict[date, dict[str, RowMapping]] = {day: {} for day in days}
    for row in session.execute(statement, measure.given(days, places)).mappings():
        found[row["day"]][str(row["thing"])] = row
    before, now = found[span.since], found[span.as_of]
    known = {**before, **now}
    told = things.tell(session, known)
    lines = [
        Line(
            key=key,
            name=one.name,
            municipality=one.municipality,
            before=part(measure, before.get(key)),
            now=part(measure, now.get(key)),
            is_new=key not in before,
            about=one.about,
            path=one.path,
        )
        for key, one in told.items()
    ]
    return [line for line in lines if not line.is_nothing]


def part(measure: Measure, row: RowMapping | None) -> Part:
    return NOTHING if row is None else measure.part([row[name] for name in measure.numbers])


def joined(*parts: Text | str) -> Text:
    """The parts that say something, with commas between."""
    told = [Text(part, part) if isinstance(part, str) else part for part in parts if part]
    return Text(
        ", ".join(part.sv for part in told if part.sv),
        ", ".join(part.en for part in told if part.en),
    )


def tell_entries(session: Session, known: Known) -> dict[str, Told]:
    """The register's rows; a correction takes off."""
    table = hours_entry.c
    found = session.execute(
        select(
            table.id, table.municipality, table.month, table.role, table.hours, table.sites
        ).where(table.id.in_([int(key) for key in known]))
    )
    labels = {code: one.label for code, one in activities.everything(session).items()}
    correction = Text("rättelse", "correction")
    return {
        str(row.id): Told(
            name=Text("{activity}, {month}", "{activity}, {month}").format(
                activity=labels[known[str(row.id)]["activity"]], month=row.month.strftime("%Y-%m")
            ),
            municipality=row.municipality,
            about=joined(row.role, correction if row.hours < 0 else "", ", ".join(row.sites)),
            path=f"/hours?municipality={row.municipality}&month={row.month:%Y-%m}",
        )
        for row in found
    }


def tell_letters(session: Session, known: Known) -> dict[str, Told]:
    """Questions sent with a link, by what they are about: never whom they went to."""
    table = question.c
    found = session.execute(
        select(
            table.id, table.municipality, table.reference, table.site_name, table.asked_on,
            func.cardinality(table["keys"]).label("fields"),
        ).where(table.id.in_([int(key) for key in known]))
    )  # fmt: skip
    asked, answered = Text("skickat {day}", "sent {day}"), Text("besvarat {day}", "answered {day}")
    profile = Text("Kommunens profil", "The municipality's profile")
    fields = Text("{n} fält", "{n} fields")
    return {
        str(row.id): Told(
            name=Text(row.site_name, row.site_name) if row.reference else profile,
            municipality=row.municipality,
            about=joined(
                row.reference,
                fields.format(n=str(row.fields)),
                asked.format(day=row.asked_on),
                after(answered, row.asked_on, known[str(row.id)]["taken"]),
            ),
        )
        for row in found
    }


def after(text: Text, first: date, days: int | None) -> Text:
    """The day of the answer, so many days after another; empty where none had come."""
    return UNSAID if days is None else text.format(day=first + timedelta(days=days))


def tell_messages(session: Session, known: Known) -> dict[str, Told]:
    """Enquiries as messages, by when, what for and how large: never from whom."""
    table, first = enquiry.c, enquiry.alias("first").c
    found = session.execute(
        select(
            first.id,
            first.received_at,
            func.array_agg(table.municipality).label("municipalities"),
            func.string_agg(func.array_to_string(table.sites, ", "), ", ").label("sites"),
        )
        .where(first.id.in_([int(key) for key in known]), table.message_id == first.message_id)
        .group_by(first.id, first.received_at)
    )
    name = Text("Förfrågan {day}", "Enquiry of {day}")
    days = Text("besvarad på {n} arbetsdagar", "answered in {n} working days")

    def told(row: RowMapping, said: RowMapping) -> Told:
        municipalities = set(row["municipalities"])
        return Told(
            name=name.format(day=row["received_at"].astimezone(SWEDEN).date()),
            municipality=municipalities.pop() if len(municipalities) == 1 else "",
            about=joined(
                SECTORS.get(said["sector"], UNSAID),
                SIZES.get(said["size"], UNSAID),
                row["sites"],
                UNSAID if said["taken"] is None else days.format(n=str(said["taken"])),
            ),
            path=f"/workspace/enquiries/{row['id']}",
        )

    return {str(row["id"]): told(row, known[str(row["id"])]) for row in found.mappings()}


def tell_requests(_: Session, known: Known) -> dict[str, Told]:
    """Clients' requests, by their code names, as they stood that day."""
    came, answered = Text("kom {day}", "came {day}"), Text("besvarad {day}", "answered {day}")
    return {
        key: Told(
            name=Text(row["code_name"], row["code_name"]),
            municipality="",
            about=joined(
                came.format(day=row["received_on"]),
                answered.format(day=row["answered_on"]) if row["answered_on"] else "",
                OUTCOMES[row["outcome"]],
                ", ".join(row["sites"] or ()),
            ),
            path=f"/requests/{key}",
        )
        for key, row in known.items()
    }


def tell_meetings(session: Session, known: Known) -> dict[str, Told]:
    """Meetings by kind, day and who was there, as far as the reader may see it."""
    there = meeting_attendance.c
    found = session.execute(
        select(there.meeting_id, func.array_agg(there.municipality).label("codes"))
        .where(there.meeting_id.in_([int(key) for key in known]))
        .group_by(there.meeting_id)
    )
    names, several = municipalities.names(session), Text("{n} kommuner", "{n} municipalities")
    name = Text("{kind} {day}", "{kind} {day}")
    return {
        str(number): Told(
            name=name.format(
                kind=KINDS[known[str(number)]["kind"]], day=known[str(number)]["held_on"]
            ),
            municipality=codes[0] if len(codes) == 1 else "",
            about=several.format(n=str(len(codes)))
            if len(codes) > MOST_NAMED
            else joined(*(names[code] for code in sorted(codes))),
            path="/progress/anchoring/meetings",
        )
        for number, codes in found
    }


MOST_NAMED = 3
"""So many municipalities of a meeting are named; more are counted."""
THINGS: Mapping[Relation, Things] = {
    MEETINGS: Things(("held_on", "kind"), tell_meetings),
    HOURS: Things(("activity",), tell_entries),
    SENT: Things(("taken",), tell_letters),
    CAME: Things(("sector", "size", "taken"), tell_messages),
    REQUESTS: Things(
        ("code_name", "received_on", "answered_on", "outcome", "sites"), tell_requests
    ),
}
