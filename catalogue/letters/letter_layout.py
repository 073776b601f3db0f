"""How a letter looks: one calm column that mail programs keep, and the same words as plain text.

Styles stand in the tags and columns are tables, since that is what mail programs understand. A
picture travels in the letter and none is fetched: nobody is told that the letter was opened.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from geo.texts import Language, Text

SENT_BY = Text("Skickat av SiteFinder Gävleborg", "Sent by SiteFinder Gävleborg")
COPY_LINK = Text(
    "Fungerar inte knappen? Kopiera adressen:", "Does the button not work? Copy the address:"
)
FONT = "font-family: Inter, 'Segoe UI', Helvetica, Arial, sans-serif"
PARAGRAPH = f'<p style="margin: 0 0 16px; {FONT}; font-size: 16px; line-height: 24px">{{text}}</p>'
ENTRY = (
    '<div style="margin: 0 0 16px; padding: 0 0 0 12px; border-left: 3px solid #1c5b43">'
    '<p style="margin: 0; {font}; font-size: 16px; line-height: 24px; font-weight: 600">{title}</p>'
    '<p style="margin: 0; {font}; font-size: 16px; line-height: 24px">{lines}</p></div>'
)
ENTRY_LINK = '<a href="{link}" style="color: #1c5b43">{title}</a>'
UNSUBSCRIBE = Text("Avsluta de här mejlen", "End these e-mails")
PICTURE_ID = "picture"
PICTURE = (
    '<p style="margin: 0 0 16px"><img src="cid:{id}" alt="{text}" width="502" '
    'style="display: block; width: 100%; height: auto; border-radius: 6px"></p>\n'
)
HTML = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>{subject}</title>
</head>
<body style="margin: 0; padding: 0; background-color: #f7f6f2; color: #1c1f1d">
<table role="presentation" width="100%" cellspacing="0" cellpadding="0" border="0"
 style="background-color: #f7f6f2">
<tr><td align="center" style="padding: 24px 12px">
<table role="presentation" width="100%" cellspacing="0" cellpadding="0" border="0"
 style="max-width: 560px; text-align: left">
<tr><td style="padding: 0 4px 12px; {font}; font-size: 16px; line-height: 24px; color: #1c5b43">
<strong>SiteFinder</strong> Gävleborg</td></tr>
<tr><td style="padding: 28px 28px 12px; background-color: #ffffff; border: 1px solid #dedcd5; \
border-radius: 6px">
<h1 style="margin: 0 0 16px; {font}; font-size: 22px; line-height: 28px; font-weight: 600">\
{subject}</h1>
{paragraphs}
{entries}{picture}<table role="presentation" cellspacing="0" cellpadding="0" border="0" style="margin: 8px 0 20px">
<tr><td style="background-color: #1c5b43; border-radius: 6px">
<a href="{link}" style="display: inline-block; padding: 12px 20px; {font}; font-size: 16px; \
line-height: 20px; font-weight: 600; color: #ffffff; text-decoration: none">{link_text}</a>
</td></tr></table>
<p style="margin: 0 0 16px; {font}; font-size: 14px; line-height: 20px; color: #565b58; \
overflow-wrap: anywhere">{copy_link}<br><a href="{link}" style="color: #1c5b43">{link}</a></p>
</td></tr>
<tr><td style="padding: 16px 4px; {font}; font-size: 14px; line-height: 20px; color: #565b58">
{sent_by}, <a href="{home}" style="color: #1c5b43">{home}</a>{unsubscribe}</td></tr>
</table>
</td></tr></table>
</body>
</html>
"""


@dataclass(frozen=True)
class EntryWords:
    """One thing told of: its title, its page's address or nothing, and lines about it."""

    title: str
    link: str
    lines: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Words:
    """What stands in a letter, before it is text or HTML."""

    language: Language
    subject: str
    paragraphs: Sequence[str]
    link: str
    link_text: str
    home: str
    """The first page's address."""
    picture_text: str = ""
    """What the picture shows that travels with the letter; empty where none does."""
    entries: Sequence[EntryWords] = ()
    unsubscribe: str = ""
    """The address that ends such letters; empty where they cannot be ended."""


def as_text(words: Words) -> str:
    sent_by = SENT_BY.in_language(words.language)
    entries = [
        "\n".join(
            [one.title, *(f"– {line}" for line in one.lines), *([one.link] if one.link else [])]
        )
        for one in words.entries
    ]
    end = UNSUBSCRIBE.in_language(words.language)
    parts = [
        *words.paragraphs,
        *entries,
        f"{words.link_text}:\n{words.link}",
        f"{sent_by}\n{words.home}",
        *([f"{end}:\n{words.unsubscribe}"] if words.unsubscribe else []),
    ]
    return "\n\n".join(parts) + "\n"


def as_html(words: Words) -> str:
    return HTML.format(
        language=words.language,
        font=FONT,
        subject=escape(words.subject),
        paragraphs="\n".join(PARAGRAPH.format(text=lines(one)) for one in words.paragraphs),
        picture=PICTURE.format(id=PICTURE_ID, text=escape(words.picture_text))
        if words.picture_text
        else "",
        entries="".join(entry(one) + "\n" for one in words.entries),
        unsubscribe=f'<br><a href="{escape(words.unsubscribe)}" style="color: #565b58">'
        f"{UNSUBSCRIBE.in_language(words.language)}</a>"
        if words.unsubscribe
        else "",
        link=escape(words.link),
        link_text=escape(words.link_text),
        copy_link=COPY_LINK.in_language(words.language),
        sent_by=SENT_BY.in_language(words.language),
        home=escape(words.home),
    )


def entry(one: EntryWords) -> str:
    title = escape(one.title)
    return ENTRY.format(
        font=FONT,
        title=ENTRY_LINK.format(link=escape(one.link), title=title) if one.link else title,
        lines="<br>".join(escape(line) for line in one.lines),
    )


def lines(paragraph: str) -> str:
    """A paragraph with its own breaks of line."""
    return "<br>".join(escape(paragraph).splitlines())
