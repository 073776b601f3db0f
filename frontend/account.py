"""An account's own pages: details, security, tokens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from babel.dates import format_time
from sqlalchemy import RowMapping

from catalogue.accounts.passwords import LONGEST, SHORTEST
from catalogue.accounts.second_factors import Standing
from catalogue.accounts.sessions import OpenSession
from catalogue.accounts.sign_ins import OUTCOMES, WAYS, Event
from catalogue.accounts.tokens import LONGEST_LIFE_DAYS, SCOPES
from catalogue.errors import Fault
from frontend.formats import date_text
from frontend.rendering import SWEDISH_TIME, Page, render, swedish_day
from geo.texts import LOCALES, Language

TOKEN_KEYS = ("name", "scope", "days")
TONES = {"continued": "info", "succeeded": "success", "failed": "warning", "locked": "danger"}


@dataclass(frozen=True, kw_only=True)
class Security:
    """What the holder sees of how the account is entered."""

    has_password: bool
    factor: Standing
    is_factor_required: bool
    sessions: Sequence[OpenSession]
    events: Sequence[Event]
    kept_days: int


@dataclass(frozen=True, kw_only=True)
class TokenForm:
    """What was sent and refused, or the secret that has just been made."""

    values: Mapping[str, str] = field(default_factory=dict)
    faults: Sequence[Fault] = ()
    secret: str = ""
    is_revoked: bool = False


def details_page(
    page: Page,
    name: str,
    chosen: str,
    faults: Sequence[Fault] = (),
    *,
    last_day: date | None = None,
    is_saved: bool = False,
) -> str:
    """`last_day` is that of a registered investor's access."""
    return render(
        "account/details.html",
        page,
        name=name,
        last_day=last_day,
        chosen=chosen,
        is_saved=is_saved,
        **said(page, faults, ("name", "language")),
    )


def security_page(
    page: Page, security: Security, faults: Sequence[Fault] = (), saved: str = ""
) -> str:
    return render(
        "account/security.html",
        page,
        security=security,
        saved=saved,
        shortest=SHORTEST,
        longest=LONGEST,
        ways=WAYS,
        outcomes=OUTCOMES,
        tones=TONES,
        moment=lambda at: moment_text(at, page.language),
        **said(page, faults, ("old_password", "password", "factor_proof")),
    )


def tokens_page(page: Page, rows: Sequence[RowMapping], form: TokenForm, now: datetime) -> str:
    """Those that still open something first, and the form for one more."""
    alive = [
        row
        for row in rows
        if row["revoked_at"] is None and (row["expires_at"] is None or row["expires_at"] > now)
    ]
    return render(
        "account/tokens.html",
        page,
        alive=list(reversed(alive)),
        ended=len(rows) - len(alive),
        form=form,
        values={"name": "", "scope": "read", "days": "90", **form.values},
        scopes=SCOPES,
        longest_days=LONGEST_LIFE_DAYS,
        moment=lambda at: moment_text(at, page.language),
        **said(page, form.faults, TOKEN_KEYS),
    )


def said(page: Page, faults: Sequence[Fault], keys: tuple[str, ...]) -> dict[str, Any]:
    """Any: `faults` by field and `errors` for the summary, as templates take them."""
    texts = {fault.where: fault.text.in_language(page.language) for fault in faults}
    return {
        "faults": {key: texts.get(key, "") for key in keys},
        "errors": [
            {"field": where if where in keys else "", "text": text} for where, text in texts.items()
        ],
    }


def moment_text(at: datetime, language: Language) -> str:
    """`3 okt 2026 kl. 14.05`, `3 Oct 2026, 14:05`, where the readers are."""
    day = date_text(swedish_day(at), language)
    if language == "sv":
        time = format_time(at.astimezone(SWEDISH_TIME), "HH.mm", locale=LOCALES[language])
        return f"{day} kl. {time}"
    return f"{day}, {format_time(at.astimezone(SWEDISH_TIME), 'HH:mm', locale=LOCALES[language])}"
