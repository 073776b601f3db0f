"""A file of geodata on its way to being an outline: uploaded, understood, chosen from, saved."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.backdrop import HasBackdrop
from api.context import HasNames, HasPage, HasServices, PageForm
from api.pages.site_form import open_site, outline_step
from api.pages.site_outline import conflict_answer, refused, saved_answer
from api.pages.workspace import HasEditor, texts_of
from api.problems import status_of
from catalogue import municipalities, sites
from catalogue.database import Actor
from catalogue.errors import Fault, Invalid
from catalogue.forms.form_saving import Overtaken, save_outline
from catalogue.forms.form_texts import first
from catalogue.forms.forms import Submitted
from catalogue.maps import map_layers
from catalogue.outlines import kept_geodata
from catalogue.outlines.outline_surroundings import surroundings
from frontend.geodata_page import Upload, geodata_page
from frontend.rendering import address
from frontend.site_form import Outcome
from frontend.site_form_outline import CONTROL, FILE_CONTROL, outline_page, outline_text
from frontend.site_form_parts import site_path
from geo.coordinate_readings import Reading
from geo.errors import InvalidGeodata, InvalidOutline
from geo.geodata import UPLOAD
from geo.geodata_files import read_or_suggest
from geo.geodata_parsing import parse_geodata
from geo.outlines import Outline, united_outline
from geo.texts import Text

router = APIRouter(prefix="/workspace/sites", include_in_schema=False)

MOST_CHOSEN = 200
PERSONAL = {"Cache-Control": "private, no-store"}


@router.post("/{reference}/outline/file")
def take_file(
    reference: str,
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    backdrop: HasBackdrop,
    form: PageForm,
) -> Response:
    """The file kept to choose from; or the outline's page again with why it cannot be read."""
    with services.databases.writing(editor) as session:
        site = sites.find_to_write(session, editor, reference)
        place = municipalities.place(session, site.municipality)
    try:
        parsed = parse_geodata(*chosen_file(form))
        read_or_suggest(parsed, None, place)
        with services.databases.writing(editor) as session:
            secret = kept_geodata.keep(session, editor, reference, parsed)
    except InvalidGeodata as refusal:
        outcome = Outcome(faults=[Fault(FILE_CONTROL, refusal.text)])
        with services.databases.writing(editor) as session:
            opened = open_site(session, services, editor, names, reference)
            step = outline_step(session, opened, backdrop)
            return HTMLResponse(outline_page(page, opened, step, outcome), status_of(refusal))
    return RedirectResponse(address(page.language, file_path(reference, secret)), 303)


def file_path(reference: str, secret: str) -> str:
    return f"{site_path(reference)}/outline/file/{secret}"


def chosen_file(form: FormData) -> tuple[bytes, str]:
    """The bytes and the name of the file sent; raises `InvalidGeodata` where there is none."""
    upload = form.get("file")
    if not isinstance(upload, UploadFile) or not upload.filename:
        raise InvalidGeodata(Text("Välj en fil först.", "Choose a file first."))
    with upload.file as file:
        return file.read(UPLOAD.size + 1), upload.filename


@router.get("/{reference}/outline/file/{secret}")
def choose_areas(
    reference: str,
    secret: str,
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    backdrop: HasBackdrop,
    reading: Annotated[str, Query(max_length=20)] = "",
    system: Annotated[str, Query(max_length=10)] = "",
    swapped: bool = False,
    text: Annotated[str, Query(max_length=100)] = "",
    area: Annotated[list[int], Query()] = [],  # noqa: B006  # FastAPI copies it
) -> HTMLResponse:
    """The file's areas, read as chosen, with what those ticked would make."""
    code = f"{system}-swapped" if system and swapped else system or reading
    with services.databases.writing(editor) as session:
        opened = open_site(session, services, editor, names, reference)
        upload = opened_upload(session, editor, reference, secret, code)
        upload = replace(upload, chosen=known(area, upload), wanted=text)
        if upload.chosen and upload.doubt is None:
            upload = previewed(session, opened.site.municipality, reference, upload)
        border = map_layers.municipality_outline(session, opened.site.municipality)
    shown = geodata_page(page, opened, backdrop, border, upload)
    return HTMLResponse(shown, headers=PERSONAL)


