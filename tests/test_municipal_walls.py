"""An editor of one municipality reads no draft of another, and changes nothing there.

Tried on every route of the application, on every table in the application's role, and said of
every job. `walls.py` says how each is guarded; a new one that it does not know fails here.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import httpx
import pypdfium2
import pytest
from fastapi import FastAPI
from sqlalchemy import insert, select, text
from sqlalchemy.exc import ProgrammingError
from starlette.routing import BaseRoute
from starlette.testclient import TestClient

from api.addresses import Addresses
from api.context import Visitor
from api.main import create_app
from catalogue import municipalities, sites
from catalogue.access import registered_views
from catalogue.accounts import identity_providers, sessions
from catalogue.anchoring import anchoring, anchoring_letters, meetings
from catalogue.anchoring.anchoring_input import read_given as read_anchoring
from catalogue.anchoring.meetings import Meeting
from catalogue.changes import read_changes
from catalogue.comparisons import shared_lists
from catalogue.comparisons.shared_lists import Wish
from catalogue.database import AccountRole, Actor, Databases
from catalogue.enquiries import enquiries, enquiry_sending
from catalogue.enquiries.enquiry_input import read_wanted
from catalogue.enquiries.enquiry_sending import AskedAbout
from catalogue.fields import PROFILE
from catalogue.files import site_files
from catalogue.files.accepted_files import Accepted
from catalogue.files.file_types import OFFICE
from catalogue.hours.hours import HoursEntry, add
from catalogue.imports import register
from catalogue.jobs import queue
from catalogue.outlines import kept_geodata
from catalogue.progress.counted_versions import count_missing
from catalogue.questions import question_asking, question_links
from catalogue.questions.question_input import Receiver, Request
from catalogue.questions.questions import Answer, Document
from catalogue.requests import register as client_requests
from catalogue.requests.register_input import read_given
from catalogue.search import saved_searches
from catalogue.settings import Settings
from catalogue.site import Site
from catalogue.tables import (
    account,
    form_draft,
    hours_import,
    hours_lock,
    hours_reminder,
    identity_provider,
    metadata,
    search_use_site,
    site_comment,
    site_notice,
)
from geo.geodata_parsing import ParsedFile
from geo.texts import Text
from tests.builders import ADMIN, NOW, RULES, TODAY, a_site, an_account
from tests.conftest import sweep
from tests.walls import COMMON_TABLES, JOBS, OWNERS, READABLE_TABLES, ROUTES, Wall

SECRET = "Kvarnvred7731"
OTHERS, OWN = "2180", "2183"
EPHEMERAL = frozenset({"sign_in_session"})
STRANGERS = ("editor", "publisher")
WHERE = "Say in tests/walls.py how somebody from another municipality meets it"


def routes_of(app: FastAPI) -> list[str]:
    """Method and address of every route; what is mounted from a folder of files is left out."""
    found: list[str] = []
    for route in app.routes:
        if isinstance(route, Addresses):
            continue
        if route.__class__.__name__ == "Mount" and str(getattr(route, "path", "")).startswith(
            "/static"
        ):
            continue
        found += [
            f"{method} {one.path}"
            for one in contexts(route)
            for method in sorted(one.methods or ())
            if method != "HEAD"
        ]
    return found


def contexts(route: BaseRoute) -> list[Any]:
    """Any: the routes behind an included router, which FastAPI gives no public class."""
    behind = getattr(route, "effective_route_contexts", None)
    return list(behind()) if behind else [route]


ALL_ROUTES = routes_of(create_app(Settings(), RULES))


@dataclass(frozen=True)
class Target:
    """What the strangers are after, who they are, and a colleague whom it belongs to."""

    app: FastAPI
    databases: Databases
    facts: Mapping[str, object]
    people: Mapping[str, Actor]
    seen: dict[str, int] = field(default_factory=dict)
    """What each table looked like when it was asked last."""

    def client(self, role: str) -> TestClient:
        """A browser's session of its own, since a request may end it."""
        actor = self.people[role]
        with self.databases.writing(None) as session:
            secret = sessions.start(session, actor)
        return TestClient(
            self.app,
            base_url="http://127.0.0.1:8000",
            cookies={"session": secret},
            headers={"X-CSRF-Token": Visitor(actor, secret).csrf_token},
            follow_redirects=False,
            raise_server_exceptions=False,
        )

    def filled(self, sent: Mapping[str, object]) -> dict[str, object]:
        return {
            name: value.format_map(self.facts) if isinstance(value, str) else value
            for name, value in sent.items()
        }

    def changed(self) -> set[str]:
        """The tables written since this was asked last; Gävle's rows apart."""
        with self.databases.owner.connect() as connection:
            rows = connection.exec_driver_sql(self.footprint).all()
        now = {name: int(number) for name, number in rows}
        touched = {name for name in now if now[name] != self.seen.get(name)}
        self.seen.update(now)
        return touched - EPHEMERAL

    @cached_property
    def footprint(self) -> str:
        """SQL for a number for each table that any write to it changes.

        Always the same statement, so that it is planned only once.
        """
        parts = [(f"{name} of Gävle", name, owned(name, self.facts)) for name in OWNED_TABLES]
        parts += [(name, name, "true") for name in (*metadata.tables, "procrastinate_jobs")]
        return " union all ".join(
            f"select '{told}', coalesce(sum(hashtext(ctid::text || xmin)), 0) "
            f"from {name} where {condition}"
            for told, name, condition in parts
        )


