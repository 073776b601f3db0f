"""A letter when a month has no hours: once for a municipality and month, to those who enter them."""

from datetime import date, timedelta

from procrastinate import JobContext
from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from catalogue import jobs, municipalities
from catalogue.database import OPERATOR, Databases
from catalogue.hours import locks
from catalogue.hours.hours import plan_of
from catalogue.hours.month_names import month_name
from catalogue.hours.workbooks import remove_unconfirmed
from catalogue.jobs import queue
from catalogue.letters.mail import Letter
from catalogue.rules import Rules, rules_of
from catalogue.settings import Settings
from catalogue.tables import account, hours_entry, hours_reminder
from geo.texts import Fill, Language, Text

SUBJECT = Text("Ingen tid är inskriven för {month}", "No hours are entered for {month}")
PARAGRAPHS = (
    Text(
        "{name} har ingen nedlagd tid i {month}. Planen är {hours} timmar i månaden.",
        "{name} has no hours in {month}. The plan is {hours} hours a month.",
    ),
    Text(
        "Med knappen kommer du direkt till månaden. Skriv timmarna bredvid det ni har gjort, och "
        "spara. Har ni inte lagt någon tid behöver du inte göra något.",
        "The button takes you straight to the month. Write the hours beside what you have done, and "
        "save. If you have put in no time, you need not do anything.",
    ),
    Text(
        "Du får det här mejlet en gång för månaden, eftersom du skriver in uppgifter för din kommun.",
        "You receive this e-mail once for the month, because you enter data for your municipality.",
    ),
)
LINK = Text("Skriv in {month}", "Enter {month}")


@queue.periodic(cron="10 7 * * *")
@queue.task(name="remind_of_hours", pass_context=True, queueing_lock="remind_of_hours")
def remind_of_hours(context: JobContext, timestamp: int) -> None:
    settings: Settings = context.additional_context["settings"]
    databases: Databases = context.additional_context["databases"]
    rules = rules_of(settings)
    with databases.writing(OPERATOR) as session:
        remind(session, settings, rules)
        remove_unconfirmed(session, rules.now(), settings.import_days)


def remind(session: Session, settings: Settings, rules: Rules) -> list[str]:
    """The municipalities reminded of last month: none before the day of the month set for it."""
    month = (rules.today.replace(day=1) - timedelta(days=1)).replace(day=1)
    day, plan = settings.hours_reminder_day, plan_of(settings)
    if not day or rules.today.day < day or month not in plan.months:
        return []
    closed = locks.locked(session)
    names = municipalities.names(session)
    reminded = []
    for code in empty(session, month):
        if (code, month) not in closed and is_first(session, code, month):
            for email, language in receivers(session, code):
                told = letter(email, language, names[code], code, month, plan.hours_per_month)
                jobs.defer_letter(session, told)
            reminded.append(code)
    return reminded


def empty(session: Session, month: date) -> list[str]:
    """The municipalities with somebody to remind and no hours in a month."""
    there = (
        select(func.sum(hours_entry.c.hours))
        .where(hours_entry.c.municipality == account.c.municipality, hours_entry.c.month == month)
        .scalar_subquery()
    )
    return list(
        session.scalars(
            select(account.c.municipality)
            .where(account.c.active, account.c.municipality.is_not(None))
            .where(func.coalesce(there, 0) == 0)
            .distinct()
            .order_by(account.c.municipality)
        )
    )


def is_first(session: Session, code: str, month: date) -> bool:
    """Notes that the municipality is reminded of the month; false where it was already."""
    noted = session.execute(
        insert(hours_reminder)
        .values(municipality=code, month=month)
        .on_conflict_do_nothing()
        .returning(hours_reminder.c.month)
    )
    return noted.first() is not None


def receivers(session: Session, code: str) -> list[tuple[str, Language]]:
    """The municipality's editors; its publishers where it has none."""
    own = account.alias()
    has_editor = exists().where(own.c.active, own.c.role == "editor", own.c.municipality == code)
    rows = session.execute(
        select(account.c.email, account.c.language)
        .where(
            account.c.active,
            account.c.municipality == code,
            (account.c.role == "editor") | ((account.c.role == "publisher") & ~has_editor),
        )
        .order_by(account.c.email)
    )
    return [(email, language) for email, language in rows]


def letter(
    email: str, language: Language, name: str, code: str, month: date, hours: float
) -> Letter:
    said: dict[str, Fill] = {"month": month_name(month), "name": name, "hours": hours}
    return Letter(
        to=email,
        language=language,
        subject=SUBJECT.format(**said).in_language(language),
        paragraphs=[text.format(**said).in_language(language) for text in PARAGRAPHS],
        path=f"/hours?municipality={code}&month={month:%Y-%m}",
        link_text=LINK.format(**said).in_language(language),
    )
