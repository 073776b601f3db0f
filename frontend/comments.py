"""Comments as they are shown: beside a field, in the list of a site, and on its review page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalogue.fields import SITE
from catalogue.workflow.comments import Comment, Thread
from frontend.site_form_parts import field_address, moment_text
from geo.texts import Language, Text

WHOLE_SITE = Text("Hela platsen", "The whole site")


@dataclass(frozen=True, kw_only=True)
class CommentLine:
    """One comment or reply."""

    id: int
    who: str
    when: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ThreadLine:
    """A comment with its replies."""

    first: CommentLine
    replies: Sequence[CommentLine]
    key: str
    label: Text
    href: str
    """The field in the form; empty for the whole site."""
    is_open: bool
    resolved: str
    """Who closed it and when; empty for an open one."""


def thread_lines(threads: Iterable[Thread], reference: str, language: Language) -> list[ThreadLine]:
    return [
        ThreadLine(
            first=line(thread.comment, language),
            replies=[line(reply, language) for reply in thread.replies],
            key=thread.comment.key or "",
            label=SITE[thread.comment.key].label if thread.comment.key in SITE else WHOLE_SITE,
            href=field_address(language, reference, thread.comment.key)
            if thread.comment.key in SITE
            else "",
            is_open=thread.is_open,
            resolved=resolved(thread.comment, language),
        )
        for thread in threads
    ]


def line(comment: Comment, language: Language) -> CommentLine:
    return CommentLine(
        id=comment.id,
        who=comment.name,
        when=moment_text(comment.created_at, language),
        text=comment.text,
    )


def resolved(comment: Comment, language: Language) -> str:
    if comment.resolved_at is None:
        return ""
    when = moment_text(comment.resolved_at, language)
    words = Text("Klart {when}, {who}", "Done {when}, {who}")
    return words.format(when=when, who=comment.resolved_name).in_language(language)