def owner_column(table: str) -> str | None:
    columns = metadata.tables[table].columns
    names = ["municipality", "site_id", "reference"]
    if table.startswith("municipality"):
        names = ["code"]
    return next((name for name in names if name in columns), None)


def owned(table: str, facts: Mapping[str, object]) -> str:
    """Which rows of a table are Gävle's, as SQL."""
    if table in OWNERS:
        return OWNERS[table].format_map(facts)
    column = owner_column(table)
    if column == "site_id":
        return f"site_id in ({facts['site_id']}, {facts['published_id']})"
    if column == "reference":
        return f"reference in ('{facts['reference']}', '{facts['published']}')"
    return f"{column} = '{facts['code']}'"


OWNED_TABLES = [
    table
    for table in metadata.tables
    if table not in COMMON_TABLES and (table in OWNERS or owner_column(table))
]


@pytest.fixture(scope="module")
def target(app: FastAPI, prepared: Databases) -> Iterator[Target]:
    """Made once: what no request may change stays the same for the next."""
    made = furnished(app, prepared)
    made.changed()
    yield made
    sweep(prepared)


def furnished(app: FastAPI, databases: Databases) -> Target:
    """Gävle's sites, hours and profile, and the strangers' accounts. Whoever adds a table that
    belongs to a municipality gives it a row here."""
    told = {"value": 12, "source": f"Brev om {SECRET}", "basis": "utility_written"}
    secrets: dict[str, Any] = {
        "name_sv": f"Platsen {SECRET}",
        "name_en": f"The site {SECRET}",
        "contact_name": SECRET,
        "power_now_mw": told,
    }
    draft = a_site(databases, municipality=OTHERS, status="draft", **secrets)
    published = a_site(databases, municipality=OTHERS)
    with databases.writing(ADMIN) as session:
        number = session.scalars(
            insert(identity_provider)
            .values(
                label=SECRET,
                issuer="x",
                client_id="x",
                client_secret="x",
                groups_claim="x",
                email_claim="x",
                name_claim="x",
                active=False,
            )
            .returning(identity_provider.c.id)
        ).one()
        identity_providers.add_mapping(session, number, SECRET, "editor", OTHERS)
    with databases.owner.begin() as connection:
        fallen = {"day": TODAY, "parameter": "power_mw_min", "reference": draft.reference}
        connection.execute(insert(search_use_site).values(**fallen, searches=1))
    with databases.writing(ADMIN) as session:
        hours_id = add(
            session,
            ADMIN,
            HoursEntry(
                municipality=OTHERS,
                month=TODAY.replace(day=1),
                role=SECRET,
                hours=8,
                activity="meeting",
                sites=(draft.reference,),
                person=SECRET,
                note=SECRET,
            ),
        ).id
        hours_import_id = session.scalars(
            insert(hours_import)
            .values(
                municipality=OTHERS,
                file_name=SECRET,
                content_hash="x",
                entries=[],
                rows=1,
                hours=1,
                checked_by=SECRET,
            )
            .returning(hours_import.c.id)
        ).one()
        lock = {"municipality": OTHERS, "month": date(2023, 10, 1), "is_locked": True}
        session.execute(insert(hours_lock).values(reason=SECRET, **lock))
        session.execute(insert(hours_reminder).values(municipality=OTHERS, month=date(2023, 10, 1)))
        asked = {"code_name": SECRET, "received_on": "2026-05-01", "sites": [draft.reference]}
        request_id = client_requests.add(session, ADMIN, read_given(asked, {}, TODAY)).id
        profile = municipalities.find(session, OTHERS)
        changes = read_changes(
            {"swot_weaknesses": [f"Det som {SECRET} vet"]}, PROFILE, today=TODAY, kept=frozenset()
        )
        municipalities.change_profile(
            session, ADMIN, OTHERS, changes, RULES, expected_version=profile.version
        )
        [file] = site_files.add(
            session,
            draft.owner,
            [
                Accepted(
                    name="hemlig.docx",
                    type=next(iter(OFFICE.values())),
                    content=io.BytesIO(SECRET.encode()),
                    size_bytes=len(SECRET),
                )
            ],
            app.state.services.files,
            RULES,
            {"caption_sv": SECRET},
        )
        [profile_file] = site_files.add(
            session,
            municipalities.find(session, OTHERS).owner,
            [
                Accepted(
                    name="hemlig_profil.docx",
                    type=next(iter(OFFICE.values())),
                    content=io.BytesIO(SECRET.encode()),
                    size_bytes=len(SECRET),
                )
            ],
            app.state.services.files,
            RULES,
            {"caption_sv": SECRET},
        )
        site_id = sites.find(session, draft.reference).id
        published_id = sites.find(session, published.reference).id
    colleague = somebody(databases, "editor", OTHERS)
    with databases.writing(colleague) as session:
        count_missing(session)
        import_id = register.add(
            session,
            colleague,
            OTHERS,
            SECRET.encode(),
            file_name=f"{SECRET}.csv",
            kind="csv",
            language="sv",
            writes_at_once=False,
        )
        wanted = saved_searches.read_query(f"text={SECRET}", {})
        search_id = saved_searches.save(session, colleague, SECRET, wanted).id
        shared_lists.share(session, colleague, Wish(items=(), title=SECRET), NOW)
        shared_id = shared_lists.own(session, colleague)[0].id
        parsed = ParsedFile(SECRET, "GeoPackage", SECRET.encode())
        kept_geodata.keep(session, colleague, draft.reference, parsed)
        said = {"site_id": site_id, "municipality": OTHERS, "author": colleague.email}
        session.execute(insert(site_comment).values(text=SECRET, **said))
        kept = {"place": f"{draft.reference}/power", "version": 1, "before": "", "texts": SECRET}
        session.execute(insert(form_draft).values(account_id=colleague.account_id, **kept))
        told_once = {"site_id": site_id, "about": "comment", "receiver": colleague.email}
        session.execute(insert(site_notice).values(told_once))
    question_id = answered_question(databases, draft.reference)
    meeting_id = anchored(databases)
    enquiry_id = received_enquiry(databases, published)
    seen_by_an_investor(databases, published)
    return Target(
        app,
        databases,
        {
            "question_id": question_id,
            "meeting_id": meeting_id,
            "enquiry_id": enquiry_id,
            "import_id": import_id,
            "search_id": search_id,
            "shared_id": shared_id,
            "request_id": request_id,
            "hours_id": hours_id,
            "hours_import_id": hours_import_id,
            "reference": draft.reference,
            "site_id": site_id,
            "file_id": file.id,
            "profile_file_id": profile_file.id,
            "digest": file.hash,
            "published": published.reference,
            "published_id": published_id,
            "code": OTHERS,
        },
        {
            "editor": somebody(databases, "editor", OWN),
            "publisher": somebody(databases, "publisher", OWN),
            "colleague": colleague,
        },
    )


