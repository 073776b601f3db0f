"""Identity providers (OpenID Connect) that an administrator has set up, and what their groups mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from sqlalchemy import RowMapping, delete, insert, select, update
from sqlalchemy.orm import Session

from catalogue.accounts.sealing import Seal
from catalogue.administration import audit
from catalogue.database import AccountRole
from catalogue.errors import Fault, Invalid, NotFound
from catalogue.tables import account, claim_mapping, external_identity, identity_provider
from geo.texts import Text

TEXT_KEYS = (
    "label", "issuer", "client_id", "groups_claim", "email_claim", "name_claim", "trusted_domain",
)  # fmt: skip
REQUIRED = frozenset(TEXT_KEYS) - {"trusted_domain"}
LONGEST = 300


@dataclass(frozen=True)
class IdentityProvider:
    """`groups_claim` is a path, such as `roles` or `realm_access.roles`.

    A provider is trusted for an e-mail domain, or for none: only then does an address alone join
    somebody to an account that is there already.
    """

    id: int
    label: str
    issuer: str
    client_id: str
    client_secret: str
    """Sealed."""
    groups_claim: str
    email_claim: str
    name_claim: str
    trusted_domain: str
    asks_second_factor: bool
    active: bool


def everyone(session: Session) -> list[IdentityProvider]:
    rows = session.execute(select(identity_provider).order_by(identity_provider.c.label))
    return [IdentityProvider(*row) for row in rows]


def offered(session: Session) -> list[IdentityProvider]:
    """Those on the sign-in page."""
    return [one for one in everyone(session) if one.active]


def find(session: Session, number: int) -> IdentityProvider:
    """Raises `NotFound`."""
    row = session.execute(select(identity_provider).where(identity_provider.c.id == number)).first()
    if row is None:
        raise no_such_provider()
    return IdentityProvider(*row)


def find_offered(session: Session, number: int) -> IdentityProvider:
    """Raises `NotFound`, also for one that is not in use."""
    found = find(session, number)
    if not found.active:
        raise no_such_provider()
    return found


def no_such_provider() -> NotFound:
    return NotFound(Text("Inloggningstjänsten finns inte.", "There is no such sign-in service."))


def add(session: Session, seal: Seal, given: Mapping[str, str], now: datetime) -> int:
    """Raises `Invalid`; `given` has the keys of the table as typed, flags as `yes` or empty."""
    secret = given.get("client_secret", "").strip()
    values = read(given)
    if not secret:
        raise Invalid([Fault("client_secret", Text("Ange hemligheten.", "Give the secret."))])
    return int(
        session.scalars(
            insert(identity_provider)
            .values(**values, client_secret=seal.closed(secret, now))
            .returning(identity_provider.c.id)
        ).one()
    )


def change(
    session: Session, seal: Seal, number: int, given: Mapping[str, str], now: datetime
) -> None:
    """As `add`; an empty secret leaves the old one."""
    before = find(session, number)
    values = read(given)
    secret = given.get("client_secret", "").strip()
    if secret:
        values["client_secret"] = seal.closed(secret, now)
        audit.note(
            session,
            audit.Note(kind="identity_provider", action="secret_changed", subject=before.label),
        )
    session.execute(
        update(identity_provider).where(identity_provider.c.id == number).values(**values)
    )


def read(given: Mapping[str, str]) -> dict[str, object]:
    texts = {key: given.get(key, "").strip() for key in TEXT_KEYS}
    texts["issuer"] = texts["issuer"].removesuffix("/.well-known/openid-configuration")
    texts["trusted_domain"] = texts["trusted_domain"].lower().removeprefix("@")
    faults = [
        Fault(key, Text("Fyll i det här.", "Fill this in."))
        for key in TEXT_KEYS
        if (key in REQUIRED and not texts[key]) or len(texts[key]) > LONGEST
    ]
    if texts["issuer"] and not is_allowed_issuer(texts["issuer"]):
        said = Text(
            "Ange utfärdarens adress, som börjar med https://.",
            "Give the issuer's address, which begins with https://.",
        )
        faults.append(Fault("issuer", said))
    if faults:
        raise Invalid(faults)
    flags = {key: given.get(key) == "yes" for key in ("asks_second_factor", "active")}
    return {**texts, **flags}


def is_allowed_issuer(issuer: str) -> bool:
    """Over https, or on this machine."""
    url = urlsplit(issuer)
    if not url.hostname or url.query or url.fragment or url.username:
        return False
    return url.scheme == "https" or (url.scheme == "http" and is_loopback(url.hostname))


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def mappings(session: Session, number: int) -> list[RowMapping]:
    statement = (
        select(claim_mapping)
        .where(claim_mapping.c.provider_id == number)
        .order_by(claim_mapping.c.claim_value)
    )
    return list(session.execute(statement).mappings())


def add_mapping(
    session: Session, number: int, claim_value: str, role: str, municipality: str
) -> None:
    """What a group or role there means here; raises `Invalid`."""
    claim_value = claim_value.strip()
    faults = []
    if not 0 < len(claim_value) <= LONGEST:
        said = Text("Ange gruppen eller rollen.", "Give the group or role.")
        faults.append(Fault("claim_value", said))
    elif any(row["claim_value"] == claim_value for row in mappings(session, number)):
        said = Text("Gruppen är redan kopplad.", "The group is mapped already.")
        faults.append(Fault("claim_value", said))
    if role not in RANK or (role in ("editor", "publisher")) != bool(municipality):
        said = Text(
            "Redaktör och publicerare hör till en kommun, övriga roller inte.",
            "Editors and publishers belong to a municipality, other roles do not.",
        )
        faults.append(Fault("role", said))
    if faults:
        raise Invalid(faults)
    session.execute(
        insert(claim_mapping).values(
            provider_id=number,
            claim_value=claim_value,
            role=role,
            municipality=municipality or None,
        )
    )


def remove_mapping(session: Session, number: int, mapping: int) -> None:
    session.execute(
        delete(claim_mapping).where(
            claim_mapping.c.provider_id == number, claim_mapping.c.id == mapping
        )
    )


def link(session: Session, number: int, subject: str, email: str, now: datetime) -> None:
    """Join somebody at the provider to an account that is there; raises `Invalid`."""
    provider = find(session, number)
    found = session.scalars(
        select(account.c.id).where(account.c.email == email.strip().lower())
    ).first()
    faults = []
    if not 0 < len(subject.strip()) <= LONGEST:
        faults.append(Fault("subject", Text("Ange ämnes-id.", "Give the subject.")))
    if found is None:
        said = Text("Det finns inget sådant konto.", "There is no such account.")
        faults.append(Fault("email", said))
    if faults:
        raise Invalid(faults)
    session.execute(
        delete(external_identity).where(
            external_identity.c.issuer == provider.issuer,
            external_identity.c.subject == subject.strip(),
        )
    )
    session.execute(
        insert(external_identity).values(
            issuer=provider.issuer, subject=subject.strip(), account_id=found, linked_at=now
        )
    )
    joined = {"label": provider.label, "claim_value": subject.strip()}
    audit.note(
        session,
        audit.Note(kind="account", action="linked", subject=email.strip().lower(), after=joined),
    )


RANK: tuple[AccountRole, ...] = ("admin", "project", "publisher", "editor", "investor")
"""Of several groups, the one that may most counts."""


def best_mapping(session: Session, number: int, values: frozenset[str]) -> RowMapping | None:
    """What the groups of somebody at the provider mean here; None where they mean nothing."""
    found = [row for row in mappings(session, number) if row["claim_value"] in values]
    return min(
        found, key=lambda row: (RANK.index(row["role"]), row["municipality"] or ""), default=None
    )
