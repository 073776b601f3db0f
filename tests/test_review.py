"""A site read through before publishing: what is new, what is said, and who is written to."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from starlette.testclient import TestClient

from catalogue import sites
from catalogue.changes import read_changes
from catalogue.database import Actor, Databases
from catalogue.fields import SITE
from catalogue.jobs import work
from catalogue.settings import Settings
from catalogue.site import Site
from catalogue.workflow import comments
from catalogue.workflow.comments import Thread
from catalogue.workflow.transitions import Terms
from tests.builders import ADMIN, RULES, a_site, an_account, an_actor, square
from tests.html_forms import open_form
from tests.mail_servers import Inbox

SignIn = Callable[..., TestClient]
EDITOR = an_actor("editor")
PUBLISHER = an_actor("publisher")
PROJECT = an_actor("project")


def said(databases: Databases, site: Site, words: str, key: str | None = None,
         actor: Actor = PUBLISHER) -> int:  # fmt: skip
    with databases.writing(actor) as session:
        return comments.add(session, actor, site.reference, words, key=key)


def threads(databases: Databases, site: Site) -> list[Thread]:
    with databases.writing(ADMIN) as session:
        return comments.threads(session, site)


def review(client: TestClient, site: Site) -> str:
    return str(client.get(f"/workspace/sites/{site.reference}/review").text)


def test_the_review_shows_what_changed_since_the_site_was_last_published(
    databases: Databases, signed_in: SignIn
) -> None:
    site = a_site(databases, power_now_mw=10, status="withdrawn")
    told = {"power_now_mw": {"value": 15, "basis": "utility_written", "source": "Ellevio"},
            "outline": square(16.31)}  # fmt: skip
    changes = read_changes(told, SITE, today=RULES.today, kept=frozenset())
    with databases.writing(EDITOR) as session:
        sites.change(session, EDITOR, site.reference, changes, RULES, expected_version=site.version)

    page = review(signed_in("publisher"), site)

    assert "då platsen senast var publicerad" in page
    assert "10\N{NO-BREAK SPACE}MW" in page
    assert "15\N{NO-BREAK SPACE}MW" in page
    assert "Ellevio, skriftligt" in page
    assert "map-outline-before" in page
    assert "Detaljplan" not in page.split("differences")[1].split("</table>")[0]


def test_the_review_of_a_site_that_is_shown_counts_from_when_it_was_published(
    databases: Databases, signed_in: SignIn
) -> None:
    page = review(signed_in("publisher"), a_site(databases, status="published"))

    assert "då platsen publicerades" in page


def test_the_review_of_a_new_site_says_that_all_is_new_and_what_is_missing(
    databases: Databases, signed_in: SignIn
) -> None:
    site = a_site(databases, status="draft", sewage_m3_day=None)

    page = review(signed_in("publisher"), site)

    assert "aldrig varit publicerad" in page
    assert "Inte ifyllt" not in page
    assert "1 uppgift saknas för att publicera" in page


def test_a_publisher_publishes_from_the_review(databases: Databases, signed_in: SignIn) -> None:
    site = a_site(databases, status="in_review")
    client, address = signed_in("publisher"), f"/workspace/sites/{site.reference}"
    texts = open_form(client, f"{address}/review", f"{address}/transitions")

    client.post(f"{address}/transitions", data=texts | {"to": ["published"]})

    with databases.writing(ADMIN) as session:
        assert sites.find(session, site.reference).status == "published"


def test_the_project_reads_the_review_and_may_say_something_but_decides_nothing(
    databases: Databases, signed_in: SignIn
) -> None:
    site = a_site(databases, status="in_review")
    client, address = signed_in("project", None), f"/workspace/sites/{site.reference}"
    texts = open_form(client, f"{address}/review", f"{address}/comments")

    page = client.post(f"{address}/comments", data=texts | {"text": ["Fint!"]}).text

    assert "Fint!" in page
    assert "/transitions" not in page


def test_a_comment_stands_at_its_field_in_the_form(databases: Databases, signed_in: SignIn) -> None:
    site = a_site(databases)
    client = signed_in("editor")
    address = f"/workspace/sites/{site.reference}"
    texts = open_form(client, f"{address}?theme=power", f"{address}/comments")

    answer = client.post(
        f"{address}/comments",
        data=texts | {"at": ["power_now_mw"], "text-power_now_mw": ["Är det <b>i dag</b>?"]},
        follow_redirects=False,
    )
    page = client.get(f"{address}?theme=power").text

    field = page.split('data-field="power_now_mw"')[1].split('data-field="')[0]
    assert answer.headers["location"] == f"{address}?theme=power#power_now_mw"
    assert "Är det &lt;b&gt;i dag&lt;/b&gt;?" in field
    assert "1 öppen" in field


@pytest.mark.parametrize("words", ["", "  ", "x" * 2_001])
def test_a_comment_has_words_and_not_too_many(
    databases: Databases, signed_in: SignIn, words: str
) -> None:
    site = a_site(databases)
    client, address = signed_in("editor"), f"/workspace/sites/{site.reference}"
    texts = open_form(client, f"{address}/review", f"{address}/comments")

    answer = client.post(f"{address}/comments", data=texts | {"text": [words]})

    assert answer.status_code == 422
    assert "högst 2 000 tecken" in answer.text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_thread_is_replied_to_closed_and_opened_again(databases: Databases) -> None:
    site = a_site(databases)
    first = said(databases, site, "Är det säkert?", "power_now_mw")
    with databases.writing(EDITOR) as session:
        comments.add(session, EDITOR, site.reference, "Ja, enligt brevet.", reply_to=first)
        comments.resolve(session, EDITOR, site.reference, first)

    [closed] = threads(databases, site)
    with databases.writing(EDITOR) as session:
        comments.resolve(session, EDITOR, site.reference, first, is_done=False)

    [reopened] = threads(databases, site)
    assert ([one.text for one in closed.replies], closed.is_open) == (["Ja, enligt brevet."], False)
    assert (closed.replies[0].key, reopened.is_open) == ("power_now_mw", True)


def test_a_comment_is_never_rewritten_or_removed(databases: Databases) -> None:
    site = a_site(databases)
    said(databases, site, "Som jag sa")

    for statement in ("update site_comment set text = 'x'", "delete from site_comment"):
        with (
            pytest.raises(ProgrammingError, match="InsufficientPrivilege"),
            databases.writing(ADMIN) as session,
        ):
            session.execute(text(statement))


def test_nobody_signs_a_comment_with_another_s_name(databases: Databases) -> None:
    site = a_site(databases)

    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        databases.writing(EDITOR) as session,
    ):
        session.execute(
            text("insert into site_comment (site_id, municipality, text, author) "
                 "values (:id, '2183', 'x', 'publisher.2183@example.se')"),
            {"id": site.id},
        )  # fmt: skip


def edited(databases: Databases, **values: object) -> Site:
    """A site that an editor with an account has made."""
    an_account(databases, "editor", "2183")
    return a_site(databases, status="draft", actor=EDITOR, **values)


def test_whoever_worked_on_the_site_gets_one_letter_an_hour_about_comments(
    databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    site = edited(databases, name_sv="Långnäs")
    said(databases, site, "Är {det} säkert?", "power_now_mw")
    said(databases, site, "Och detta?")
    work(mailing, wait=False)
    with databases.owner.begin() as connection:
        connection.execute(text("update site_notice set sent_at = now() - interval '61 minutes'"))
    said(databases, site, "En timme senare")
    work(mailing, wait=False)

    plain = [one.get_body(("plain",)) for one in inbox.letters]
    told = [one.get_content() for one in plain if one]
    assert [one["To"] for one in inbox.letters] == ["editor.2183@example.se"] * 2
    assert "Effekt i dag: ”Är {det} säkert?”" in told[0]
    assert "En timme senare" in told[1]


def test_nobody_is_written_to_about_their_own_comment(databases: Databases) -> None:
    site = edited(databases)

    said(databases, site, "Att göra", actor=EDITOR)

    with databases.owner.connect() as connection:
        jobs = connection.scalar(text("select count(*) from procrastinate_jobs"))
    assert jobs == 0


def test_whoever_submitted_hears_why_the_site_came_back(
    databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    site = edited(databases, name_sv="Långnäs")
    with databases.writing(EDITOR) as session:
        sites.move(session, EDITOR, site.reference, "in_review", RULES)
    said(databases, site, "Källan saknas", "power_now_mw")
    with databases.writing(PUBLISHER) as session:
        terms = Terms("Effekten {måste} styrkas")
        sites.move(session, PUBLISHER, site.reference, "draft", RULES, terms=terms)

    work(mailing, wait=False)

    [letter] = [one for one in inbox.letters if "behöver ändras" in str(one["Subject"])]
    body = letter.get_body(("plain",))
    told = body.get_content() if body else ""
    assert letter["To"] == "editor.2183@example.se"
    assert "”Effekten {måste} styrkas”" in told
    assert "Effekt i dag: ”Källan saknas”" in told
    assert f"/workspace/sites/{site.reference}/review" in told