def anchored(databases: Databases) -> int:
    """Gävle's decision and people, a reminder to them, and a meeting that only Gävle came to."""
    given = read_anchoring(
        {"decided_on": "2024-05-28", "decided_by": SECRET, "person_name": SECRET},
        TODAY,
        anchoring.nothing_said(OTHERS).values,
    )
    with databases.writing(ADMIN) as session:
        anchoring.change(session, ADMIN, OTHERS, given, 0)
        anchoring_letters.note(session, ADMIN, OTHERS, SECRET, 1, NOW)
        held = Meeting(held_on=TODAY, kind="other", attended={OTHERS: 77})
        [number] = meetings.add(session, ADMIN, [held])
    return number


def answered_question(databases: Databases, reference: str) -> int:
    """A question about Gävle's draft, answered through its link with a document."""
    wanted = Request(
        reference=reference,
        keys=("power_now_mw",),
        shown=frozenset({"power_now_mw"}),
        receiver=Receiver(name=SECRET, email="x@example.se"),
        message=SECRET,
        reply_by=None,
        remind_after_days=14,
    )
    with databases.writing(ADMIN) as session:
        asked = question_asking.ask(session, ADMIN, wanted, RULES, link_days=30, png=b"")
        token = question_asking.new_link(session, asked, asked.expires_at)
    given = question_links.Given(
        name=SECRET,
        remark=SECRET,
        answers=[Answer(key="power_now_mw", verdict="confirmed", value=12.0)],
        document=Document(name=SECRET, media_type="application/pdf", content=SECRET.encode()),
    )
    with databases.writing(None) as session:
        assert question_links.take(session, token, given, RULES.now())
    return asked.id


