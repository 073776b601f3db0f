"""The page that tells why something was refused, and leads on."""

from collections.abc import Callable

from fastapi.testclient import TestClient

SignIn = Callable[..., TestClient]
TOO_LARGE = b"x" * 20_000_001
IMPORTS = "/workspace/import"


def test_whoever_sent_too_much_is_led_back_to_the_form_they_came_from(client: TestClient) -> None:
    headers = {"Referer": f"{client.base_url}{IMPORTS}?municipality=2183"}

    page = client.post(IMPORTS, content=TOO_LARGE, headers=headers)

    assert page.status_code == 413
    assert f'href="{IMPORTS}?municipality=2183"' in page.text


def test_nobody_is_led_back_to_another_site(client: TestClient) -> None:
    foreign = client.post(IMPORTS, content=TOO_LARGE, headers={"Referer": "https://evil.example/x"})
    slashes = {"Referer": f"{client.base_url}//evil.example/x"}
    hidden = client.post(IMPORTS, content=TOO_LARGE, headers=slashes)

    assert "evil.example" not in foreign.text
    assert 'href="/evil.example/x"' in hidden.text


def test_whoever_is_signed_in_stays_so_on_the_page_of_a_refusal(signed_in: SignIn) -> None:
    page = signed_in("editor").get("/workspace/sites/GVB-2183-999")

    assert page.status_code == 404
    assert "Logga in" not in page.text
    assert 'href="/workspace"' in page.text
