"""The answer pack made for a page or a program: a workbook, a document, or all with fact sheets."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from io import BytesIO
from typing import Literal, get_args

from sqlalchemy.orm import Session
from starlette.responses import Response

from api.answers import Answers
from api.pages.fact_sheet import sheet, sheet_parts
from catalogue.errors import BadParameters, Fault, NoSuchSite
from catalogue.listing import LISTINGS
from catalogue.requests.asked import Asked
from catalogue.requests.combinations import find_combinations
from catalogue.requests.matching import chosen, match
from frontend.answer_pack import Pack, pack_document
from frontend.answer_workbook import answer_workbook
from frontend.fact_sheet import sheet_told
from frontend.match_page import CHOSEN_AT_FIRST, MOST_PACKED, Answer
from frontend.typesetting import pdf
from geo.texts import Language, Text

PackFormat = Literal["zip", "xlsx", "pdf"]
PACK_FORMATS: tuple[PackFormat, ...] = get_args(PackFormat)
MEDIA_TYPES: Mapping[PackFormat, str] = {
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
FILE_NAMES: Mapping[Language, str] = {"sv": "svar", "en": "answer"}


def answer_pack(
    session: Session,
    answers: Answers,
    asked: Asked,
    names: dict[str, str],
    wanted: PackFormat,
    *,
    references: Sequence[str],
    language: Language,
    code_name: str = "",
) -> Response:
    """For these sites, or for the best that do not fail where none are named.

    Raises `NoSuchSite` for one that the reader does not see.
    """
    pack = pack_of(session, answers, asked, names, references, code_name)
    make: Mapping[PackFormat, Callable[[], bytes]] = {
        "xlsx": lambda: answer_workbook(pack, language),
        "pdf": lambda: document(session, answers, pack, names, language),
        "zip": lambda: zipped(session, answers, pack, names, language),
    }
    stem = "-".join(part for part in (FILE_NAMES[language], safe(code_name)) if part)
    name = f"{stem}-{pack.answer.today.isoformat()}.{wanted}"
    headers = {**answers.headers, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(make[wanted](), headers=headers, media_type=MEDIA_TYPES[wanted])


def safe(name: str) -> str:
    """A code name as part of a file name: letters and digits of ASCII, hyphens for the rest."""
    kept = "".join(one if one.isascii() and one.isalnum() else "-" for one in name.lower())
    return "-".join(part for part in kept.split("-") if part)[:40]


def pack_of(
    session: Session,
    answers: Answers,
    asked: Asked,
    names: dict[str, str],
    references: Sequence[str],
    code_name: str,
) -> Pack:
    if len(references) > MOST_PACKED:
        text = Text("Välj högst {n} platser.", "Choose at most {n} sites.").format(n=MOST_PACKED)
        raise BadParameters([Fault("reference", text, in_parameter=True)])
    table, requirements = LISTINGS[answers.visitor.audience], asked.requirements
    found = match(session, requirements, table, names)
    sites = chosen(session, requirements, table, names, references)
    missing = set(references) - {one.reference for one in sites}
    if missing:
        raise NoSuchSite(min(missing))
    fitting = [one for one in found.sites if one.fit != "fails"] or list(found.sites)
    return Pack(
        answer=Answer(
            asked=asked,
            found=found,
            together=find_combinations(session, requirements, table, names),
            names=names,
            today=answers.services.rules.today,
        ),
        sites=sites or fitting[:CHOSEN_AT_FIRST],
        home=answers.services.settings.visited_at,
        code_name=code_name,
    )


def document(
    session: Session, answers: Answers, pack: Pack, names: dict[str, str], language: Language
) -> bytes:
    """The whole answer on paper: the matrix, site by site, and the fact sheet of each."""
    parts = [sheet_parts(session, answers, site.reference, names, language) for site in pack.sites]
    sheets = [sheet_told(seen, language, drawn, photos) for seen, drawn, photos in parts]
    return pdf(pack_document(pack, sheets, language), pack.answer.today)


def zipped(
    session: Session, answers: Answers, pack: Pack, names: dict[str, str], language: Language
) -> bytes:
    """The document, the workbook and each fact sheet by itself; the last are kept as such."""
    stem, file = FILE_NAMES[language], BytesIO()
    with zipfile.ZipFile(file, "w") as bundle:
        bundle.writestr(f"{stem}.pdf", document(session, answers, pack, names, language))
        bundle.writestr(f"{stem}.xlsx", answer_workbook(pack, language))
        for site in pack.sites:
            reference = site.reference
            content = answers.services.documents.kept(
                answers.key(("fact sheet", reference, language)),
                partial(sheet, session, answers, reference, names, language),
            )
            bundle.writestr(f"{reference}.pdf", content)
    return file.getvalue()