def seen_by_an_investor(databases: Databases, published: Site) -> None:
    email, _ = an_account(databases, "investor", None)
    with databases.writing(ADMIN) as session:
        number = session.scalars(select(account.c.id).where(account.c.email == email)).one()
    investor = Actor(number, SECRET, f"{SECRET}@example.se", "investor", None)
    with databases.writing(investor) as session:
        registered_views.note(session, investor, "page", [published.reference], RULES.now())


def received_enquiry(databases: Databases, published: Site) -> int:
    """About Gävle's published site, with a note that a colleague made."""
    about = AskedAbout(
        reference=published.reference, name=Text(SECRET, SECRET), municipality=OTHERS
    )
    raw = {
        "references": [published.reference],
        "name": SECRET,
        "organisation": SECRET,
        "email": "x@example.se",
        "message": SECRET,
        "consent": True,
    }
    wanted = read_wanted(raw, TODAY, "sv")
    with databases.writing(None) as session:
        enquiry_sending.take(session, wanted, [about], RULES, must_confirm=False)
    with databases.writing(ADMIN) as session:
        [received] = enquiries.chosen(session)
        doing = enquiries.Doing("read", SECRET)
        enquiries.take_step(session, ADMIN, received, doing, RULES)
    return received.id


def somebody(databases: Databases, role: AccountRole, municipality: str) -> Actor:
    email = f"{role}.{municipality}@example.se"
    with databases.writing(ADMIN) as session:
        number = session.scalars(
            insert(account)
            .values(email=email, name="Någon", role=role, municipality=municipality)
            .returning(account.c.id)
        ).one()
    return Actor(number, "Någon", email, role, municipality)


@pytest.mark.parametrize("route", ALL_ROUTES)
def test_every_route_is_known(route: str) -> None:
    assert route in ROUTES, f"{route} is new. {WHERE}: ROUTES."


def test_no_route_is_known_that_is_not_there() -> None:
    assert set(ROUTES) - set(ALL_ROUTES) == set(), "Take it out of ROUTES in tests/walls.py."


@pytest.mark.parametrize("role", STRANGERS)
@pytest.mark.parametrize("route", [route for route in ALL_ROUTES if route in ROUTES])
def test_a_stranger_finds_no_draft_and_changes_nothing(
    target: Target, route: str, role: str
) -> None:
    wall = ROUTES[route]

    for query in wall.queries:
        answer = ask(target, route, wall, query, role)

        refused = answer.status_code in (403, 404)
        assert refused if wall.is_closed else answer.status_code < 500, answer.text[:500]
        assert SECRET.lower() not in text_in(answer.content).lower()
    assert target.changed() - wall.writes == set()


