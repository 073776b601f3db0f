"""The history of sites: listed, compared, shown as of a day, and restored."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeVar

import orjson
from fastapi import APIRouter, Query
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.backdrop import HasBackdrop
from api.context import HasNames, HasPage, HasServices, PageForm, Services
from api.pages.workspace import HasEditor, HasReader, texts_of
from api.problems import status_of
from catalogue import municipalities, sites
from catalogue.database import Actor
from catalogue.errors import Changed, Invalid, NoSuchVersion, NotPossible
from catalogue.fields import SITE
from catalogue.forms.form_texts import Texts, first
from catalogue.full_site import full_feature
from catalogue.history import history
from catalogue.history.differences import differences
from catalogue.history.file_changes import file_changes
from catalogue.history.history import Version
from catalogue.history.restoring import restore_site
from catalogue.history.version_steps import outlines, site_steps
from catalogue.maps.reference_layers import current_layers
from catalogue.municipalities import Municipality
from catalogue.site import Site
from frontend.history import (
    VERSIONS_A_PAGE,
    Chronicle,
    Comparison,
    RestoreTry,
    as_was_page,
    compare_page,
    history_page,
)
from frontend.maps import Backdrop
from frontend.rendering import Page, address
from frontend.site_form_parts import site_path
from frontend.site_page import SiteSeen

router = APIRouter(include_in_schema=False)

PageNumber = Annotated[int, Query(alias="page", ge=1, le=10_000)]
VersionNumber = Annotated[int, Query(ge=1, le=1_000_000)]
SITE_HISTORY = "/workspace/sites/{reference}"
LONGEST_REASON = 300
Kept = TypeVar("Kept", Site, Municipality)


def writes(actor: Actor, municipality: str) -> bool:
    return actor.role == "admin" or actor.municipality == municipality


def chronicle_of_site(page: Page, actor: Actor, site: Site) -> Chronicle:
    return Chronicle(
        name=site.name(page.language),
        path=site_path(site.reference),
        fields=SITE,
        newest=site.version,
        may_write=writes(actor, site.municipality),
    )


@router.get(f"{SITE_HISTORY}/history")
def show_history(
    reference: str,
    page: HasPage,
    services: HasServices,
    reader: HasReader,
    names: HasNames,
    backdrop: HasBackdrop,
    number: PageNumber = 1,
    as_of: date | None = None,
    version: VersionNumber | None = None,
) -> HTMLResponse:
    """Every version; or the whole site as it was on a day, or as one of them left it."""
    with services.databases.writing(reader) as session:
        site = sites.find(session, reference)
        if as_of is not None:
            past = history.as_of(session, reference, as_of)
        elif version is not None:
            past = existing(history.at_version(session, reference, version), version)
        else:
            upto = site.version - (number - 1) * VERSIONS_A_PAGE
            steps = site_steps(session, reference, upto=upto, limit=VERSIONS_A_PAGE)
            chronicle = chronicle_of_site(page, reader, site)
            return HTMLResponse(history_page(page, chronicle, steps, number, services.rules))
        saved = site_version(session, reference, past.version)
        seen = seen_as_was(session, services, past, names, backdrop, as_of)
    return HTMLResponse(as_was_page(page, seen, past, as_of, saved.name))


def existing(found: Kept | None, number: int) -> Kept:
    if found is None:
        raise NoSuchVersion(number)
    return found


def seen_as_was(
    session: Session,
    services: Services,
    past: Site,
    names: dict[str, str],
    backdrop: Backdrop,
    day: date | None,
) -> SiteSeen:
    """What was known, judged by the day it is shown as of; the municipality's part is today's."""
    name = names.get(past.municipality, past.municipality)
    return SiteSeen(
        feature=full_feature(past, name, services.rules),
        profile=orjson.loads(municipalities.profile(session, past.municipality, "registered")),
        neighbours=[],
        audience="registered",
        may_edit=False,
        layers=current_layers(session),
        backdrop=backdrop,
        today=day or services.rules.today,
    )


def site_version(session: Session, reference: str, number: int) -> Version:
    [step] = site_steps(session, reference, upto=number, limit=1)
    if step.version.number != number:
        raise NoSuchVersion(number)
    return step.version


@router.get(f"{SITE_HISTORY}/history/compare")
def compare_versions(
    reference: str,
    page: HasPage,
    services: HasServices,
    reader: HasReader,
    backdrop: HasBackdrop,
    old: VersionNumber,
    new: VersionNumber,
) -> HTMLResponse:
    return site_comparison(page, services, reader, backdrop, reference, (old, new), RestoreTry())


def site_comparison(
    page: Page,
    services: Services,
    reader: Actor,
    backdrop: Backdrop,
    reference: str,
    numbers: tuple[int, int],
    tried: RestoreTry,
    status: int = 200,
) -> HTMLResponse:
    """Two versions, the older first whichever way they were named."""
    first_number, last_number = sorted(numbers)
    with services.databases.writing(reader) as session:
        site = sites.find(session, reference)
        before = existing(history.at_version(session, reference, first_number), first_number)
        after = existing(history.at_version(session, reference, last_number), last_number)
        compared = Comparison(
            old=site_version(session, reference, first_number),
            new=site_version(session, reference, last_number),
            differences=differences(SITE, before, after),
            files=file_changes(before.files, after.files),
            outline=outlines(before, after),
        )
    chronicle = chronicle_of_site(page, reader, site)
    shown = compare_page(page, chronicle, compared, services.rules, backdrop, tried)
    return HTMLResponse(shown, status)


@router.post(f"{SITE_HISTORY}/restorations")
def restore_version(
    reference: str,
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    backdrop: HasBackdrop,
    form: PageForm,
) -> Response:
    """What was ticked as it was, saved as a new version; or the comparison with what is wrong."""
    asked = Asked(texts_of(form))
    try:
        with services.databases.writing(editor) as session:
            saved = restore_site(
                session,
                editor,
                reference,
                asked.restored,
                asked.reason,
                services.rules,
                expected_version=asked.version,
                keys=asked.keys,
            )
    except REFUSALS as refusal:
        with services.databases.writing(editor) as session:
            newest = sites.find(session, reference).version
        tried, status = asked.refused(refusal), status_of(refusal)
        numbers = (asked.restored, newest)
        return site_comparison(page, services, editor, backdrop, reference, numbers, tried, status)
    path = address(page.language, site_path(reference), saved=saved.site.version)
    return RedirectResponse(path, 303)


@dataclass(frozen=True)
class Asked:
    """The form of a restoration as it was sent."""

    texts: Texts

    def number(self, name: str) -> int:
        text = first(self.texts, name)
        return int(text) if text.isdecimal() and len(text) < 10 else 0

    @property
    def version(self) -> int:
        """What held when the form was made."""
        return self.number("version")

    @property
    def restored(self) -> int:
        return self.number("restored")

    @property
    def reason(self) -> str:
        return first(self.texts, "reason")[:LONGEST_REASON]

    @property
    def ticked(self) -> frozenset[str]:
        return frozenset(self.texts.get("keys", ()))

    @property
    def keys(self) -> frozenset[str] | None:
        """The fields to restore; None for all."""
        return None if "whole" in self.texts else self.ticked

    def refused(self, refusal: Invalid | NotPossible | Changed) -> RestoreTry:
        faults = refusal.faults if isinstance(refusal, Invalid) else ()
        return RestoreTry(refusal=refusal.text, faults=faults, reason=self.reason, keys=self.ticked)


REFUSALS = (Invalid, NotPossible, Changed)
