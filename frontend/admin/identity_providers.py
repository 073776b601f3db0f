"""The administrator's pages of other services to sign in with."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from sqlalchemy import RowMapping

from catalogue.accounts.accounts import ROLE_LABELS
from catalogue.accounts.identity_providers import TEXT_KEYS, IdentityProvider
from catalogue.errors import Fault
from frontend.admin.sections import admin_page
from frontend.rendering import Page
from geo.texts import Text

PATH = "/admin/identity-providers"
KEYS = (*TEXT_KEYS, "client_secret", "asks_second_factor", "active")
FIELDS = (*KEYS, "claim_value", "role", "municipality", "subject", "email")
NEW = {
    "groups_claim": "roles",
    "email_claim": "email",
    "name_claim": "name",
    "active": "yes",
}
DONE = {
    "added": Text(
        "Tjänsten är tillagd. Koppla nu dess grupper till roller.",
        "The service is added. Now map its groups to roles.",
    ),
    "saved": Text("Ändringen är sparad.", "The change is saved."),
    "mapped": Text("Gruppen är kopplad.", "The group is mapped."),
    "removed": Text("Kopplingen är borttagen.", "The mapping is removed."),
    "linked": Text("Kontot är kopplat.", "The account is linked."),
}


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What was sent and refused, or has just been done."""

    values: Mapping[str, str] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)
    link: Mapping[str, str] = field(default_factory=dict)
    faults: Sequence[Fault] = ()
    done: str = ""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """One service with all that belongs to it; `callback` is what it needs to know of us."""

    provider: IdentityProvider
    mappings: Sequence[RowMapping]
    names: Mapping[str, str]
    callback: str


def providers_page(page: Page, providers: Sequence[IdentityProvider], sent: Sent) -> str:
    return admin_page(
        page,
        "identity_providers.html",
        PATH,
        providers=providers,
        values={**dict.fromkeys(KEYS, ""), **NEW, **sent.values},
        **said(page, sent),
    )


def provider_page(page: Page, opened: Opened, sent: Sent) -> str:
    kept = {
        key: ("yes" if value else "") if isinstance(value, bool) else value
        for key, value in asdict(opened.provider).items()
    }
    return admin_page(
        page,
        "identity_provider.html",
        PATH,
        opened=opened,
        values={**kept, **sent.values},
        mapping={"claim_value": "", "role": "", "municipality": "", **sent.mapping},
        link={"subject": "", "email": "", **sent.link},
        role_options=[
            (key, label.in_language(page.language)) for key, label in ROLE_LABELS.items()
        ],
        role_labels=ROLE_LABELS,
        done=DONE[sent.done].in_language(page.language) if sent.done in DONE else "",
        **said(page, sent),
    )


def said(page: Page, sent: Sent) -> dict[str, object]:
    """`faults` by field and `errors` for the summary, as templates take them."""
    texts = {fault.where: fault.text.in_language(page.language) for fault in sent.faults}
    return {
        "faults": {key: texts.get(key, "") for key in FIELDS},
        "errors": [{"field": where, "text": text} for where, text in texts.items()],
    }