@pytest.mark.parametrize("path", ["/workspace", "/workspace/profile?theme=swot", "/hours"])
def test_a_colleague_does_find_the_secret(target: Target, path: str) -> None:
    assert SECRET in target.client("colleague").get(path).text


def ask(
    target: Target, route: str, wall: Wall, query: Mapping[str, object], role: str
) -> httpx.Response:
    method, path = route.split(" ", 1)
    path = path.format_map({**target.facts, **target.filled(wall.path)})
    client = target.client(role)
    headers = {"If-Match": '"1-full"'}
    form: dict[str, str] | None = None
    if wall.form is not None:
        form = {name: str(value) for name, value in target.filled(wall.form).items()}
        form["csrf_token"] = client.headers["X-CSRF-Token"]
    answer: httpx.Response = client.request(
        method,
        path,
        params={name: str(value) for name, value in target.filled(query).items()},
        headers=headers,
        data=form,
        json=None if wall.body is None else target.filled(wall.body),
    )
    return answer


def text_in(content: bytes) -> str:
    """What a reader of the file would find, unpacked where it is packed."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return " ".join(text_in(packed.read(name)) for name in packed.namelist())
    if content.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(content)
        return " ".join(page.get_textpage().get_text_bounded() for page in document)
    return content.decode("utf-8", "replace")


@pytest.mark.parametrize("table", list(metadata.tables))
def test_every_table_says_whose_its_rows_are(table: str) -> None:
    assert table in COMMON_TABLES or table in OWNED_TABLES, (
        f"{table} has no column that names a municipality or a site. {WHERE}: "
        "COMMON_TABLES if its rows are nobody's, OWNERS if they are."
    )


@pytest.mark.parametrize("table", OWNED_TABLES)
def test_there_is_something_to_steal_in_every_table(target: Target, table: str) -> None:
    with target.databases.owner.connect() as connection:
        rows = connection.exec_driver_sql(
            f"select count(*) from {table} where {owned(table, target.facts)}"
        ).scalar_one()

    assert rows, f"Give {table} a row of Gävle's in `furnished` of test_municipal_walls.py."


@pytest.mark.parametrize("table", OWNED_TABLES)
def test_a_stranger_reads_no_row(target: Target, table: str) -> None:
    where = owned(table, target.facts)
    if table in READABLE_TABLES:
        where += f" and lower({table}::text) like '%{SECRET.lower()}%'"

    assert tried(target, f"select 1 from {table} where {where}") in (0, "refused")


@pytest.mark.parametrize("table", OWNED_TABLES)
def test_a_stranger_changes_no_row(target: Target, table: str) -> None:
    where = owned(table, target.facts)
    column = next(iter(metadata.tables[table].columns)).name

    changed = tried(target, f"update {table} set {column} = {column} where {where}")
    removed = tried(target, f"delete from {table} where {where}")

    assert (changed, removed) in ((0, 0), (0, "refused"), ("refused", "refused"), ("refused", 0))


@pytest.mark.parametrize("table", OWNED_TABLES)
def test_a_stranger_adds_no_row(target: Target, table: str) -> None:
    """The row is one of Gävle's own: refused as not theirs to write, before it is a duplicate."""
    with target.databases.owner.connect() as connection:
        row = (
            connection.exec_driver_sql(
                f"select to_jsonb({table})::text from {table} "
                f"where {owned(table, target.facts)} limit 1"
            ).scalar_one_or_none()
            or "{}"
        )

    adding = f"insert into {table} select * from jsonb_populate_record(null::{table}, :row)"

    assert tried(target, adding, row=row) == "refused"


def tried(target: Target, statement: str, **values: object) -> int | str:
    """How many rows an editor of Bollnäs reached in the application's role, or `refused`."""
    try:
        with target.databases.writing(target.people["editor"]) as session:
            done = session.connection().execute(text(statement), values)
            return int(done.rowcount)
    except ProgrammingError as refusal:
        if "InsufficientPrivilege" not in str(refusal):
            raise
        return "refused"


@pytest.mark.parametrize("job", sorted(name for name in queue.tasks if "builtin" not in name))
def test_every_job_is_known(job: str) -> None:
    assert job in JOBS, f"The job {job} is new. {WHERE}: JOBS."
