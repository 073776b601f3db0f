"""A site read through before it is published, and what people say to each other about it."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.backdrop import HasBackdrop
from api.context import HasNames, HasPage, HasServices, PageForm, Services
from api.pages.site_form import open_site
from api.pages.workspace import HasEditor, HasReader, texts_of
from catalogue.database import Actor
from catalogue.errors import Invalid
from catalogue.fields import SITE
from catalogue.forms.form_saving import warnings_of
from catalogue.forms.form_texts import Texts, first
from catalogue.forms.forms import Submitted
from catalogue.history import history
from catalogue.history.differences import differences
from catalogue.history.file_changes import file_changes
from catalogue.history.version_steps import outlines
from catalogue.workflow import comments, second_readings
from frontend.maps import Backdrop
from frontend.rendering import Page, address
from frontend.review import CommentTry, Review, review_page
from frontend.site_form_parts import OUTLINE, field_address, site_path

router = APIRouter(prefix="/workspace/sites/{reference}", include_in_schema=False)

ALL_TYPED = (
    *(key for key, field in SITE.items() if not field.computed and not field.structural),
    OUTLINE,
)
PERSONAL = {"Cache-Control": "no-store"}


@router.get("/review")
def show_review(
    reference: str,
    page: HasPage,
    services: HasServices,
    reader: HasReader,
    names: HasNames,
    backdrop: HasBackdrop,
) -> HTMLResponse:
    """What has changed since the site was last published, what is said of it, and what to do.

    Of a published site where two people are asked for: what waits for the second of them.
    """
    return review_answer(page, services, reader, names, backdrop, reference, CommentTry())


def review_answer(
    page: Page,
    services: Services,
    reader: Actor,
    names: dict[str, str],
    backdrop: Backdrop,
    reference: str,
    tried: CommentTry,
    status: int = 200,
) -> HTMLResponse:
    with services.databases.writing(reader) as session:
        opened = open_site(session, services, reader, names, reference)
        unread = opened.site.unread if services.rules.four_eyes else {}
        before = (history.last_read if unread else history.last_published)(session, opened.site)
        found = differences(SITE, before, opened.site)
        review = Review(
            opened=opened,
            published=before,
            is_reading=bool(unread),
            differences=[one for one in found if not unread or one.key in unread],
            files=() if unread else file_changes(before.files if before else (), opened.site.files),
            outline=outlines(before, opened.site),
            warnings=warnings_of(session, opened.site, ALL_TYPED, services.rules),
            tried=tried,
        )
    return HTMLResponse(review_page(page, review, backdrop), status, PERSONAL)


@router.post("/comments")
def add_comment(
    reference: str,
    page: HasPage,
    services: HasServices,
    reader: HasReader,
    names: HasNames,
    backdrop: HasBackdrop,
    form: PageForm,
) -> Response:
    """Said at a field of the form, or on the review page; leads back to where it was said."""
    texts = texts_of(form)
    at_field = first(texts, "at")
    key = at_field or first(texts, "key") or None
    text = first(texts, f"text-{at_field}" if at_field else "text")
    reply_to = number(texts, "reply_to")
    try:
        with services.databases.writing(reader) as session:
            comments.add(session, reader, reference, text, key=key, reply_to=reply_to)
    except Invalid as refusal:
        tried = CommentTry(key=key, text=text, reply_to=reply_to, faults=refusal.faults)
        return review_answer(page, services, reader, names, backdrop, reference, tried, 422)
    return RedirectResponse(back(page, reference, at_field), 303)


def number(texts: Texts, name: str) -> int | None:
    text = first(texts, name)
    return int(text) if text.isdecimal() and len(text) < 18 else None


def back(page: Page, reference: str, key: str) -> str:
    if key:
        return field_address(page.language, reference, key)
    return f"{address(page.language, site_path(reference))}/review#comments"


@router.post("/comments/{comment_id}")
def resolve_comment(
    reference: str,
    comment_id: int,
    page: HasPage,
    services: HasServices,
    reader: HasReader,
    form: PageForm,
) -> Response:
    """Done with, or opened again."""
    is_done = first(texts_of(form), "open") == ""
    with services.databases.writing(reader) as session:
        comments.resolve(session, reader, reference, comment_id, is_done=is_done)
    return RedirectResponse(back(page, reference, ""), 303)


@router.get("/second-reading")
def lead_to_reading(reference: str, page: HasPage, reader: HasReader) -> RedirectResponse:
    """For whoever reloads the answer to a reading that was refused."""
    return RedirectResponse(f"{address(page.language, site_path(reference))}/review", 303)


@router.post("/second-reading")
def note_reading(
    reference: str, page: HasPage, services: HasServices, editor: HasEditor, form: PageForm
) -> Response:
    """What somebody else changed on a site that is shown has been read."""
    sent = Submitted(texts_of(form), page.language)
    with services.databases.writing(editor) as session:
        saved = second_readings.read(
            session, editor, reference, services.rules, expected_version=sent.version
        )
    path = address(page.language, site_path(reference), saved=saved.site.version)
    return RedirectResponse(path, 303)


@router.get("/comments")
@router.get("/comments/{comment_id}")
def lead_to_review(reference: str, page: HasPage, reader: HasReader) -> RedirectResponse:
    """For whoever reloads the answer to a comment that was refused."""
    return RedirectResponse(back(page, reference, ""), 303)
