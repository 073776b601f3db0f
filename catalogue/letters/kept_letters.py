"""Letters kept as files because no mail server is set: listed, and read again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from catalogue.errors import NotFound
from geo.texts import Text


@dataclass(frozen=True, kw_only=True)
class KeptLetter:
    name: str
    """Of its file, without the ending."""
    to: str
    subject: str
    sent_at: datetime | None
    language: str
    text: str
    html: str
    attachments: Sequence[str]
    """The names of the files that come with it."""


def folder(data: Path) -> Path:
    return data / "mail"


def names(data: Path) -> list[str]:
    """The latest first: a file's name begins with its time."""
    return sorted((file.stem for file in folder(data).glob("*.eml")), reverse=True)


def some(data: Path, chosen: Sequence[str]) -> list[KeptLetter]:
    return [as_letter(name, (folder(data) / f"{name}.eml").read_bytes()) for name in chosen]


def read(data: Path, name: str) -> bytes:
    """The letter as it would have been sent; raises `NotFound`."""
    if name not in names(data):
        raise NotFound(
            Text(
                "Mejlet finns inte kvar bland filerna.", "The e-mail is no longer among the files."
            )
        )
    return (folder(data) / f"{name}.eml").read_bytes()


def as_letter(name: str, content: bytes) -> KeptLetter:
    message = message_from_bytes(content, policy=policy.default)
    date = message["Date"]
    return KeptLetter(
        name=name,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        sent_at=date.datetime if date is not None else None,
        language=str(message["Content-Language"] or "sv"),
        text=body(message, "plain"),
        html=body(message, "html"),
        attachments=[part.get_filename("") for part in message.iter_attachments()],
    )


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""
