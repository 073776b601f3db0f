"""The page of settings, and what is changed on it."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasPage, HasServices, HasState, PageForm, Services
from api.pages.admin.access import HasAdmin, private
from catalogue import jobs, relisting
from catalogue.administration import adjustments
from catalogue.administration.adjustments import LISTED_SETTINGS
from catalogue.database import Actor
from catalogue.errors import Invalid
from frontend.admin.setting_words import GROUPS
from frontend.admin.settings import PATH, SettingsForm, Settled, kind, settings_page
from frontend.rendering import Page, address

router = APIRouter(prefix=PATH, include_in_schema=False)

SHOWN_CHANGES = 30


@router.get("")
def show_settings(
    page: HasPage,
    services: HasServices,
    admin: HasAdmin,
    saved: Annotated[int | None, Query(ge=0)] = None,
) -> HTMLResponse:
    return answer(page, services, admin, SettingsForm(saved=saved))


@router.post("")
def change_settings(
    page: HasPage, services: HasServices, admin: HasAdmin, _: HasState, form: PageForm
) -> Response:
    """Saved and in force; or the form again with what is wrong."""
    sent = sent_settings(form, services)
    given_back = [str(name) for name in form.getlist("give_back")]
    reason = " ".join(str(form.get(f"{form.get('group')}-reason", "")).split())
    try:
        values = adjustments.read(sent)
        changed = {
            name: value
            for name, value in values.items()
            if value != getattr(services.settings, name)
        }
        with services.databases.writing(admin, reason) as session:
            names = adjustments.change(session, services.installed, changed, given_back, reason)
            if LISTED_SETTINGS & set(names):
                jobs.defer_relisting(session, admin)
    except Invalid as refusal:
        again = SettingsForm(
            group=str(form.get("group")), texts={**sent, "reason": reason}, faults=refusal.faults
        )
        return answer(page, services, admin, again, 422)
    return RedirectResponse(address(page.language, PATH, saved=len(names)), 303)


def sent_settings(form: FormData, services: Services) -> dict[str, str]:
    """The texts of the group that was sent; an unticked box sends nothing, and means no."""
    names = next((group.names for group in GROUPS if group.key == form.get("group")), ())
    sent: dict[str, str] = {}
    for name in names:
        match kind(name, getattr(services.settings, name)):
            case "flag":
                sent[name] = "true" if form.get(name) else "false"
            case "roles":
                sent[name] = ",".join(str(one) for one in form.getlist(name))
            case _:
                sent[name] = str(form.get(name, ""))
    return sent


def answer(
    page: Page, services: Services, admin: Actor, form: SettingsForm, status: int = 200
) -> HTMLResponse:
    with services.databases.writing(admin) as session:
        settled = Settled(
            installed=services.installed,
            present=services.settings,
            adjusted=services.adjusted,
            latest=adjustments.latest(session),
            history=adjustments.history(session, SHOWN_CHANGES),
            relisting=relisting.latest(session),
        )
    return private(settings_page(page, settled, form), status)
