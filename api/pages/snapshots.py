"""The pages of snapshots: all of them, taking one, one with its files, two beside each other."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.answers import HasAnswers
from api.context import (
    HasLanguage,
    HasPage,
    HasServices,
    HasVisitor,
    PageForm,
    Services,
    sign_in_first,
)
from api.parameters import refuse_unknown
from api.v1.snapshots import file_answer
from catalogue.database import Actor
from catalogue.errors import BadParameters, Invalid
from catalogue.progress.progress import read_span
from catalogue.snapshots import snapshots
from catalogue.snapshots.comparison import compare, figures_of
from catalogue.snapshots.period_ends import period_end
from catalogue.snapshots.snapshots import Wanted
from frontend.progress_formats import FORMATS
from frontend.rendering import address
from frontend.snapshots import (
    SNAPSHOTS_PATH,
    Chain,
    SnapshotForm,
    comparison_page,
    snapshot_page,
    snapshots_page,
)

router = APIRouter(prefix=SNAPSHOTS_PATH, include_in_schema=False)
PRIVATE = {"Cache-Control": "private, no-store"}
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Typed = Annotated[str, Query(max_length=100)]


def get_keeper(request: Request, visitor: HasVisitor, language: HasLanguage) -> Actor:
    """Somebody who follows the whole project; who has not signed in is asked to."""
    if visitor.actor is None:
        raise sign_in_first(request, language)
    snapshots.may_keep(visitor.actor)
    return visitor.actor


HasKeeper = Annotated[Actor, Depends(get_keeper)]


@router.get("")
def show_snapshots(
    request: Request,
    page: HasPage,
    services: HasServices,
    keeper: HasKeeper,
    name: Typed = "",
    as_of: Typed = "",
    seal: Typed = "",
) -> HTMLResponse:
    """The form may come filled in with a name and a day; a seal that was noted is looked for."""
    refuse_unknown(request, "name", "as_of", "seal")
    settings, today = services.settings, services.rules.today
    day = as_of or str(period_end(today))
    form = SnapshotForm(name=name, as_of=day, since=str(settings.baseline_date))
    chain = chain_of(services, keeper, seal)
    return HTMLResponse(snapshots_page(page, chain, form, settings, today), headers=PRIVATE)


def chain_of(services: Services, keeper: Actor, seal: str = "") -> Chain:
    with services.databases.writing(keeper) as session:
        return Chain(
            snapshots=snapshots.all_of(session),
            broken=snapshots.broken(session),
            seal=seal,
            sealed=snapshots.with_seal(session, seal) if seal else None,
        )


@router.post("")
def take_snapshot(
    page: HasPage, services: HasServices, keeper: HasKeeper, form: PageForm
) -> Response:
    sent = SnapshotForm(
        **{name: str(form.get(name, "")) for name in ("name", "as_of", "since", "note")}
    )
    settings, rules = services.settings, services.rules
    try:
        span = read_span(sent.as_of, sent.since, settings.baseline_date, rules.today)
        with services.databases.writing(keeper) as session:
            wanted = Wanted(sent.name, span, sent.note)
            made = snapshots.take(session, keeper, wanted, settings, rules, formats=FORMATS)
    except (Invalid, BadParameters) as refusal:
        chain = chain_of(services, keeper)
        content = snapshots_page(page, chain, sent, settings, rules.today, refusal.faults)
        return HTMLResponse(content, 422, PRIVATE)
    return RedirectResponse(
        address(page.language, f"{SNAPSHOTS_PATH}/{made.number}", done="taken"), 303
    )


@router.get("/{number}")
def show_snapshot(
    request: Request,
    number: Number,
    page: HasPage,
    services: HasServices,
    keeper: HasKeeper,
    done: str = "",
) -> HTMLResponse:
    refuse_unknown(request, "done")
    with services.databases.writing(keeper) as session:
        one = snapshots.find(session, number)
        content = snapshot_page(
            page,
            one,
            snapshots.file_sizes(session, number),
            figures_of(session, number),
            [other for other in snapshots.all_of(session) if other.number != number],
            is_new=done == "taken",
        )
    return HTMLResponse(content, headers=PRIVATE)


@router.get("/{number}/comparison")
def show_comparison(
    request: Request,
    number: Number,
    page: HasPage,
    services: HasServices,
    keeper: HasKeeper,
    other: Annotated[int, Query(alias="with", ge=1, le=2**31 - 1)],
    municipality: str = "",
) -> HTMLResponse:
    refuse_unknown(request, "with", "municipality")
    with services.databases.writing(keeper) as session:
        found = compare(session, number, other)
    return HTMLResponse(comparison_page(page, found, other, municipality), headers=PRIVATE)


@router.get("/{number}/files/{name}")
def download_file(
    number: Number, name: str, services: HasServices, keeper: HasKeeper, answers: HasAnswers
) -> Response:
    with services.databases.writing(keeper) as session:
        return file_answer(session, number, name, answers.headers)
