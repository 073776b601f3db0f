"""Sites over HTTP: found by a filter, as a page or as a file."""

import orjson
from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response, StreamingResponse

from api.answers import GEOJSON, JSON, Answers, HasAnswers
from api.context import HasLanguage, ReadSession, Services
from api.parameters import HasSearch, SiteSearch, filter_parameters, paging_parameters, read_search
from api.readers import note_sites, reader_of
from catalogue import exports
from catalogue.errors import BadParameters, ExportTooLarge, Fault, NoSuchFormat
from catalogue.files import files
from catalogue.listing import LISTINGS
from catalogue.search import queries
from geo.texts import Language, Text

router = APIRouter(tags=["sites"])

FILE_FORMATS = ("csv", "xlsx")
PAGED_FORMATS = {"geojson": GEOJSON, "json": JSON}


@router.get(
    "/sites",
    openapi_extra={"parameters": [*filter_parameters(), *paging_parameters()]},
)
def find_sites(request: Request, answers: HasAnswers) -> Response:
    """The sites that pass the filter, in the format asked for; files hold them all."""
    search = read_search(request.query_params.multi_items(), answers.names)
    session = answers.session
    chosen = search.format or preferred(request.headers.get("accept", "*/*"))
    if chosen in FILE_FORMATS:
        note_file(request, search, session, answers)
        return file(chosen, search, session, answers, answers.visit.language)
    if chosen not in PAGED_FORMATS:
        raise BadParameters([Fault("format", unknown_format(), in_parameter=True)])
    what = ("sites", chosen, search.wanted.query_string(), search.page, str(request.url.query))
    return answers.kept(
        what, lambda: collection(request, search, session, answers, chosen), PAGED_FORMATS[chosen]
    )


@router.get("/sites.geojson", openapi_extra={"parameters": filter_parameters()})
def download_sites(
    search: HasSearch, session: ReadSession, answers: HasAnswers, language: HasLanguage
) -> Response:
    """Every site that passes the filter, as one GeoJSON file."""
    return file("geojson", search, session, answers, language)


def note_file(request: Request, search: SiteSearch, session: Session, answers: Answers) -> None:
    """Which sites are in a file that a registered investor gets: its packed bytes do not tell."""
    if reader_of(request).actor is not None:
        table = LISTINGS[answers.visitor.audience]
        note_sites(request, queries.references(session, search.wanted, table))


def unknown_format() -> Text:
    formats = ", ".join([*PAGED_FORMATS, *FILE_FORMATS])
    return Text("Välj bland: {formats}.", "Choose among: {formats}.").format(formats=formats)


def preferred(accept: str) -> str:
    """The format of the first media type accepted that is ours; raises `NoSuchFormat`."""
    offered = {kind.media_type.partition(";")[0]: name for name, kind in exports.FORMATS.items()}
    for part in accept.lower().split(","):
        kind = part.partition(";")[0].strip()
        if kind in offered:
            return offered[kind]
        if kind in ("*/*", "application/*", "text/html", ""):
            return "geojson"
    raise NoSuchFormat(", ".join(offered))


def collection(
    request: Request, search: SiteSearch, session: Session, answers: Answers, chosen: str
) -> bytes:
    """One page of sites with the totals and where to go on."""
    table = LISTINGS[answers.visitor.audience]
    found, some = queries.found(session, search.wanted, table, search.page, answers.listed())
    home = answers.services.settings.visited_at
    features = [files.addressed(one, home) for one in some]
    head = {
        "numberMatched": found.meets + found.may_fit,
        "numberReturned": len(features),
        "meets": found.meets,
        "may_fit": found.may_fit,
        "fails": found.fails,
        "timeStamp": answers.services.rules.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "links": links(request, answers.services, search, len(features), found),
    }
    if chosen == "json":
        return orjson.dumps({**head, "sites": [exports.plain(one) for one in features]})
    opened = orjson.dumps({"type": "FeatureCollection", **head}).decode()[:-1]
    return f'{opened},"features":[{",".join(features)}]}}'.encode()


def links(
    request: Request,
    services: Services,
    search: SiteSearch,
    returned: int,
    found: queries.Totals,
) -> list[dict[str, str]]:
    """This page, and the ones before and after where there are such."""
    page = search.page
    places = {"self": page.offset}
    if page.offset + returned < found.meets + found.may_fit:
        places["next"] = page.offset + page.limit
    if page.offset:
        places["prev"] = max(0, page.offset - page.limit)
    base = services.settings.visited_at + request.url.path
    return [
        {
            "rel": rel,
            "type": PAGED_FORMATS[search.format or "geojson"],
            "href": f"{base}?{request.url.include_query_params(offset=offset).query}"
            if rel != "self"
            else f"{base}?{request.url.query}".rstrip("?"),
        }
        for rel, offset in places.items()
    ]


def file(
    chosen: str, search: SiteSearch, session: Session, answers: Answers, language: Language
) -> StreamingResponse:
    """A whole file, streamed while it is read."""
    table, kind = LISTINGS[answers.visitor.audience], exports.FORMATS[chosen]
    if kind.most_sites is not None:
        found = queries.totals(session, search.wanted, table, answers.listed())
        if found.meets + found.may_fit > kind.most_sites:
            raise ExportTooLarge(found.meets + found.may_fit, kind.most_sites)
    today = answers.services.rules.today
    home = answers.services.settings.visited_at
    found_sites = queries.all_details(session, search.wanted, table)
    name = f"sitefinder-{Text('platser', 'sites').in_language(language)}-{today}.{chosen}"
    return StreamingResponse(
        kind.write((files.addressed(one, home) for one in found_sites), language, today),
        media_type=kind.media_type,
        headers={
            **answers.headers,
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )
