"""Real mail servers on a free port, each with a manner of its own, and a letter to send them."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from catalogue.database import Databases
from catalogue.letters import mail
from catalogue.letters.mail import Letter
from catalogue.settings import Settings


class Inbox:
    """Takes every letter. The methods' names are those that aiosmtpd calls."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


class Strict(Inbox):
    """Knows none of the receivers."""

    async def handle_RCPT(self, *_: Any) -> str:  # noqa: N802
        return "550 No such mailbox"


class Busy(Inbox):
    """Refuses the first letter for now."""

    def __init__(self) -> None:
        super().__init__()
        self.refusals = iter(["451 Try again later"])

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        return next(self.refusals, None) or await super().handle_DATA(server, session, envelope)


class Slow(Inbox):
    """Thinks over the first letter before it takes it."""

    def __init__(self, pause_s: float) -> None:
        super().__init__()
        self.asked = threading.Event()
        self.pauses_s = iter([pause_s])

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.asked.set()
        await asyncio.sleep(next(self.pauses_s, 0))
        return await super().handle_DATA(server, session, envelope)


@contextmanager
def mail_server(inbox: Inbox, **options: Any) -> Iterator[str]:
    """Where the server that fills the inbox listens: host and port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    yield f"127.0.0.1:{port}"
    controller.stop()


def with_mail(settings: Settings, place: str) -> Settings:
    return settings.model_copy(update={"smtp_url": f"smtp://{place}"})


def send_waiting(databases: Databases, settings: Settings) -> None:
    """Hand over the letters that wait, as the worker does, without what it does by the clock."""
    with databases.owner.begin() as connection:
        waiting = connection.exec_driver_sql(
            "delete from procrastinate_jobs where task_name = 'send_letter' returning id, args"
        ).all()
    for _, told in sorted(waiting):
        mail.send(Letter.model_validate(told["letter"]), settings)


def a_letter(**said: Any) -> Letter:
    return Letter(
        **{
            "to": "anna.prov@example.se",
            "language": "sv",
            "subject": "Granska Långnäs",
            "paragraphs": ["Någon har skickat platsen på granskning.", "Gå igenom den."],
            "path": "/workspace/sites/GVB-2183-001",
            "link_text": "Öppna platsen",
            **said,
        }
    )
