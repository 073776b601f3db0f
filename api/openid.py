"""OpenID Connect, our side: the code flow with PKCE against a provider, and its ID token checked.

Asks the issuer's own host and nobody else, whatever its documents say.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import orjson
from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel, ValidationError

from catalogue.accounts.identities import values_at
from catalogue.accounts.identity_providers import IdentityProvider
from catalogue.errors import CatalogueError
from geo.texts import Text

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
"""Signatures with the provider's own key; never `none`, never a shared secret."""
SCOPE = "openid profile email"
TIMEOUT_S = 10
LARGEST_ANSWER_BYTES = 1_000_000
LEEWAY_S = 60


class ProviderFailed(CatalogueError):
    """The provider did not answer as it should, or what came back is not what was asked for."""

    def __init__(self, why: str) -> None:
        super().__init__(
            Text(
                "Inloggningen hos den andra tjänsten kunde inte slutföras. Försök igen, eller "
                "logga in med lösenord.",
                "The sign-in at the other service could not be completed. Try again, or sign in "
                "with a password.",
            )
        )
        self.why = why
        """For the log."""


class Metadata(BaseModel):
    """What of the discovery document is used."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    end_session_endpoint: str | None = None


class Begun(BaseModel):
    """What this browser is in the middle of; kept sealed in its cookie until it comes back."""

    provider: int
    state: str
    nonce: str
    verifier: str
    onward: str
    language: str


def begin(provider: IdentityProvider, onward: str, language: str) -> Begun:
    return Begun(
        provider=provider.id,
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        onward=onward,
        language=language,
    )


@dataclass(frozen=True)
class Exchange:
    """One sign-in's talk with a provider; `client_secret` is open here."""

    provider: IdentityProvider
    client_secret: str
    redirect_uri: str

    def address(self, begun: Begun) -> str:
        """Where the browser is sent."""
        found = self.metadata()
        return str(
            add_params_to_uri(
                found.authorization_endpoint,
                [
                    ("response_type", "code"),
                    ("client_id", self.provider.client_id),
                    ("redirect_uri", self.redirect_uri),
                    ("scope", SCOPE),
                    ("state", begun.state),
                    ("nonce", begun.nonce),
                    ("code_challenge", create_s256_code_challenge(begun.verifier)),
                    ("code_challenge_method", "S256"),
                ],
            )
        )

    def end_address(self, back_to: str) -> str:
        """Where RP-initiated sign-out begins; empty where the provider has none."""
        found = self.metadata().end_session_endpoint
        if not found or origin(found) != origin(self.provider.issuer):
            return ""
        return str(
            add_params_to_uri(
                found,
                [
                    ("client_id", self.provider.client_id),
                    ("post_logout_redirect_uri", f"{back_to}/"),
                ],
            )
        )

    def claims(self, begun: Begun, code: str, now: datetime) -> dict[str, Any]:
        """What the provider says of the person, checked. Any: claims are JSON."""
        found = self.metadata()
        tokens = self.ask(
            "POST",
            found.token_endpoint,
            auth=(quote(self.provider.client_id, ""), quote(self.client_secret, "")),
            data={
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self.redirect_uri,
                "code_verifier": begun.verifier,
            },
        )
        told = checked(
            str(tokens.get("id_token", "")),
            self.ask("GET", found.jwks_uri),
            self.provider,
            begun.nonce,
            now,
        )
        if found.userinfo_endpoint and not values_at(told, self.provider.groups_claim):
            more = self.ask(
                "GET",
                found.userinfo_endpoint,
                headers={"Authorization": f"Bearer {tokens.get('access_token', '')}"},
            )
            if more.get("sub") != told["sub"]:
                raise ProviderFailed("userinfo is about somebody else")
            told = {**more, **told}
        return told

    def metadata(self) -> Metadata:
        issuer = self.provider.issuer
        raw = self.ask("GET", issuer.rstrip("/") + "/.well-known/openid-configuration")
        try:
            found = Metadata.model_validate(raw)
        except ValidationError as failure:
            raise ProviderFailed("discovery document is not complete") from failure
        if found.issuer != issuer:
            raise ProviderFailed(f"the document is of the issuer {found.issuer[:200]}")
        if origin(found.authorization_endpoint) != origin(issuer):
            raise ProviderFailed("the authorization endpoint is on another host")
        return found

    def ask(self, method: str, url: str, **sent: Any) -> dict[str, Any]:
        """A JSON object. Any: what httpx takes, and JSON."""
        if origin(url) != origin(self.provider.issuer):
            raise ProviderFailed(f"{url[:200]} is on another host than the issuer")
        try:
            with (
                httpx.Client(timeout=TIMEOUT_S, follow_redirects=False) as client,
                client.stream(method, url, **sent) as answer,
            ):
                body = bytearray()
                for part in answer.iter_bytes():
                    body += part
                    if len(body) > LARGEST_ANSWER_BYTES:
                        raise ProviderFailed("the answer is too large")
                answer.raise_for_status()
                read = orjson.loads(bytes(body))
        except (httpx.HTTPError, orjson.JSONDecodeError) as failure:
            raise ProviderFailed(f"{url[:200]}: {type(failure).__name__}") from failure
        if not isinstance(read, dict):
            raise ProviderFailed(f"{url[:200]} gave no object")
        return read


def origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def checked(
    id_token: str,
    keys: Mapping[str, Any],
    provider: IdentityProvider,
    nonce: str,
    now: datetime,
) -> dict[str, Any]:
    """The ID token's claims; raises `ProviderFailed` unless the issuer signed them, for us, in
    answer to this sign-in, and lately. Any: claims and keys are JSON."""
    try:
        token = jwt.decode(id_token, KeySet.import_key_set(keys), algorithms=ALGORITHMS)  # type: ignore[arg-type]  # a key set as JSON, which is checked there
        told = CodeIDToken(
            token.claims,
            token.header,
            {
                "iss": {"essential": True, "value": provider.issuer},
                "aud": {"essential": True, "value": provider.client_id},
                "sub": {"essential": True},
            },
            {"nonce": nonce, "client_id": provider.client_id},
        )
        told.validate(now=int(now.timestamp()), leeway=LEEWAY_S)
    except (JoseError, ValueError, TypeError) as failure:
        raise ProviderFailed(f"ID token: {failure}") from failure
    return dict(token.claims)
