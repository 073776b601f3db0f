"""Letters, handed to a mail server or, where none is set, kept as files."""

import secrets
import smtplib
import ssl
from base64 import b64decode
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime, parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field

from catalogue.letters.letter_layout import PICTURE_ID, EntryWords, Words, as_html, as_text
from catalogue.settings import Settings
from geo.texts import Language

LONGEST_WAIT_S = 30


def new_id() -> str:
    """In order of time, so that a folder of letters is too."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"


class Picture(BaseModel):
    """A picture that stands in the letter itself, so that nothing is fetched to show it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    png_base64: str
    text: str
    """What it shows, for those who do not see it."""


class Entry(BaseModel):
    """One thing that a letter tells of, with a page of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    path: str
    """As a letter's; empty where there is no such page any more."""
    lines: Sequence[str]


class Attachment(BaseModel):
    """A file that comes with the letter."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    media_type: str
    base64: str


class Letter(BaseModel):
    """What one person is told, in their language; how it is sent is not its business."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(default_factory=new_id)
    """The same at every attempt, so that a mail system can tell a letter sent twice."""
    to: str
    language: Language
    subject: str
    paragraphs: Sequence[str]
    path: str
    """The Swedish page it leads to, from the root of the site; English letters lead to `/en`."""
    link_text: str
    picture: Picture | None = None
    attachments: Sequence[Attachment] = ()
    reply_to: str = ""
    """Who gets a reply written in a mail program; nobody where it is empty."""
    entries: Sequence[Entry] = ()
    """Told between the paragraphs and the link."""
    unsubscribe_path: str = ""
    """Ends letters of this kind at one click (RFC 8058); empty where they cannot be ended."""


def send(letter: Letter, settings: Settings) -> None:
    """Raises `OSError`, to which all of SMTP's errors belong, when nobody took the letter."""
    message = composed(letter, settings)
    if settings.smtp_url is None:
        keep(message, settings.data / "mail" / f"{letter.id}.eml")
    else:
        hand_over(message, settings.smtp_url)


def composed(letter: Letter, settings: Settings) -> EmailMessage:
    """The letter as plain text and as HTML."""
    domain = parseaddr(settings.mail_from)[1].rpartition("@")[2]
    home = settings.visited_at + ("/en" if letter.language == "en" else "")
    link = home + letter.path
    subject = " ".join(letter.subject.split())
    message = EmailMessage(SMTP)
    message["From"] = settings.mail_from
    message["To"] = Address(addr_spec=letter.to)
    if letter.reply_to:
        message["Reply-To"] = Address(addr_spec=letter.reply_to)
    message["Subject"] = subject
    message["Date"] = localtime()
    message["Message-ID"] = f"<{letter.id}@{domain}>"
    # Keeps out-of-office replies from answering.
    message["Auto-Submitted"] = "auto-generated"
    unsubscribe = home + letter.unsubscribe_path if letter.unsubscribe_path else ""
    if unsubscribe:
        message["List-Unsubscribe"] = f"<{unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    words = Words(
        language=letter.language,
        subject=subject,
        paragraphs=letter.paragraphs,
        link=link,
        link_text=letter.link_text,
        home=home,
        picture_text=letter.picture.text if letter.picture else "",
        entries=[
            EntryWords(one.title, home + one.path if one.path else "", one.lines)
            for one in letter.entries
        ],
        unsubscribe=unsubscribe,
    )
    message.set_content(as_text(words))
    message.add_alternative(as_html(words), subtype="html")
    if letter.picture:
        _, html = message.iter_parts()
        png = b64decode(letter.picture.png_base64)
        html.add_related(png, "image", "png", cid=f"<{PICTURE_ID}>")
    for one in letter.attachments:
        kind, _, subtype = one.media_type.partition("/")
        message.add_attachment(
            b64decode(one.base64), maintype=kind, subtype=subtype, filename=one.name
        )
    message["Content-Language"] = letter.language
    return message


def keep(message: EmailMessage, file: Path) -> None:
    """Whole or not at all: whoever lists the folder never meets half a letter."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = file.with_suffix(".part")
    unfinished.write_bytes(message.as_bytes())
    unfinished.replace(file)


def hand_over(message: EmailMessage, smtp_url: str) -> None:
    url = urlsplit(smtp_url)
    host, port = url.hostname or "", url.port or 0
    encryption = ssl.create_default_context()
    with ExitStack() as opened:
        if url.scheme == "smtps":
            server: smtplib.SMTP = opened.enter_context(
                smtplib.SMTP_SSL(host, port, timeout=LONGEST_WAIT_S, context=encryption)
            )
        else:
            server = opened.enter_context(smtplib.SMTP(host, port, timeout=LONGEST_WAIT_S))
        if url.query == "starttls=true":
            server.starttls(context=encryption)
        if url.username is not None:
            server.login(unquote(url.username), unquote(url.password or ""))
        server.send_message(message)
