"""Who somebody from an identity provider is here: found by issuer and subject, told by groups."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import RowMapping, insert, select, update
from sqlalchemy.orm import Session

from catalogue.accounts import accounts, sessions
from catalogue.accounts.accounts import actor_of
from catalogue.accounts.identity_providers import IdentityProvider, best_mapping
from catalogue.database import Actor
from catalogue.errors import CatalogueError
from catalogue.tables import account, external_identity
from geo.texts import Text

Claims = Mapping[str, object]


class IdentityRefused(CatalogueError):
    """The provider knows who it is, but that opens nothing here."""


def enter(session: Session, provider: IdentityProvider, claims: Claims, now: datetime) -> Actor:
    """The account of whom the provider has vouched for, with the role that the groups give now;
    made where there is none. Raises `IdentityRefused`.

    `claims` are checked already: signature, issuer, audience, time and nonce.
    """
    mapping = best_mapping(session, provider.id, values_at(claims, provider.groups_claim))
    if mapping is None:
        raise IdentityRefused(
            Text(
                "Din inloggning hos {label} ger ingen behörighet här. Be projektkontoret koppla "
                "en av dina grupper till en roll.",
                "Your sign-in at {label} gives no rights here. Ask the project office to map one "
                "of your groups to a role.",
            ).format(label=provider.label)
        )
    subject = str(claims["sub"])
    row = linked(session, provider, subject) or joined(session, provider, claims, mapping, now)
    if not row["active"]:
        raise IdentityRefused(Text("Kontot är avstängt.", "The account is closed."))
    return with_rights(session, row, mapping)


def values_at(claims: Claims, path: str) -> frozenset[str]:
    """The texts at a path such as `realm_access.roles`, one or a list of them; a claim whose own
    name has dots in it, as some providers' have, is found too."""
    found: object = claims.get(path)
    if found is None:
        found = claims
        for part in path.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return frozenset({found})
    if isinstance(found, list):
        return frozenset(one for one in found if isinstance(one, str))
    return frozenset()


def linked(session: Session, provider: IdentityProvider, subject: str) -> RowMapping | None:
    statement = (
        select(account)
        .join(external_identity, external_identity.c.account_id == account.c.id)
        .where(
            external_identity.c.issuer == provider.issuer, external_identity.c.subject == subject
        )
    )
    return session.execute(statement).mappings().first()


def joined(
    session: Session,
    provider: IdentityProvider,
    claims: Claims,
    mapping: RowMapping,
    now: datetime,
) -> RowMapping:
    """Joined to the account of the address, where the provider is trusted for its domain, or to a
    new one."""
    email = text_at(claims, provider.email_claim).lower()
    if not accounts.ADDRESS.fullmatch(email):
        raise IdentityRefused(
            Text(
                "{label} lämnar ingen e-postadress ({claim}). Be projektkontoret om hjälp.",
                "{label} gives no e-mail address ({claim}). Ask the project office for help.",
            ).format(label=provider.label, claim=provider.email_claim)
        )
    number = session.scalars(select(account.c.id).where(account.c.email == email)).first()
    if number is not None and not is_trusted(provider, claims, email):
        raise IdentityRefused(
            Text(
                "Det finns redan ett konto för {email}. Be en administratör koppla det till din "
                "inloggning hos {label}; ditt id där är {subject}.",
                "There is an account for {email} already. Ask an administrator to link it to your "
                "sign-in at {label}; your id there is {subject}.",
            ).format(email=email, label=provider.label, subject=str(claims["sub"]))
        )
    if number is None:
        number = accounts.add(
            session,
            email,
            text_at(claims, provider.name_claim)[: accounts.LONGEST_NAME] or email,
            mapping["role"],
            mapping["municipality"],
            None,
        )
    session.execute(
        insert(external_identity).values(
            issuer=provider.issuer, subject=str(claims["sub"]), account_id=number, linked_at=now
        )
    )
    return session.execute(select(account).where(account.c.id == number)).mappings().one()


def text_at(claims: Claims, path: str) -> str:
    return next(iter(values_at(claims, path)), "").strip()


def is_trusted(provider: IdentityProvider, claims: Claims, email: str) -> bool:
    """Whether the provider's word for this address is enough; one it calls unverified is not."""
    domain = email.rpartition("@")[2]
    return domain == provider.trusted_domain and claims.get("email_verified") is not False


def with_rights(session: Session, row: RowMapping, mapping: RowMapping) -> Actor:
    """What the groups say now; when that has changed, sessions with the old rights end."""
    rights = {"role": mapping["role"], "municipality": mapping["municipality"]}
    if any(row[key] != value for key, value in rights.items()):
        session.execute(update(account).where(account.c.id == row["id"]).values(**rights))
        sessions.end_all(session, row["id"])
        row = session.execute(select(account).where(account.c.id == row["id"])).mappings().one()
    return actor_of(row)
