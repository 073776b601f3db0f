"""The page on which a publisher reads a site through: what is new, what is said, what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.errors import Fault
from catalogue.fields import SITE
from catalogue.history.differences import Difference
from catalogue.history.file_changes import FileChange
from catalogue.site import Site
from frontend.difference_lines import difference_lines, outline_line
from frontend.file_lines import file_lines
from frontend.maps import Backdrop, outlines_map
from frontend.rendering import Page, render
from frontend.site_form import Outcome, surroundings, told
from frontend.site_form_parts import OpenSite, moment_text
from geo.outline_changes import OutlineChange

FIRST_SECTION = "identity"
COMMENTABLE = tuple(field for field in SITE.values() if not field.computed and not field.structural)


@dataclass(frozen=True, kw_only=True)
class CommentTry:
    """A comment that was refused, and why."""

    key: str | None = None
    text: str = ""
    reply_to: int | None = None
    faults: Sequence[Fault] = ()


@dataclass(frozen=True, kw_only=True)
class Review:
    """A site beside what of it was last published."""

    opened: OpenSite
    published: Site | None
    """None for a site that never was; where changes are read, what two people stood behind last."""
    is_reading: bool
    differences: Sequence[Difference]
    files: Sequence[FileChange]
    outline: OutlineChange | None
    warnings: Sequence[Fault]
    tried: CommentTry


def review_page(page: Page, review: Review, backdrop: Backdrop) -> str:
    opened, language = review.opened, page.language
    published, change = review.published, review.outline
    lines = difference_lines(review.differences, SITE, opened.rules, language)
    moment = published.updated_at if published else None
    return render(
        "workspace/review.html",
        page,
        **surroundings(page, opened, FIRST_SECTION, Outcome()),
        published_at=moment_text(moment, language) if moment else "",
        was_published=published is not None,
        is_reading=review.is_reading,
        lines=lines,
        files=file_lines(review.files, language),
        outline=outline_line(change, language),
        map=outlines_map(page, backdrop, change.old, change.new) if change else None,
        review_warnings=told(review.warnings, opened, "", language),
        commentable=[(field.key, field.label.in_language(language)) for field in COMMENTABLE],
        tried=review.tried,
        comment_error=" ".join(fault.text.in_language(language) for fault in review.tried.faults),
        may_edit=opened.actor.role != "project",
    )
