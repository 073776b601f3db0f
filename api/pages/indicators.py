"""The pages of the indicators: for the project office and administrators."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
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
    sign_in_first,
)
from api.pages.progress import found_for
from api.parameters import refuse_unknown
from api.problems import status_of
from catalogue.database import Actor
from catalogue.errors import CatalogueError, Changed, Invalid
from catalogue.indicators import indicators
from catalogue.indicators.indicator_input import read_indicator, read_reading
from catalogue.indicators.indicators import VERSIONED, Indicator
from catalogue.indicators.standings import Standing
from catalogue.progress.progress import Span, read_span
from frontend.indicators import (
    INDICATORS_PATH,
    READING_FIELDS,
    IndicatorForm,
    Told,
    indicator_form_page,
    indicator_page,
    indicators_page,
    typed,
)
from frontend.rendering import Page, address

router = APIRouter(prefix=INDICATORS_PATH, include_in_schema=False)
PRIVATE = {"Cache-Control": "private, no-store"}
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


def get_keeper(request: Request, visitor: HasVisitor, language: HasLanguage) -> Actor:
    """Somebody who follows the whole project; who has not signed in is asked to."""
    if visitor.actor is None:
        raise sign_in_first(request, language)
    indicators.may_keep(visitor.actor)
    return visitor.actor


HasKeeper = Annotated[Actor, Depends(get_keeper)]


@router.get("")
def show_indicators(
    request: Request,
    page: HasPage,
    services: HasServices,
    keeper: HasKeeper,
    names: HasNames,
    as_of: str = "",
) -> HTMLResponse:
    refuse_unknown(request, "as_of")
    baseline, today = services.settings.baseline_date, services.rules.today
    span = read_span(as_of, "", baseline, today)
    found = found_for(services, keeper, span).indicators
    with services.databases.writing(keeper) as session:
        known = indicators.indicators_on(session, span.as_of, with_retired=True)
    content = indicators_page(
        page, found, [one for one in known if one.retired], names, day=span.as_of, today=today
    )
    return HTMLResponse(content, headers=PRIVATE)


@router.get("/new")
def show_new_indicator(
    page: HasPage, services: HasServices, keeper: HasKeeper, names: HasNames
) -> HTMLResponse:
    return form_answer(page, services, IndicatorForm(), names)


@router.post("/new")
def add_indicator(
    page: HasPage, services: HasServices, keeper: HasKeeper, names: HasNames, form: PageForm
) -> Response:
    """Added; or the form again with what is wrong."""
    raw = sent(form)
    try:
        given = read_indicator(raw, names, services.settings.baseline_date, page.language)
        with services.databases.writing(keeper, given.reason) as session:
            added = indicators.add(
                session, keeper, given.values, given.reason, services.rules.now()
            )
    except Invalid as refusal:
        again = IndicatorForm(values=raw, faults=refusal.faults)
        return form_answer(page, services, again, names, refusal)
    return saved_answer(page, added.id, "indicator")


@router.get("/{number}")
def show_indicator(
    number: Number,
    page: HasPage,
    services: HasServices,
    keeper: HasKeeper,
    names: HasNames,
    saved: str = "",
) -> HTMLResponse:
    told = told_of(services, keeper, number, names)
    content = indicator_page(page, told, IndicatorForm(), saved=saved)
    return HTMLResponse(content, headers=PRIVATE)


@router.get("/{number}/edit")
def show_indicator_form(
    number: Number, page: HasPage, services: HasServices, keeper: HasKeeper, names: HasNames
) -> HTMLResponse:
    with services.databases.writing(keeper) as session:
        kept = indicators.find(session, number)
    form = IndicatorForm(values=typed(kept, page.language), kept=kept)
    return form_answer(page, services, form, names)


@router.post("/{number}/edit")
def change_indicator(
    number: Number,
    page: HasPage,
    services: HasServices,
    keeper: HasKeeper,
    names: HasNames,
    form: PageForm,
) -> Response:
    """A new version; or the form again with what is wrong, or with who was first."""
    raw, version = sent(form), str(form.get("version", ""))
    expected = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else -1
    with services.databases.writing(keeper) as session:
        kept = indicators.find(session, number)
    try:
        baseline = services.settings.baseline_date
        given = read_indicator(raw, names, baseline, page.language, parts(kept))
        with services.databases.writing(keeper, given.reason) as session:
            indicators.change(
                session, keeper, number, given.values, given.reason, services.rules.now(),
                expected_version=expected,
            )  # fmt: skip
    except Invalid as refusal:
        again = IndicatorForm(values=raw, kept=kept, faults=refusal.faults)
        return form_answer(page, services, again, names, refusal)
    except Changed as refusal:
        again = IndicatorForm(values=raw, kept=kept, refusal=refusal.text)
        return form_answer(page, services, again, names, refusal)
    return saved_answer(page, number, "indicator")


@router.post("/{number}/readings")
def add_reading(
    number: Number,
    page: HasPage,
    services: HasServices,
    keeper: HasKeeper,
    names: HasNames,
    form: PageForm,
) -> Response:
    """Written down; or the page again with what is wrong."""
    raw = {name: str(form.get(name, "")) for name in READING_FIELDS}
    try:
        values = read_reading(raw, services.rules.today, page.language)
        with services.databases.writing(keeper) as session:
            indicators.add_reading(session, keeper, number, values, services.rules.now())
    except Invalid as refusal:
        told = told_of(services, keeper, number, names)
        again = IndicatorForm(values=raw, faults=refusal.faults)
        content = indicator_page(page, told, again, saved="")
        return HTMLResponse(content, status_of(refusal), PRIVATE)
    return saved_answer(page, number, "reading")


def sent(form: FormData) -> dict[str, Any]:
    """What the form says, as a body would. Any: JSON."""
    raw: dict[str, Any] = {name: str(form.get(name, "")) for name in (*VERSIONED, "reason")}
    return {**raw, "retired": form.get("retired") == "true"}


def parts(kept: Indicator) -> Mapping[str, Any]:
    """Any: columns differ in type."""
    return {name: getattr(kept, name) for name in VERSIONED}


def told_of(services: Services, keeper: Actor, number: int, names: Mapping[str, str]) -> Told:
    """All of one indicator, as it goes today; a retired one says no value."""
    today = services.rules.today
    baseline: date = min(services.settings.baseline_date, today)
    with services.databases.writing(keeper) as session:
        history = indicators.history(session, number)
        readings = indicators.readings_of(session, number)
        authors = [*(one.recorded_by for one in history), *(one.entered_by for one in readings)]
        people = indicators.names_of(session, authors)
    found = found_for(services, keeper, Span(today, baseline)).indicators
    standing = next(
        (one for one in found if one.indicator.id == number),
        Standing(indicator=history[0], day=today, value=None),
    )
    return Told(
        standing=standing,
        history=history,
        readings=readings,
        names=names,
        people=people,
        today=today,
    )


def form_answer(
    page: Page,
    services: Services,
    form: IndicatorForm,
    names: Mapping[str, str],
    refusal: CatalogueError | None = None,
) -> HTMLResponse:
    content = indicator_form_page(page, form, names, services.settings.baseline_date)
    return HTMLResponse(content, status_of(refusal) if refusal else 200, PRIVATE)


def saved_answer(page: Page, number: int, what: str) -> RedirectResponse:
    return RedirectResponse(address(page.language, f"{INDICATORS_PATH}/{number}", saved=what), 303)
