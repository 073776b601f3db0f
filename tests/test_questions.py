"""Questions to those who know: asked, answered without an account, and accepted."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from email.message import EmailMessage

import pytest
from httpx import Response
from sqlalchemy import text
from starlette.testclient import TestClient

from api.main import create_app
from catalogue import municipalities, sites
from catalogue.database import Databases
from catalogue.history import history
from catalogue.jobs import work
from catalogue.municipalities import Municipality
from catalogue.power import points
from catalogue.questions.question_reminders import MOST_REMINDERS, remind_all
from catalogue.rules import Rules
from catalogue.settings import Settings
from catalogue.site import Site
from tests.builders import ADMIN, NOW, RULES, TODAY, a_site
from tests.html_forms import Texts, form_of, open_form
from tests.mail_servers import Inbox, mail_server

SignIn = Callable[..., TestClient]
PDF = b"%PDF-1.7\nett besked"


@pytest.fixture
def post(settings: Settings, databases: Databases) -> Iterator[Callable[[], list[EmailMessage]]]:
    """`post()` delivers what waits over a real SMTP conversation, and hands out the new letters."""
    inbox = Inbox()
    with mail_server(inbox) as place:
        mailing = settings.model_copy(update={"smtp_url": f"smtp://{place}"})

        def deliver() -> list[EmailMessage]:
            before = len(inbox.letters)
            work(mailing, wait=False)
            return inbox.letters[before:]

        yield deliver


Post = Callable[[], list[EmailMessage]]


def now(databases: Databases, site: Site) -> Site:
    with databases.writing(ADMIN) as session:
        return sites.find(session, site.reference)


def asking(site: Site, *keys: str, **typed: str | list[str]) -> dict[str, str | list[str]]:
    return {
        "fields": list(keys),
        "show": list(keys),
        "receiver_name": "Karin Ek",
        "receiver_email": "karin.ek@example.se",
        "receiver_organisation": "Ellevio",
        "language": "sv",
        **typed,
    }


def ask(client: TestClient, site: Site, *keys: str, **typed: str | list[str]) -> str:
    """The address of the question just sent."""
    address = f"/workspace/sites/{site.reference}/questions/new"
    form = open_form(client, address)
    sent = client.post(
        address, data={**form, **asking(site, *keys, **typed)}, follow_redirects=False
    )
    assert sent.status_code == 303, sent.text
    return str(sent.headers["location"]).partition("?")[0]


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def link_in(letter: EmailMessage) -> str:
    found = re.search(r"/(?:en/)?answer/[\w-]{43}\b", text_of(letter))
    assert found, text_of(letter)
    return found.group()


def link_sent(databases: Databases) -> str:
    """The link in the letter that waits to be sent, read without sending it."""
    waiting = "select args->'letter'->>'path' from procrastinate_jobs order by id desc limit 1"
    with databases.owner.connect() as connection:
        return str(connection.exec_driver_sql(waiting).scalar_one())


def answer(client: TestClient, link: str, **typed: str | list[str]) -> Response:
    """The form on the page filled in and sent; `__` in a name stands for `-`."""
    form: Texts = open_form(client, link)
    for name, said in typed.items():
        form[name.replace("__", "-")] = said if isinstance(said, list) else [said]
    sent: Response = client.post(link, data=form, follow_redirects=False)
    return sent


def asked_and_answered(
    databases: Databases, editor: TestClient, client: TestClient, **typed: str
) -> tuple[Site, str]:
    """A site, and the address of a question about its power that Ellevio has answered."""
    site = a_site(databases, redundancy=None)
    question = ask(editor, site, "power_now_mw", "redundancy")
    said = {
        "power_now_mw__verdict": "corrected",
        "power_now_mw": "14,5",
        "redundancy__verdict": "corrected",
        "redundancy": "n1",
        **typed,
    }
    assert answer(client, link_sent(databases), **said).status_code == 303
    return site, question


def decide(editor: TestClient, question: str, **chosen: str) -> str:
    form = open_form(editor, question, f"{question}/decisions")
    for name, said in chosen.items():
        form[name.replace("__", "-")] = [said]
    return str(editor.post(f"{question}/decisions", data=form).text)


BEGUN = [{"year": 2026, "mw": 10, "firm": True}, {"year": 2029, "mw": 120, "firm": True}]


def test_the_year_that_has_begun_follows_the_power_of_today_that_was_accepted(
    databases: Databases, signed_in: SignIn, client: TestClient
) -> None:
    editor = signed_in("editor")
    site = a_site(databases, power_timeline=BEGUN)
    question = ask(editor, site, "power_now_mw")
    said = {"power_now_mw__verdict": "corrected", "power_now_mw": "14,5"}
    answer(client, link_sent(databases), **said)

    shown = editor.get(question).text
    decide(editor, question, power_now_mw__decision="accept")

    after = now(databases, site)
    assert "Godtar du svaret ändras också Effekt år för år till" in shown
    assert after.values["power_now_mw"] == 14.5
    assert [point.mw for point in points(after.values["power_timeline"])] == [14.5, 120]
    assert after.provenance["power_timeline"] == site.provenance["power_timeline"]


def test_the_power_of_today_follows_a_timeline_that_was_accepted(
    databases: Databases, signed_in: SignIn, client: TestClient
) -> None:
    editor = signed_in("editor")
    site = a_site(databases, power_timeline=BEGUN)
    question = ask(editor, site, "power_timeline")
    said = {"power_timeline__verdict": "corrected", "power_timeline__0__mw": "12"}
    answer(client, link_sent(databases), **said)

    decide(editor, question, power_timeline__decision="accept")

    after = now(databases, site)
    assert after.values["power_now_mw"] == 12
    assert after.provenance["power_now_mw"] == after.provenance["power_timeline"]


def test_asking_makes_an_empty_field_unknown_and_leaves_a_known_one(
    databases: Databases, signed_in: SignIn
) -> None:
    site = a_site(databases, redundancy=None)

    ask(signed_in("editor"), site, "power_now_mw", "redundancy")

    after = now(databases, site)
    behind = after.provenance["redundancy"]
    assert (behind.state, behind.asked, behind.asked_on) == ("unknown", "Karin Ek, Ellevio", TODAY)
    assert after.values["power_now_mw"] == 10
    with databases.writing(ADMIN) as session:
        latest = history.versions(session, site.reference, limit=1)[0]
    assert latest.reason == "Fråga 1 till Karin Ek, Ellevio"


def test_the_letter_says_what_is_asked_and_shows_where_the_site_lies(
    databases: Databases, signed_in: SignIn, post: Post
) -> None:
    site = a_site(databases, name_sv="Kilafors bangård")
    ask(
        signed_in("editor"), site, "power_now_mw", message="Vi ringde i går.", reply_by="2026-12-01"
    )

    [letter] = post()

    assert letter["Subject"] == "Fråga om Kilafors bangård i Bollnäs"
    assert letter["Reply-To"] == "editor.2183@example.se"
    words = text_of(letter)
    for said in ("Vi ringde i går.", "– Effekt i dag (MW)", "senast 1 dec 2026"):
        assert said in words
    pictures = [part for part in letter.walk() if part.get_content_type() == "image/png"]
    assert [picture["Content-ID"] for picture in pictures] == ["<picture>"]
    assert pictures[0].get_content().startswith(b"\x89PNG")
    html = letter.get_body(("html",))
    assert html is not None
    assert 'src="cid:picture"' in html.get_content()


def test_the_whole_way_from_question_to_verified_value(
    databases: Databases, signed_in: SignIn, client: TestClient, post: Post
) -> None:
    editor = signed_in("editor")
    site, question = asked_and_answered(
        databases, editor, client, as_of="2026-10-20", name="Karin Ek Berg"
    )
    letters = {str(letter["Subject"]): letter for letter in post()}

    page = decide(editor, question)

    assert "Dina beslut är sparade" in page
    after = now(databases, site)
    behind = after.provenance["power_now_mw"]
    assert after.values["power_now_mw"] == 14.5
    assert (behind.basis, behind.as_of) == ("utility_written", date(2026, 10, 20))
    assert behind.source == "Karin Ek Berg, Ellevio, svar 2 nov 2026"
    assert (behind.verified_by, behind.verified_on) == ("Editor", TODAY)
    assert letters["Tack för ditt svar om Provplats"]["To"] == "karin.ek@example.se"
    assert letters["Karin Ek Berg har svarat om Provplats"]["To"] == "editor.2183@example.se"
    with databases.writing(ADMIN) as session:
        latest = history.versions(session, site.reference, limit=1)[0]
    assert latest.reason == "Svar på fråga 1 från Karin Ek Berg, Ellevio"
    assert f"version {latest.number} av platsen" in page


def test_nothing_changes_before_the_answer_is_accepted(
    databases: Databases, signed_in: SignIn, client: TestClient
) -> None:
    site, _ = asked_and_answered(databases, signed_in("editor"), client)

    after = now(databases, site)

    assert after.values["power_now_mw"] == 10
    assert after.provenance["redundancy"].state == "unknown"


def test_an_answer_is_rejected_with_a_word(
    databases: Databases, signed_in: SignIn, client: TestClient
) -> None:
    editor = signed_in("editor")
    site, question = asked_and_answered(databases, editor, client)

    unsaid = decide(editor, question, power_now_mw__decision="reject", power_now_mw__note="")
    decide(editor, question, power_now_mw__decision="reject", power_now_mw__note="Fel station")

    assert "Skriv kort varför" in unsaid
    assert now(databases, site).values["power_now_mw"] == 10
    assert now(databases, site).values["redundancy"] == "n1"
    assert "”Fel station”" in editor.get(question).text


def test_one_value_may_be_less_sure_and_older_than_the_rest(
    databases: Databases, signed_in: SignIn, client: TestClient
) -> None:
    editor = signed_in("editor")
    site, question = asked_and_answered(
        databases, editor, client, redundancy__basis="estimate", redundancy__as_of="2025-06-01"
    )

    decide(editor, question)

    behind = now(databases, site).provenance
    assert (behind["redundancy"].basis, behind["redundancy"].as_of) == (
        "estimate",
        date(2025, 6, 1),
    )
    assert (behind["power_now_mw"].basis, behind["power_now_mw"].as_of) == (
        "utility_written",
        TODAY,
    )


def test_a_bad_date_of_one_value_is_told_at_that_value(
    databases: Databases, signed_in: SignIn, client: TestClient
) -> None:
    ask(signed_in("editor"), a_site(databases), "power_now_mw", "drinking_water_m3_day")
    link = link_sent(databases)

    refused = answer(
        client,
        link,
        power_now_mw__verdict="confirmed",
        power_now_mw__as_of="2027-01-01",
        drinking_water_m3_day__verdict="confirmed",
    )

    assert refused.status_code == 422
    assert 'id="power_now_mw-as_of-error"' in refused.text
    assert 'id="as_of-error"' not in refused.text


def decide_on_all(editor: TestClient, question: str, everything: str, why: str = "") -> str:
    form = open_form(editor, question, f"{question}/decisions")
    sent = {
        "csrf_token": form["csrf_token"],
        "version": form["version"],
        "all": everything,
        "all-note": why,
    }
    return str(editor.post(f"{question}/decisions", data=sent).text)


def test_all_answers_are_accepted_at_once(
    databases: Databases, signed_in: SignIn, client: TestClient
) -> None:
    editor = signed_in("editor")
    site, question = asked_and_answered(databases, editor, client)

    page = decide_on_all(editor, question, "accept")

    assert "Avslutad" in page
    after = now(databases, site).values
    assert (after["power_now_mw"], after["redundancy"]) == (14.5, "n1")


def test_all_answers_are_rejected_at_once_with_one_word_why(
    databases: Databases, signed_in: SignIn, client: TestClient
) -> None:
    editor = signed_in("editor")
    site, question = asked_and_answered(databases, editor, client)

    unsaid = decide_on_all(editor, question, "reject")
    page = decide_on_all(editor, question, "reject", "Fel station")

    assert "Skriv kort varför" in unsaid
    assert page.count("”Fel station”") == 2
    assert now(databases, site).values["power_now_mw"] == 10


def test_accepting_all_leaves_what_somebody_has_changed_since(
    databases: Databases, signed_in: SignIn, client: TestClient
) -> None:
    editor = signed_in("editor")
    site, question = asked_and_answered(databases, editor, client)
    there = f"/workspace/sites/{site.reference}?theme=power"
    editor.post(there, data={**open_form(editor, there), "power_now_mw": "12"})

    decide_on_all(editor, question, "accept")

    after = now(databases, site).values
    assert (after["power_now_mw"], after["redundancy"]) == (12, "n1")


def test_a_value_changed_meanwhile_is_told_and_never_overwritten_by_itself(
    databases: Databases, signed_in: SignIn, client: TestClient
) -> None:
    editor = signed_in("editor")
    site, question = asked_and_answered(databases, editor, client)
    form = open_form(editor, question, f"{question}/decisions")
    colleague = signed_in("publisher")
    there = f"/workspace/sites/{site.reference}?theme=power"
    colleague.post(there, data={**open_form(colleague, there), "power_now_mw": "12"})

    late = editor.post(f"{question}/decisions", data=form)
    page = editor.get(question).text
    decide(editor, question)

    assert late.status_code == 412
    assert "Någon har ändrat uppgiften sedan frågan ställdes" in page
    assert now(databases, site).values["power_now_mw"] == 12
    assert now(databases, site).values["redundancy"] == "n1"


def test_we_do_not_know_and_ask_somebody_else_are_answers_too(
    databases: Databases, signed_in: SignIn, client: TestClient
) -> None:
    editor = signed_in("editor")
    site, question = asked_and_answered(
        databases,
        editor,
        client,
        power_now_mw__verdict="unknown",
        redundancy__verdict="other",
        redundancy__other="Nils Berg",
    )

    page = editor.get(question).text
    decide(editor, question)

    assert "Hänvisar till Nils Berg" in page
    assert "questions/new?field=redundancy&amp;name=Nils+Berg" in page
    assert now(databases, site).provenance["redundancy"].state == "unknown"
    assert "Avslutad" in editor.get(question).text


def test_the_receiver_sees_what_was_asked_and_nothing_else(
    databases: Databases, signed_in: SignIn, client: TestClient
) -> None:
    told = {"value": 33, "basis": "estimate", "source": "Viskat av Olle"}
    site = a_site(databases, power_now_mw=told, contact_phone="070-174 06 05", sewage_m3_day=4321)
    ask(
        signed_in("editor"),
        site,
        "power_now_mw",
        "competing_requests_mw",
        show=["power_now_mw", "sewage_m3_day"],
    )
    link = link_sent(databases)

    answered = client.get(link)

    assert "33\N{NO-BREAK SPACE}MW" in answered.text
    for secret in ("Viskat av Olle", "070-174 06 05", "4321", "4 321", "karin.ek@example.se,"):
        assert secret not in answered.text
    assert answered.headers["cache-control"] == "private, no-store"
    assert answered.headers["referrer-policy"] == "same-origin"
    assert answered.headers["x-robots-tag"] == "noindex, nofollow"


def test_a_value_that_is_not_shown_stays_unseen(
    databases: Databases, signed_in: SignIn, client: TestClient
) -> None:
    site = a_site(databases, power_now_mw=37)
    ask(signed_in("editor"), site, "power_now_mw", show=[])
    link = link_sent(databases)

    assert "37" not in client.get(link).text.split("<main")[1].split("base64")[0]
    assert "Det stämmer" not in client.get(link).text


def test_a_bad_value_is_refused_and_nothing_typed_is_lost(
    databases: Databases, signed_in: SignIn, client: TestClient
) -> None:
    site = a_site(databases)
    ask(signed_in("editor"), site, "power_now_mw", "drinking_water_m3_day")
    link = link_sent(databases)

    refused = answer(
        client,
        link,
        power_now_mw__verdict="corrected",
        power_now_mw="tio",
        drinking_water_m3_day__verdict="confirmed",
        remark="Efter ombyggnaden",
        as_of="2027-01-01",
    )

    assert refused.status_code == 422
    assert "”tio” är inte ett tal" in refused.text
    assert "senast i dag" in refused.text
    kept = form_of(refused.text, link)
    assert kept["power_now_mw"] == ["tio"]
    assert kept["remark"] == ["Efter ombyggnaden"]
    assert 'value="confirmed" checked' in refused.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, "Välj ett svar"),
        ({"power_now_mw__verdict": "confirmed", "power_now_mw": "99"}, "Du har ändrat värdet"),
        ({"power_now_mw__verdict": "corrected", "power_now_mw": ""}, "Skriv värdet"),
        ({"power_now_mw__verdict": "other"}, "Skriv vem vi ska fråga"),
        ({"power_now_mw__verdict": "unknown", "name": ""}, "Skriv ditt namn"),
        ({"power_now_mw__verdict": "corrected", "power_now_mw": "100000"}, "800"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    databases: Databases,
    signed_in: SignIn,
    client: TestClient,
    typed: dict[str, str],
    told: str,
) -> None:
    ask(signed_in("editor"), a_site(databases), "power_now_mw")
    link = link_sent(databases)

    refused = answer(client, link, **typed)

    assert refused.status_code == 422
    assert told in refused.text


def test_a_link_is_used_once_and_then_shows_what_was_answered(
    databases: Databases, signed_in: SignIn, client: TestClient
) -> None:
    editor = signed_in("editor")
    ask(editor, a_site(databases), "power_now_mw")
    link = link_sent(databases)
    form = open_form(client, link) | {"power_now_mw-verdict": ["confirmed"]}
    client.post(link, data=form)

    again = client.post(link, data=form | {"power_now_mw-verdict": ["unknown"]})

    assert "Frågan är besvarad" in again.text
    assert "Bekräftar värdet" in again.text
    assert "Vet inte" not in again.text


def test_a_forged_link_opens_nothing(client: TestClient, databases: Databases) -> None:
    shown = client.get("/answer/" + "x" * 43)
    sent = client.post("/answer/" + "x" * 43, data={"name": "Mallory"})

    assert (shown.status_code, sent.status_code) == (404, 404)
    assert shown.headers["referrer-policy"] == "same-origin"


def test_an_expired_link_opens_nothing(
    databases: Databases, signed_in: SignIn, client: TestClient
) -> None:
    ask(signed_in("editor"), a_site(databases), "power_now_mw")
    link = link_sent(databases)
    with databases.owner.begin() as connection:
        connection.execute(
            text("update question_link set expires_at = :then"), {"then": NOW - timedelta(hours=1)}
        )

    answered = client.get(link)

    assert answered.status_code == 410
    assert "Editor" in answered.text


def test_a_withdrawn_question_puts_the_field_back_and_ends_the_link(
    databases: Databases, signed_in: SignIn, client: TestClient
) -> None:
    editor, site = signed_in("editor"), a_site(databases, redundancy=None)
    question = ask(editor, site, "power_now_mw", "redundancy")
    link = link_sent(databases)

    editor.post(
        f"{question}/withdrawal", data=open_form(editor, question, f"{question}/withdrawal")
    )

    assert client.get(link).status_code == 410
    assert "redundancy" not in now(databases, site).provenance
    assert now(databases, site).values["power_now_mw"] == 10


def test_a_field_written_since_is_not_put_back_by_a_withdrawal(
    databases: Databases, signed_in: SignIn
) -> None:
    editor, site = signed_in("editor"), a_site(databases, redundancy=None)
    question = ask(editor, site, "redundancy")
    there = f"/workspace/sites/{site.reference}?theme=power"
    said = {"redundancy": "n2", "redundancy-state": "known"}
    editor.post(there, data={**open_form(editor, there), **said})

    editor.post(
        f"{question}/withdrawal", data=open_form(editor, question, f"{question}/withdrawal")
    )

    assert now(databases, site).values["redundancy"] == "n2"


def test_a_document_keeps_the_type_that_its_content_shows(
    databases: Databases, signed_in: SignIn, client: TestClient
) -> None:
    editor = signed_in("editor")
    question = ask(editor, a_site(databases), "power_now_mw")
    link = link_sent(databases)
    form = open_form(client, link) | {"power_now_mw-verdict": ["confirmed"]}
    files = {"document": ("C:\\besked<1>.exe", PDF, "application/octet-stream")}

    client.post(link, data=form, files=files)

    found = editor.get(f"{question}/document")
    assert found.content == PDF
    assert found.headers["content-type"] == "application/pdf"
    assert found.headers["content-disposition"] == (
        "attachment; filename=\"besked 1.pdf\"; filename*=UTF-8''besked%201.pdf"
    )


@pytest.mark.parametrize("content", [b"MZ\x90\x00", b"<html>", b"%PDF-" + b"x" * 10_000_000])
def test_a_document_of_another_kind_or_too_large_is_refused(
    databases: Databases, signed_in: SignIn, client: TestClient, post: Post, content: bytes
) -> None:
    ask(signed_in("editor"), a_site(databases), "power_now_mw")
    link = link_sent(databases)
    form = open_form(client, link) | {"power_now_mw-verdict": ["confirmed"]}

    refused = client.post(
        link, data=form, files={"document": ("besked.pdf", content, "application/pdf")}
    )

    assert refused.status_code == 422
    assert "Välj din fil igen" in refused.text


def test_the_receiver_is_written_to_in_their_language(
    databases: Databases, signed_in: SignIn, client: TestClient, post: Post
) -> None:
    ask(signed_in("editor"), a_site(databases, name_en="Rail yard"), "power_now_mw", language="en")

    [letter] = post()

    assert letter["Subject"] == "A question about Rail yard in Bollnäs"
    assert link_in(letter).startswith("/en/answer/")
    assert "What holds for Rail yard?" in client.get(link_in(letter)).text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"fields": []}, "Välj minst ett fält"),
        ({"receiver_name": ""}, "Skriv vem som får frågan"),
        ({"receiver_email": "karin"}, "inte en e-postadress"),
        ({"reply_by": "2026-10-01"}, "Välj en dag från i dag"),
        ({"remind_after_days": "snart"}, "Hela dagar"),
    ],
)
def test_a_question_that_cannot_be_sent_says_why(
    databases: Databases, signed_in: SignIn, typed: dict[str, str | list[str]], told: str
) -> None:
    editor, site = signed_in("editor"), a_site(databases)
    address = f"/workspace/sites/{site.reference}/questions/new"
    form = {**open_form(editor, address), **asking(site, "power_now_mw", **typed)}

    refused = editor.post(address, data=form)

    assert refused.status_code == 422
    assert told in refused.text


def at(days: int) -> Rules:
    return Rules(clock=lambda: NOW + timedelta(days=days))


def test_a_reminder_is_sent_after_so_many_days_and_its_link_works(
    databases: Databases, signed_in: SignIn, client: TestClient, post: Post
) -> None:
    ask(signed_in("editor"), a_site(databases), "power_now_mw", language="en")
    post()

    early, late, again = (remind_all(databases, at(days), 30) for days in (13, 14, 14))

    [letter] = post()
    assert (early, late, again) == (0, 1, 0)
    assert str(letter["Subject"]).startswith("Reminder: a question about")
    assert client.get(link_in(letter)).status_code == 200


def test_no_more_than_three_reminders_are_sent_by_themselves(
    databases: Databases, signed_in: SignIn
) -> None:
    ask(signed_in("editor"), a_site(databases), "power_now_mw")

    sent = [remind_all(databases, at(14 * round_), 30) for round_ in range(1, 6)]

    assert sum(sent) == MOST_REMINDERS == 3


def test_an_answered_question_is_not_reminded_of(
    databases: Databases, signed_in: SignIn, client: TestClient
) -> None:
    asked_and_answered(databases, signed_in("editor"), client)

    assert remind_all(databases, at(20), 30) == 0


def test_the_editor_reminds_by_hand(
    databases: Databases, signed_in: SignIn, client: TestClient, post: Post
) -> None:
    editor = signed_in("editor")
    question = ask(editor, a_site(databases), "power_now_mw")
    [first] = post()

    editor.post(f"{question}/reminders", data=open_form(editor, question, f"{question}/reminders"))

    [second] = post()
    assert link_in(first) != link_in(second)
    assert client.get(link_in(first)).status_code == client.get(link_in(second)).status_code == 200


def test_the_list_tells_what_waits_and_what_is_overdue(
    databases: Databases, signed_in: SignIn, client: TestClient
) -> None:
    editor = signed_in("editor")
    asked_and_answered(databases, editor, client)
    ask(editor, a_site(databases), "power_now_mw", reply_by="2026-11-02")
    with databases.owner.begin() as connection:
        connection.execute(text("update question set reply_by = '2026-11-01' where id = 2"))

    answered, overdue = (
        editor.get(f"/workspace/questions?stage={stage}").text for stage in ("answered", "overdue")
    )

    assert "/workspace/questions/1" in answered
    assert "/workspace/questions/2" not in answered
    assert "/workspace/questions/2" in overdue


def test_whoever_was_asked_before_is_offered_again(databases: Databases, signed_in: SignIn) -> None:
    editor, site = signed_in("editor"), a_site(databases)
    ask(editor, site, "power_now_mw")

    there = f"/workspace/sites/{site.reference}/questions/new"
    form = open_form(editor, f"{there}?field=redundancy", there)

    assert form["receiver_email"] == ["karin.ek@example.se"]
    assert form["fields"] == ["redundancy"]


def test_calls_to_the_page_are_limited(settings: Settings, databases: Databases) -> None:
    app = create_app(settings.model_copy(update={"answer_attempts": "2/minute"}), RULES)
    client = TestClient(app, base_url="http://127.0.0.1:8000")

    statuses = [client.get("/answer/" + "x" * 43).status_code for _ in range(3)]

    app.state.services.databases.dispose()
    assert statuses == [404, 404, 429]


def ask_of_profile(client: TestClient, *keys: str) -> str:
    """The address of the question just sent about Bollnäs itself."""
    address = "/workspace/profile/questions/new?municipality=2183"
    form = open_form(client, address)
    sent = client.post(
        address,
        data={
            **form,
            "fields": list(keys),
            "show": list(keys),
            "receiver_name": "Karin Ek",
            "receiver_email": "karin.ek@example.se",
            "receiver_organisation": "Ellevio",
        },
        follow_redirects=False,
    )
    assert sent.status_code == 303, sent.text
    return str(sent.headers["location"]).partition("?")[0]


def profile_now(databases: Databases) -> Municipality:
    with databases.writing(ADMIN) as session:
        return municipalities.find(session, "2183")


def test_an_answer_about_the_municipality_becomes_a_version_of_its_profile(
    databases: Databases, signed_in: SignIn, client: TestClient
) -> None:
    editor = signed_in("editor")
    question = ask_of_profile(editor, "grid_situation")
    asked = profile_now(databases)
    said = {"grid_situation__verdict": "corrected", "grid_situation": "Kapacitet finns från 2030."}
    answer(client, link_sent(databases), **said)

    page = decide(editor, question)

    behind = asked.provenance["grid_situation"]
    assert (behind.state, behind.asked) == ("unknown", "Karin Ek, Ellevio")
    after = profile_now(databases)
    behind = after.provenance["grid_situation"]
    assert after.values["grid_situation"] == "Kapacitet finns från 2030."
    assert (behind.basis, behind.source) == (
        "utility_written",
        "Karin Ek, Ellevio, svar 2 nov 2026",
    )
    assert (behind.verified_by, behind.verified_on) == ("Editor", TODAY)
    assert f"version {after.version} av profilen" in page
    with databases.writing(ADMIN) as session:
        latest = history.profile_versions(session, "2183", limit=1)[0]
    assert latest.reason == "Svar på fråga 1 från Karin Ek, Ellevio"


def test_the_letter_about_a_profile_names_the_municipality_and_no_site(
    databases: Databases, signed_in: SignIn, post: Post
) -> None:
    ask_of_profile(signed_in("editor"), "grid_situation")

    [letter] = post()

    assert letter["Subject"] == "Fråga om Bollnäs kommun"
    assert "lika för all mark" in text_of(letter)
    assert "– Läget i elnätet" in text_of(letter)


def test_a_withdrawn_question_about_a_profile_puts_the_field_back(
    databases: Databases, signed_in: SignIn
) -> None:
    editor = signed_in("editor")
    question = ask_of_profile(editor, "grid_situation")

    editor.post(
        f"{question}/withdrawal", data=open_form(editor, question, f"{question}/withdrawal")
    )

    assert "grid_situation" not in profile_now(databases).provenance


def test_the_profile_shows_which_of_its_questions_wait(
    databases: Databases, signed_in: SignIn
) -> None:
    editor = signed_in("editor")

    question = ask_of_profile(editor, "water_situation")

    page = editor.get("/workspace/profile?theme=supply").text
    assert f'href="{question}"' in page
    assert "/workspace/profile/questions/new?municipality=2183&amp;field=grid_situation" in page


def test_a_site_is_not_asked_about_what_only_a_profile_says(
    databases: Databases, signed_in: SignIn
) -> None:
    site, editor = a_site(databases), signed_in("editor")
    address = f"/workspace/sites/{site.reference}/questions/new"

    refused = editor.post(
        address, data={**open_form(editor, address), **asking(site, "grid_situation")}
    )

    assert refused.status_code == 422
    assert "Går inte att fråga om: grid_situation." in refused.text
