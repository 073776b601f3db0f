"""Reservations that end by themselves: told of a week before, lifted when their day is over."""

from datetime import date, timedelta

from procrastinate import JobContext
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from catalogue import site_rows, sites
from catalogue.database import OPERATOR, Databases
from catalogue.jobs import defer_letter, queue
from catalogue.rules import Rules, rules_of
from catalogue.settings import Settings
from catalogue.site import Site
from catalogue.tables import site, site_notice
from catalogue.workflow.notices import letter, publishers
from catalogue.workflow.transitions import Terms
from geo.texts import Text

TOLD_BEFORE = timedelta(days=7)
LAPSED_REASON = "Reservationen gällde till och med {day} och har gått ut."
"""In Swedish, as the municipality would have written it: a reason is one text for all readers."""
ENDS_SOON: tuple[Text, ...] = (
    Text("Reservationen av {name} går snart ut", "The reservation of {name} ends soon"),
    Text(
        "Platsen {name} ({reference}) är reserverad till och med {day}. Dagen efter är den "
        "publicerad igen.",
        "The site {name} ({reference}) is reserved up to and including {day}. The day after it "
        "is published again.",
    ),
    Text(
        "Ska reservationen gälla längre? Ändra dagen i formuläret, under identitet.",
        "Shall the reservation last longer? Change the day in the form, under identity.",
    ),
    Text(
        "Du får det här mejlet eftersom du är publicerare i din kommun.",
        "You receive this e-mail because you are a publisher in your municipality.",
    ),
)
LAPSED: tuple[Text, ...] = (
    Text("Reservationen av {name} har gått ut", "The reservation of {name} has ended"),
    Text(
        "Platsen {name} ({reference}) var reserverad till och med {day}. Nu är den publicerad "
        "igen, och alla ser att den är ledig.",
        "The site {name} ({reference}) was reserved up to and including {day}. Now it is "
        "published again, and everybody sees that it is free.",
    ),
    Text(
        "Du får det här mejlet eftersom du är publicerare i din kommun.",
        "You receive this e-mail because you are a publisher in your municipality.",
    ),
)
"""A subject, then paragraphs."""


@queue.periodic(cron="*/10 * * * *")
@queue.task(name="end_reservations", pass_context=True)
def end_reservations(context: JobContext, timestamp: int) -> None:
    settings: Settings = context.additional_context["settings"]
    databases: Databases = context.additional_context["databases"]
    rules = rules_of(settings)
    with databases.writing(OPERATOR) as session:
        remind(session, rules)
        lapse(session, rules)


def lapse(session: Session, rules: Rules) -> list[str]:
    """Sites whose last day, by the clock in Sweden, is over: published again; their references."""
    ended = reserved(session, before=rules.today)
    for one in ended:
        day = last_day(one)
        terms = Terms(LAPSED_REASON.format(day=day.isoformat()))
        sites.move(session, OPERATOR, one.reference, "published", rules, terms=terms)
        write(session, one, LAPSED)
    return [one.reference for one in ended]


def remind(session: Session, rules: Rules) -> list[str]:
    """Sites whose reservation ends within the week and that nobody was told of yet."""
    soon = [
        one
        for one in reserved(session, before=rules.today + TOLD_BEFORE + timedelta(days=1))
        if last_day(one) >= rules.today and first_told(session, one)
    ]
    for one in soon:
        write(session, one, ENDS_SOON)
    return [one.reference for one in soon]


def reserved(session: Session, *, before: date) -> list[Site]:
    """Those that nobody is saving just now; the others have their turn when the job runs again."""
    return site_rows.chosen(
        select(site)
        .where(site.c.status == "reserved", site.c.reserved_until < before)
        .order_by(site.c.reference)
        .with_for_update(skip_locked=True),
        session,
    )


def last_day(reserved_site: Site) -> date:
    day = reserved_site.values["reserved_until"]
    if not isinstance(day, date):
        raise TypeError(day)
    return day


def first_told(session: Session, reserved_site: Site) -> bool:
    """Whether nothing was written yet about this last day; noted as written."""
    about = f"reserved until {last_day(reserved_site).isoformat()}"
    noted = (
        insert(site_notice)
        .values(site_id=reserved_site.id, about=about, receiver="")
        .on_conflict_do_nothing()
        .returning(site_notice.c.about)
    )
    return session.scalars(noted).first() is not None


def write(session: Session, reserved_site: Site, texts: tuple[Text, ...]) -> None:
    for receiver in publishers(session, reserved_site.municipality):
        dated = tuple(
            text.format(
                name="{name}", reference="{reference}", who="{who}", day=last_day(reserved_site)
            )
            for text in texts
        )
        defer_letter(session, letter(receiver, dated, reserved_site, OPERATOR))
