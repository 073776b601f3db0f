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
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field

from catalogue.settings import Settings
from geo.texts import Language

LONGEST_WAIT_S = 30
PICTURE_ID = "picture"
HTML = """\
<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><title>{subject}</title></head>
<body style="max-width: 36em; font: 16px/1.5 sans-serif">
{paragraphs}
{picture}<p><a href="{link}">{link_text}</a></p>
</body>
</html>
"""


def new_id() -> str:
    """In order of time, so that a folder of letters is too."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"


class Picture(BaseModel):
    """A picture that stands in the letter itself, so that nothing is fetched to show it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    png_base64: str
    text: str
    """What it shows, for those who do not see it."""


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
    reply_to: str = ""
    """Who gets a reply written in a mail program; nobody where it is empty."""


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
    link = settings.visited_at + ("/en" if letter.language == "en" else "") + letter.path
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
    message.set_content("\n\n".join([*letter.paragraphs, f"{letter.link_text}:\n{link}"]) + "\n")
    html = HTML.format(
        language=letter.language,
        subject=escape(subject),
        paragraphs="\n".join(html_paragraph(one) for one in letter.paragraphs),
        picture=html_picture(letter.picture),
        link=escape(link),
        link_text=escape(letter.link_text),
    )
    message.add_alternative(html, subtype="html")
    if letter.picture:
        _, html_part = message.iter_parts()
        html_part.add_related(
            b64decode(letter.picture.png_base64), "image", "png", cid=f"<{PICTURE_ID}>"
        )
    message["Content-Language"] = letter.language
    return message


def html_paragraph(text: str) -> str:
    lines = escape(text).splitlines()
    return f"<p>{'<br>'.join(lines)}</p>"


def html_picture(picture: Picture | None) -> str:
    if picture is None:
        return ""
    return f'<p><img src="cid:{PICTURE_ID}" alt="{escape(picture.text)}" width="560"></p>\n'


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
