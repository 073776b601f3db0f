"""Letters: how they look, and how they reach a mail server or a folder."""

import re
import ssl
import subprocess
from email import message_from_bytes, policy
from pathlib import Path
from smtplib import SMTPAuthenticationError, SMTPNotSupportedError, SMTPRecipientsRefused
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from pydantic import ValidationError

from catalogue.letters.mail import composed, send
from catalogue.settings import Settings
from tests.mail_servers import Inbox, Strict, a_letter, mail_server


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A mail server's certificate that this machine trusts while the test runs."""
    key, chain = tmp_path / "key.pem", tmp_path / "chain.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=mail",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", chain],
        check=True, capture_output=True,
    )  # fmt: skip
    monkeypatch.setenv("SSL_CERT_FILE", str(chain))
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(chain, key)
    return server


def knows_anna(*conversation: Any) -> AuthResult:
    given: LoginPassword = conversation[-1]
    known = (given.login, given.password) == (b"anna", b"p@ss:w/rd")
    return AuthResult(success=known, handled=known)


def settings_with(tmp_path: Path, smtp_url: str | None = None) -> Settings:
    return Settings(data=tmp_path, smtp_url=smtp_url, public_url="https://katalog.example.se")


def test_a_letter_reaches_the_mail_server(tmp_path: Path) -> None:
    inbox = Inbox()
    with mail_server(inbox) as place:
        send(a_letter(), settings_with(tmp_path, f"smtp://{place}"))

    [letter] = inbox.letters
    assert letter["From"] == "SiteFinder <sitefinder@example.se>"
    assert letter["To"] == "anna.prov@example.se"
    assert letter["Subject"] == "Granska Långnäs"


def test_a_letter_says_the_same_as_text_and_as_html(tmp_path: Path) -> None:
    message = composed(a_letter(), settings_with(tmp_path))

    text, html = (part.get_content() for part in message.iter_parts())
    link = "https://katalog.example.se/workspace/sites/GVB-2183-001"
    assert message["Content-Language"] == "sv"
    assert f"Gå igenom den.\n\nÖppna platsen:\n{link}\n" in text
    for words in text.split("\n\n"):
        assert all(line.rstrip(":") in html for line in words.strip().split("\n"))
    assert f'<a href="{link}"' in html


def test_a_letter_as_html_fetches_nothing_and_needs_no_style_sheet(tmp_path: Path) -> None:
    html = list(composed(a_letter(), settings_with(tmp_path)).iter_parts())[1].get_content()

    assert not re.search(r"<(img|style|link|script|iframe)\b|url\(", html)


def test_a_name_cannot_bring_markup_or_headers_into_a_letter(tmp_path: Path) -> None:
    name = "<b>Näset</b>\r\nBcc: alla@example.se"

    message = composed(a_letter(subject=name, paragraphs=[name]), settings_with(tmp_path))

    assert message["Bcc"] is None
    assert "<b>" not in list(message.iter_parts())[1].get_content()


def test_a_letter_sent_again_has_the_same_message_id(tmp_path: Path) -> None:
    letter, settings = a_letter(), settings_with(tmp_path)

    first, second = composed(letter, settings), composed(letter, settings)

    assert first["Message-ID"] == second["Message-ID"] == f"<{letter.id}@example.se>"


def test_without_a_mail_server_letters_are_kept_as_files(tmp_path: Path) -> None:
    send(a_letter(), settings_with(tmp_path))

    [file] = (tmp_path / "mail").iterdir()
    kept = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert file.suffix == ".eml"
    assert kept["Subject"] == "Granska Långnäs"


@pytest.mark.parametrize(
    ("scheme", "query", "encryption"),
    [("smtp", "?starttls=true", "tls_context"), ("smtps", "", "ssl_context")],
)
def test_the_password_goes_over_an_encrypted_connection(
    tmp_path: Path, certificate: ssl.SSLContext, scheme: str, query: str, encryption: str
) -> None:
    inbox = Inbox()
    # aiosmtpd takes its own smtps for unencrypted, and warns when it shall ask for a password there.
    strict = encryption == "tls_context"
    options = {encryption: certificate, "auth_require_tls": strict, "auth_required": strict}
    with mail_server(inbox, authenticator=knows_anna, **options) as place:
        url = f"{scheme}://anna:p%40ss%3Aw%2Frd@{place}{query}"
        send(a_letter(), settings_with(tmp_path, url))

    assert len(inbox.letters) == 1


def test_a_wrong_password_is_an_error(tmp_path: Path, certificate: ssl.SSLContext) -> None:
    options = {"auth_required": True, "authenticator": knows_anna, "tls_context": certificate}
    with mail_server(Inbox(), **options) as place, pytest.raises(SMTPAuthenticationError):
        send(a_letter(), settings_with(tmp_path, f"smtp://anna:fel@{place}?starttls=true"))


def test_a_mail_server_with_an_unknown_certificate_is_not_trusted(
    tmp_path: Path, certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")

    with (
        mail_server(Inbox(), tls_context=certificate) as place,
        pytest.raises(ssl.SSLCertVerificationError),
    ):
        send(a_letter(), settings_with(tmp_path, f"smtp://{place}?starttls=true"))


def test_a_letter_is_not_sent_in_the_clear_where_encryption_is_asked_for(tmp_path: Path) -> None:
    with mail_server(Inbox()) as place, pytest.raises(SMTPNotSupportedError):
        send(a_letter(), settings_with(tmp_path, f"smtp://{place}?starttls=true"))


def test_an_unknown_receiver_is_an_error(tmp_path: Path) -> None:
    with mail_server(Strict()) as place, pytest.raises(SMTPRecipientsRefused):
        send(a_letter(), settings_with(tmp_path, f"smtp://{place}"))


@pytest.mark.parametrize(
    "url", ["mail.example.se", "http://mail.example.se", "smtp://", "smtp://mail?tls=true"]
)
def test_a_misspelt_mail_server_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(ValidationError, match="smtp_url"):
        Settings(smtp_url=url)
