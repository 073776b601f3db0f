"""The administrator's pages are the administrator's: every other role is refused at every one."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from catalogue.database import AccountRole

PAGES = (
    "/admin", "/admin/settings", "/admin/organisations", "/admin/organisations/1", "/admin/jobs",
    "/admin/activities", "/admin/activities/meeting",
    "/admin/letters", "/admin/audit", "/admin/audit.csv", "/admin/municipalities",
    "/admin/municipalities/2183", "/admin/users", "/admin/users/invite",
)  # fmt: skip
FORMS = (
    "/admin/users/invite", "/admin/users/1", "/admin/users/1/sessions",
    "/admin/users/1/invitation", "/admin/users/1/second-factor", "/admin/municipalities/2183", "/admin/organisations",
    "/admin/activities", "/admin/activities/meeting", "/admin/activities/meeting/removal",
    "/admin/organisations/1", "/admin/organisations/1/merge", "/admin/settings", "/admin/jobs/1",
)  # fmt: skip
OTHERS: tuple[AccountRole, ...] = ("editor", "publisher", "project", "investor")


@pytest.mark.parametrize("role", OTHERS)
def test_no_other_role_opens_or_sends_any_of_them(
    signed_in: Callable[..., TestClient], role: AccountRole
) -> None:
    other = signed_in(role)
    token = other.get("/").text.split('name="csrf-token" content="')[1].split('"')[0]

    opened = {page: other.get(page).status_code for page in PAGES}
    sent = {form: other.post(form, data={"csrf_token": token}).status_code for form in FORMS}

    assert set(opened.values()) | set(sent.values()) == {403}


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_asked_to_sign_in(client: TestClient, page: str) -> None:
    answer = client.get(page, follow_redirects=False)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?next=%2Fadmin")


@pytest.mark.parametrize("form", FORMS)
def test_a_form_without_its_proof_of_origin_is_refused(
    signed_in: Callable[..., TestClient], form: str
) -> None:
    assert signed_in("admin").post(form, data={}).status_code == 403


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("page", PAGES)
def test_an_administrator_opens_each_and_nobody_keeps_a_copy(
    signed_in: Callable[..., TestClient], page: str, language: str
) -> None:
    answer = signed_in("admin").get(language + page)

    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")


def test_the_menu_leads_only_administrators_there(signed_in: Callable[..., TestClient]) -> None:
    assert 'href="/admin"' in signed_in("admin").get("/").text
    assert 'href="/admin"' not in signed_in("project").get("/").text
