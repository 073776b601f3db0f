"""What the database itself lets be done with questions, in the application's own role."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from catalogue.database import Actor, Databases
from catalogue.questions import question_asking, question_links, questions
from catalogue.questions.askable_fields import OF_PROFILE, OF_SITE
from catalogue.questions.question_input import Receiver, Request
from catalogue.questions.questions import Answer
from tests.builders import ADMIN, RULES, a_site, an_actor

EDITOR = an_actor("editor", "2183")


def asked(databases: Databases, municipality: str = "2183") -> tuple[int, str]:
    """The number of a question about power, and the secret of a link to it."""
    site = a_site(databases, municipality=municipality)
    wanted = Request(
        reference=site.reference,
        keys=("power_now_mw", "redundancy"),
        shown=frozenset({"power_now_mw"}),
        receiver=Receiver(name="Karin Ek", email="karin.ek@example.se"),
        message="",
        reply_by=None,
        remind_after_days=14,
    )
    with databases.writing(ADMIN) as session:
        found = question_asking.ask(session, ADMIN, wanted, RULES, link_days=30, png=b"")
        return found.id, question_asking.new_link(session, found, found.expires_at)


def given(*answers: Answer) -> question_links.Given:
    return question_links.Given(name="Karin Ek", remark="", answers=answers)


CONFIRMED = Answer(key="power_now_mw", verdict="confirmed", value=10.0, basis="utility_written")


def seen_by(databases: Databases, actor: Actor | None) -> list[int]:
    with databases.writing(actor) as session:
        return [one.id for one in questions.chosen(session)]


def test_questions_are_read_in_their_own_municipality_and_by_the_project(
    databases: Databases,
) -> None:
    number, _ = asked(databases)

    assert seen_by(databases, EDITOR) == [number]
    assert seen_by(databases, an_actor("project")) == [number]
    assert seen_by(databases, an_actor("editor", "2180")) == []
    assert seen_by(databases, an_actor("investor")) == []
    assert seen_by(databases, None) == []


@pytest.mark.parametrize(
    "statement",
    [
        "update question set answered_by = 'Karin', answered_at = now()",
        "update question set asked_on = '2020-01-01'",
        "delete from question",
        (
            "insert into question_answer (question_id, key, municipality, verdict, value) "
            "values (1, 'power_now_mw', '2183', 'confirmed', '99')"
        ),
        "update question_answer set value = '99'",
        "select token_hash from question_link",
        "update question_link set expires_at = now() + interval '9 years'",
        "insert into question_document values (1, '2183', 'x', 'application/pdf', '', '')",
    ],
)
def test_an_editor_cannot_answer_or_rewrite_a_question(
    databases: Databases, statement: str
) -> None:
    asked(databases)

    with (
        pytest.raises(ProgrammingError, match="InsufficientPrivilege"),
        databases.writing(EDITOR) as session,
    ):
        session.execute(text(statement))


@pytest.mark.parametrize("table", ["question", "question_answer", "question_document"])
def test_whoever_holds_a_link_reads_no_table(databases: Databases, table: str) -> None:
    _, token = asked(databases)
    with databases.writing(None) as session:
        question_links.take(session, token, given(CONFIRMED), RULES.now())

    with databases.writing(None) as session:
        assert session.scalars(text(f"select count(*) from {table}")).one() == 0


def test_a_link_tells_of_its_own_question_only_what_is_shown(databases: Databases) -> None:
    _, token = asked(databases)
    asked(databases, "2180")

    with databases.writing(None) as session:
        found = question_links.open_link(session, token, RULES.now())

    assert found.municipality == "2183"
    assert set(found.shown) == {"power_now_mw"}


def test_the_public_reader_cannot_follow_a_link(databases: Databases) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        databases.reading("public") as session,
    ):
        session.execute(text("select asked_by_link('x')"))


def test_an_answer_is_taken_once(databases: Databases) -> None:
    _, token = asked(databases)

    with databases.writing(None) as session:
        first = question_links.take(session, token, given(CONFIRMED), RULES.now())
    with databases.writing(None) as session:
        second = question_links.take(session, token, given(CONFIRMED), RULES.now())

    assert (first, second) == (True, False)


def test_no_answer_is_taken_through_a_link_that_has_run_out(databases: Databases) -> None:
    _, token = asked(databases)

    with databases.writing(None) as session:
        later = RULES.now() + timedelta(days=31)
        assert not question_links.take(session, token, given(CONFIRMED), later)


def test_an_answer_about_something_else_is_left_out(databases: Databases) -> None:
    number, token = asked(databases)
    stray = Answer(key="sewage_m3_day", verdict="confirmed", value=9.0)

    with databases.writing(None) as session:
        question_links.take(session, token, given(CONFIRMED, stray), RULES.now())

    with databases.writing(EDITOR) as session:
        assert [one.key for one in questions.find(session, number).answers] == ["power_now_mw"]


def test_a_question_is_answered_or_withdrawn_and_never_both(databases: Databases) -> None:
    _, token = asked(databases)
    with databases.writing(None) as session:
        question_links.take(session, token, given(CONFIRMED), RULES.now())

    with pytest.raises(IntegrityError), databases.writing(EDITOR) as session:
        session.execute(text("update question set withdrawn_at = now()"))


def test_a_key_says_by_itself_whether_a_site_or_a_profile_is_asked_about() -> None:
    assert OF_SITE.keys().isdisjoint(OF_PROFILE)
