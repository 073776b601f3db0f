"""The workspace: the list of what to do next, and the municipality's own profile."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import (
    HasLanguage,
    HasNames,
    HasPage,
    HasServices,
    HasVisitor,
    PageForm,
    Services,
)
from api.files_step import files_step
from api.quick_hours import quick_hours
from catalogue import municipalities, sites
from catalogue.accounts import accounts
from catalogue.administration.reference_words import suggestions
from catalogue.anchoring.overview import town
from catalogue.database import Actor
from catalogue.errors import Invalid, NoSuchMunicipality, NotAllowed
from catalogue.fields import PROFILE
from catalogue.forms import drafts
from catalogue.forms.form_saving import Overtaken, save_profile
from catalogue.forms.form_texts import Texts
from catalogue.forms.forms import Submitted
from catalogue.history import history
from catalogue.hours import hours
from catalogue.hours.hours import Chosen, plan_of
from catalogue.maps.thumbnails import thumbnails
from catalogue.progress.own_progress import own_progress
from catalogue.questions import questions
from catalogue.questions.knowers import PARTIES
from catalogue.search.demand import demand
from frontend.profile_links import FILES, PROFILE_PATH
from frontend.rendering import Page, address
from frontend.site_form import Outcome
from frontend.site_form_conflict import ConflictPlace, conflict_page
from frontend.site_form_parts import site_path
from frontend.site_form_profile import (
    PROFILE_STEPS,
    OpenProfile,
    profile_files_page,
    profile_page,
)
from frontend.workspace import SITES_A_PAGE, Choice, Desk, workspace_page
from geo.texts import Text

router = APIRouter(include_in_schema=False)

PRIVATE = {"Cache-Control": "private, no-store"}
SHOWN_VERSIONS = 10
WRITERS = frozenset({"editor", "publisher", "admin"})


def get_reader(request: Request, visitor: HasVisitor, language: HasLanguage) -> Actor:
    """Somebody who works with sites, be it to read them: who has not signed in is asked to."""
    actor = visitor.actor
    if actor is None:
        onward = address(language, page_behind(request)) + (
            f"?{request.url.query}" if request.url.query else ""
        )
        raise HTTPException(303, headers={"Location": address(language, "/sign-in", next=onward)})
    if actor.role == "investor":
        raise NotAllowed(
            Text(
                "Sidan är för kommunerna och projektet.",
                "The page is for the municipalities and the project.",
            )
        )
    return actor


HasReader = Annotated[Actor, Depends(get_reader)]


def get_editor(actor: HasReader) -> Actor:
    """Somebody who writes; others are refused."""
    if actor.role not in WRITERS:
        raise NotAllowed(
            Text(
                "Arbetsytan är för dem som redigerar och publicerar kommunernas platser.",
                "The workspace is for those who edit and publish the municipalities' sites.",
            )
        )
    return actor


def page_behind(request: Request) -> str:
    """The page that a form is on, also when it was sent elsewhere."""
    reference = request.path_params.get("reference")
    return site_path(reference) if reference else request.url.path


HasEditor = Annotated[Actor, Depends(get_editor)]


def texts_of(form: FormData) -> Texts:
    """The texts of a form, by name; files are read elsewhere."""
    found: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            found.setdefault(name, []).append(value)
    return found


def municipality_of(editor: Actor, wanted: str, names: dict[str, str]) -> str:
    """Whose sites are worked with: one's own, or an administrator's choice."""
    if editor.municipality is not None:
        return editor.municipality
    if wanted and wanted not in names:
        raise NoSuchMunicipality(wanted)
    return wanted or next(iter(names))


@router.get("/workspace")
def show_workspace(
    request: Request,
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    municipality: str = "",
    who: str = "",
    number: Annotated[int, Query(alias="page", ge=1, le=10_000)] = 1,
) -> HTMLResponse:
    choice = Choice(
        code=municipality_of(editor, municipality, names),
        names=names,
        may_choose=editor.municipality is None,
        number=number,
        party=next((party for party in PARTIES if party == who), None),
    )
    with services.databases.writing(editor) as session:
        desk = open_desk(request, session, services, editor, choice)
    return HTMLResponse(workspace_page(page, desk, choice, services.rules), headers=PRIVATE)


def open_desk(
    request: Request, session: Session, services: Services, editor: Actor, choice: Choice
) -> Desk:
    settings, rules, code = services.settings, services.rules, choice.code
    plan, found = plan_of(settings), sites.of_municipality(session, code)
    start = (choice.number - 1) * SITES_A_PAGE
    shown = [one.reference for one in found[start : start + SITES_A_PAGE]]
    logging = quick_hours(request, session, services, editor, code, with_sites=True)
    return Desk(
        actor=editor,
        sites=found,
        profile=municipalities.find(session, code),
        wanted=demand(session, found, choice.names, rules.shelf_life),
        thumbnails=thumbnails(session, shown),
        people=accounts.names_of(session, [one.updated_by for one in found]),
        progress=own_progress(
            session, code, settings.baseline_date, rules.today, plan, rules.shelf_life
        ),
        since=settings.baseline_date,
        month_hours=hours.count(
            session, Chosen(municipality=code, first=logging.month, last=logging.month)
        )[1]
        if logging
        else 0,
        plan=plan,
        hours=logging,
        anchoring_gaps=len(town(session, editor, code, rules.today, rules).gaps),
    )


@router.get(PROFILE_PATH)
def show_profile(
    request: Request,
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    theme: str = "",
    municipality: str = "",
    saved: str = "",
) -> HTMLResponse:
    code = municipality_of(editor, municipality, names)
    outcome = Outcome(saved_profile=saved == "yes", nothing_changed=saved == "nothing")
    return profile_answer(request, page, services, editor, code, theme, outcome, saved=saved)


def profile_answer(
    request: Request,
    page: Page,
    services: Services,
    editor: Actor,
    code: str,
    section: str,
    outcome: Outcome,
    status: int = 200,
    saved: str = "",
) -> HTMLResponse:
    """One part of the form; `saved` is what was done to its files, as `files_step` reads it."""
    with services.databases.writing(editor) as session:
        section = section if section in PROFILE_STEPS else PROFILE_STEPS[0]
        opened = OpenProfile(
            profile=municipalities.find(session, code),
            rules=services.rules,
            suggestions=suggestions(session),
            draft=drafts.find(session, editor, f"{code}/{section}"),
            questions=questions.unclosed(session, questions.about_profile(code)),
            hours=quick_hours(request, session, services, editor, code),
        )
        if section == FILES:
            step = files_step(session, services, opened.profile.owner, saved)
            return HTMLResponse(profile_files_page(page, opened, step, outcome), status)
    return HTMLResponse(profile_page(page, opened, section, outcome), status)


@router.post(PROFILE_PATH)
def change_profile(
    request: Request,
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    form: PageForm,
    theme: str = "",
    municipality: str = "",
) -> Response:
    """Saved; or the form again with what is wrong, or with what somebody else wrote meanwhile."""
    code = municipality_of(editor, municipality, names)
    sent = Submitted(texts_of(form), page.language)
    try:
        with services.databases.writing(editor) as session:
            saved = save_profile(session, editor, code, sent, services.rules)
            drafts.forget(session, editor, f"{code}/{theme}")
    except Overtaken as overtaken:
        with services.databases.writing(editor) as session:
            versions = history.profile_versions(session, code, limit=SHOWN_VERSIONS)
        href = address(page.language, PROFILE_PATH, theme=theme, municipality=code)
        place = ConflictPlace(
            name=names[code],
            href=href,
            fields=PROFILE,
            versions=versions,
            rules=services.rules,
        )
        return HTMLResponse(conflict_page(page, place, overtaken, sent), 412)
    except Invalid as refusal:
        outcome = Outcome(
            refusal=refusal.text, faults=refusal.faults, texts=sent.texts, version=sent.version
        )
        return profile_answer(request, page, services, editor, code, theme, outcome, 422)
    target = address(
        page.language,
        PROFILE_PATH,
        theme=following(theme) if "onward" in sent.texts else theme,
        municipality=code,
        saved="yes" if saved else "nothing",
    )
    return RedirectResponse(target, 303)


def following(section: str) -> str:
    """The section of the profile after this one; the last leads to itself."""
    place = PROFILE_STEPS.index(section) if section in PROFILE_STEPS else 0
    return PROFILE_STEPS[min(place + 1, len(PROFILE_STEPS) - 1)]