def opened_upload(
    session: Session, editor: Actor, reference: str, secret: str, code: str
) -> Upload:
    """The kept file, its coordinates read as `code` says or, where it says nothing, as is sure."""
    parsed = kept_geodata.find(session, editor, reference, secret)
    site = sites.find(session, reference)
    place = municipalities.place(session, site.municipality)
    file, own, doubt = read_or_suggest(parsed, Reading.from_code(code) if code else None, place)
    upload = Upload(
        path=file_path(reference, secret),
        name=parsed.name,
        file=file,
        own_system=own,
        doubt=doubt,
        is_asked=bool(code),
    )
    return replace(upload, chosen=(1,) if len(file.areas) == 1 else ())


def known(areas: list[int], upload: Upload) -> tuple[int, ...]:
    """The numbers that the file has; where none is given, the only area there is."""
    most = len(upload.file.areas)
    return tuple(sorted({n for n in areas if 1 <= n <= most}))[:MOST_CHOSEN] or tuple(upload.chosen)


def previewed(session: Session, municipality: str, reference: str, upload: Upload) -> Upload:
    """With the outline that the chosen areas make, and what to know about it."""
    try:
        outline = outline_of(upload)
    except InvalidOutline as refusal:
        return replace(upload, faults=[Fault("areas", refusal.text)])
    around = surroundings(session, reference, municipality, outline.shape)
    return replace(upload, outline=outline, warnings=[*outline.report, *around.warnings])


def outline_of(upload: Upload) -> Outline:
    """The chosen areas as one; raises `InvalidOutline`."""
    areas = upload.file.areas
    outline = united_outline([areas[number - 1].shape for number in upload.chosen])
    return replace(outline, report=(*upload.file.report[1:], *outline.report))


@router.post("/{reference}/outline/file/{secret}")
def use_areas(
    reference: str,
    secret: str,
    request: Request,
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    backdrop: HasBackdrop,
    form: PageForm,
) -> Response:
    """The chosen areas saved as the outline, or looked at first."""
    sent = Submitted(texts_of(form), page.language)
    code, text = first(sent.texts, "reading"), first(sent.texts, "text")
    areas = [int(one) for one in sent.texts.get("area", []) if one.isdecimal()]
    here = address(
        page.language, file_path(reference, secret),
        reading=code or None, text=text or None, area=areas[:MOST_CHOSEN],
    )  # fmt: skip
    if "look" in sent.texts:
        return RedirectResponse(here, 303)
    with services.databases.writing(editor) as session:
        opened = open_site(session, services, editor, names, reference)
        upload = opened_upload(session, editor, reference, secret, code)
        border = map_layers.municipality_outline(session, opened.site.municipality)
    upload = replace(upload, chosen=known(areas, upload), wanted=text)
    try:
        with services.databases.writing(editor) as session:
            saved = save_outline(
                session,
                editor,
                sites.find(session, reference),
                chosen_outline(upload),
                services.rules,
                expected_version=sent.version,
            )
            kept_geodata.forget(session, editor, reference)
    except Overtaken as overtaken:
        mine = overtaken.changes.outline
        drawn = {**sent.texts, CONTROL: [outline_text(mine.shape if mine else None)]}
        with services.databases.writing(editor) as session:
            opened = open_site(session, services, editor, names, reference)
        return conflict_answer(page, opened, backdrop, overtaken, replace(sent, texts=drawn))
    except (InvalidOutline, Invalid) as refusal:
        faults = refused(refusal, sent.version).faults
        shown = geodata_page(page, opened, backdrop, border, replace(upload, faults=faults))
        return HTMLResponse(shown, status_of(refusal), PERSONAL)
    outcome = Outcome(nothing_changed=saved is None, warnings=saved.warnings if saved else ())
    return saved_answer(request, page, services, editor, names, backdrop, reference, outcome)


def chosen_outline(upload: Upload) -> Outline:
    """Raises `InvalidOutline` where nothing is chosen, or the coordinates are still in doubt."""
    if upload.doubt is not None:
        raise InvalidOutline(upload.doubt)
    if not upload.chosen:
        raise InvalidOutline(
            Text("Välj minst en yta i listan.", "Choose at least one area in the list.")
        )
    return outline_of(upload)
