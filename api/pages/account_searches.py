"""A reader's saved searches: saved from the first page, opened, renamed, removed."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request
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
from catalogue.alerts import alerts, sightings
from catalogue.database import Actor
from catalogue.errors import Invalid
from catalogue.search import saved_searches
from catalogue.search.saved_searches import read_query
from frontend.rendering import Page, address
from frontend.saved_searches import SearchForm, Told, new_search, searches_page
from frontend.search_links import SEARCHES_PATH

router = APIRouter(prefix=SEARCHES_PATH, include_in_schema=False)
PRIVATE = {"Cache-Control": "private, no-store"}


def get_reader(request: Request, visitor: HasVisitor, language: HasLanguage) -> Actor:
    """Somebody signed in; others are asked to sign in and led back."""
    if visitor.actor is None:
        query = f"?{request.url.query}" if request.url.query else ""
        onward = address(language, SEARCHES_PATH) + query
        raise HTTPException(303, headers={"Location": address(language, "/sign-in", next=onward)})
    return visitor.actor


HasReader = Annotated[Actor, Depends(get_reader)]
Number = Annotated[int, Path(ge=1, le=2**62)]


def answer(
    page: Page,
    services: Services,
    reader: Actor,
    names: dict[str, str],
    form: SearchForm,
    *,
    done: str = "",
    status: int = 200,
) -> HTMLResponse:
    with services.databases.writing(reader) as session:
        kept = saved_searches.own(session)
        told = alerts.frequencies(session)
    return HTMLResponse(searches_page(page, kept, names, form, Told(done, told)), status, PRIVATE)


@router.get("")
def show_searches(
    page: HasPage,
    services: HasServices,
    reader: HasReader,
    names: HasNames,
    save: Annotated[str, Query(max_length=saved_searches.LONGEST_QUERY)] = "",
    rename: Annotated[int, Query(ge=0, le=2**62)] = 0,
    done: str = "",
) -> HTMLResponse:
    """All of them; `save` is the query of one to be saved, `rename` the number of one."""
    form = new_search(read_query(save, names), names, page.language) if save else SearchForm()
    if rename:
        with services.databases.writing(reader) as session:
            chosen = saved_searches.find(session, rename)
        form = SearchForm(number=chosen.id, name=chosen.name)
    return answer(page, services, reader, names, form, done=done)


@router.post("")
def save_search(
    page: HasPage, services: HasServices, reader: HasReader, names: HasNames, form: PageForm
) -> Response:
    name, wanted = str(form.get("name", "")), read_query(str(form.get("query", "")), names)
    try:
        with services.databases.writing(reader) as session:
            saved_searches.save(session, reader, name, wanted)
    except Invalid as refusal:
        again = new_search(wanted, names, page.language, refusal.faults[0].text)
        return answer(page, services, reader, names, again, status=422)
    return led_back(page, "saved")


@router.get("/{number}")
def open_search(
    number: Number, page: HasPage, services: HasServices, reader: HasReader
) -> RedirectResponse:
    with services.databases.writing(reader) as session:
        chosen = saved_searches.use(session, number)
    return RedirectResponse(f"{address(page.language, '/')}?{chosen.query}", 303, PRIVATE)


@router.post("/{number}")
def rename_search(
    number: Number,
    page: HasPage,
    services: HasServices,
    reader: HasReader,
    names: HasNames,
    form: PageForm,
) -> Response:
    name = str(form.get("name", ""))
    try:
        with services.databases.writing(reader) as session:
            saved_searches.rename(session, number, name)
    except Invalid as refusal:
        again = SearchForm(number=number, name=name, error=refusal.faults[0].text)
        return answer(page, services, reader, names, again, status=422)
    return led_back(page, "renamed")


@router.post("/{number}/removal")
def remove_search(
    number: Number, page: HasPage, services: HasServices, reader: HasReader, form: PageForm
) -> Response:
    """The form holds its proof of origin only."""
    with services.databases.writing(reader) as session:
        saved_searches.remove(session, number)
    return led_back(page, "removed")


@router.post("/{number}/alert")
def switch_alert(
    number: Number,
    page: HasPage,
    services: HasServices,
    reader: HasReader,
    names: HasNames,
    form: PageForm,
) -> Response:
    """Letters about the search as often as chosen; an empty choice ends them."""
    chosen = str(form.get("frequency", ""))
    frequency = next((one for one in alerts.FREQUENCIES if one == chosen), None)
    with services.databases.writing(reader) as session:
        search = saved_searches.find(session, number)
        with services.databases.reading("public") as reading:
            state = sightings.look(reading, read_query(search.query, names))
        alerts.switch(session, reader, alerts.Switch(search, frequency, state), services.rules)
    return led_back(page, "told" if frequency else "untold")


def led_back(page: Page, done: str) -> RedirectResponse:
    return RedirectResponse(address(page.language, SEARCHES_PATH, done=done), 303)
