"""What an administrator should look at, gathered from where each thing is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from catalogue.accounts import people
from catalogue.administration import organisations, queued_jobs
from catalogue.administration.soundness import Finding
from catalogue.rules import SWEDEN
from catalogue.settings import Settings
from geo.texts import Text


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One thing to look at, and the page where something is done about it."""

    tone: Literal["danger", "warning"]
    title: Text
    text: Text
    path: str = ""
    action: Text = Text("", "")


OPEN = Text("Öppna", "Open")


def matters(
    session: Session, findings: Sequence[Finding], settings: Settings, now: datetime
) -> list[Matter]:
    """The gravest first."""
    found = [
        *unsound(findings),
        *of_jobs(session, now),
        *of_accounts(session, settings),
        *of_lists(session),
    ]
    return sorted(found, key=lambda matter: matter.tone != "danger")


def unsound(findings: Sequence[Finding]) -> Iterator[Matter]:
    for finding in findings:
        if not finding.is_sound:
            yield Matter(tone="danger", title=finding.name, text=finding.said)


def of_jobs(session: Session, now: datetime) -> Iterator[Matter]:
    heard = queued_jobs.worker_heard(session)
    if not queued_jobs.is_heard(heard, now):
        yield Matter(
            tone="danger",
            title=Text("Ingen arbetare är igång", "No worker is running"),
            text=Text(
                "Mejl och andra jobb väntar{since}. Starta processen sitefinder worker.",
                "E-mails and other jobs wait{since}. Start the process sitefinder worker.",
            ).format(since=since(heard)),
            path="/admin/jobs",
            action=OPEN,
        )
    letters = queued_jobs.count(session, queued_jobs.does(queued_jobs.LETTER))
    if letters.failed or letters.again:
        yield Matter(
            tone="danger" if letters.failed else "warning",
            title=Text("Mejl som inte har kommit fram", "E-mails that have not been sent"),
            text=Text(
                "{failed} har misslyckats och {again} väntar på ett nytt försök.",
                "{failed} have failed and {again} wait to be tried again.",
            ).format(failed=letters.failed, again=letters.again),
            path="/admin/letters",
            action=OPEN,
        )
    others = queued_jobs.count(session, ~queued_jobs.does(queued_jobs.LETTER))
    if others.failed:
        yield Matter(
            tone="danger",
            title=Text("Jobb som har misslyckats", "Jobs that have failed"),
            text=Text("{n} andra än mejl.", "{n} other than e-mails.").format(n=others.failed),
            path="/admin/jobs",
            action=OPEN,
        )


def of_accounts(session: Session, settings: Settings) -> Iterator[Matter]:
    """Those that must have a second factor; administrators, where none must."""
    count = people.in_one_step(session, settings.roles_with_second_factor or {"admin"})
    if count:
        yield Matter(
            tone="warning",
            title=Text("Konton utan tvåstegsinloggning", "Accounts without two-step sign-in"),
            text=Text(
                "{n} konton med stora rättigheter öppnas med bara ett lösenord.",
                "{n} accounts with far-reaching rights are opened by a password alone.",
            ).format(n=count),
            path="/admin/users?state=one_step",
            action=OPEN,
        )


def since(heard: datetime | None) -> Text:
    """From which day a worker has been silent, where that is known."""
    if heard is None:
        return Text("", "")
    day = heard.astimezone(SWEDEN)
    return Text(" sedan {day} kl. {time}", " since {time} on {day}").format(
        day=day.date(), time=f"{day:%H:%M}"
    )


def of_lists(session: Session) -> Iterator[Matter]:
    everyone = [one for one in organisations.everyone(session) if not one.organisation.retired]
    silent = [one for one in everyone if one.serves and not one.organisation.contact_email]
    if silent:
        yield Matter(
            tone="warning",
            title=Text("Adresser att skicka frågor till", "Addresses to send questions to"),
            text=Text(
                "{n} nätägare och VA-huvudmän saknar e-postadress.",
                "{n} grid owners and water utilities have no e-mail address.",
            ).format(n=len(silent)),
            path="/admin/organisations",
            action=OPEN,
        )
    unsure = sum(to_verify for one in everyone for to_verify in one.serves.values())
    if unsure:
        yield Matter(
            tone="warning",
            title=Text("Uppgifter att bekräfta", "Facts to confirm"),
            text=Text(
                "{n} uppgifter om vem som försörjer en kommun är arbetsvärden.",
                "{n} facts about who serves a municipality are working values.",
            ).format(n=unsure),
            path="/admin/organisations",
            action=OPEN,
        )
