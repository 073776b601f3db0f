"""A second factor at sign-in: one-time codes of an app (RFC 6238), and codes for a lost phone."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

import pyotp
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from catalogue import jobs
from catalogue.accounts import account_letters, accounts
from catalogue.accounts.accounts import hashed
from catalogue.accounts.passwords import PASSWORDS
from catalogue.accounts.sealing import Seal, Unsealable
from catalogue.database import Actor
from catalogue.errors import CatalogueError, Fault, Invalid, NotPossible
from catalogue.tables import recovery_code, second_factor
from geo.texts import Text

STEP_S = 30
DRIFT = (0, -1, 1)
"""Steps that a phone's clock may be off, the likeliest first."""
RECOVERY_CODES = 10
ENROLMENT_LIFE = timedelta(hours=1)
"""How long a secret that is shown can be confirmed."""
ISSUER = "SiteFinder Gävleborg"


class WrongCode(CatalogueError):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "Koden stämmer inte eller är redan använd. Vänta på nästa i appen och försök igen.",
                "The code is not right or has been used. Wait for the next one and try again.",
            )
        )


class SecondFactorMissing(CatalogueError):
    """The account's role asks for a second factor, and the session was opened without one."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Din roll kräver tvåstegsinloggning. Slå på den i webbläsaren först.",
                "Your role requires two-step sign-in. Turn it on in the browser first.",
            )
        )


@dataclass(frozen=True)
class Standing:
    """Whether the account has a second factor, and how many recovery codes are left."""

    since: datetime | None = None
    codes_left: int = 0


def standing(session: Session, actor: Actor) -> Standing:
    since = session.scalars(
        select(second_factor.c.confirmed_at).where(second_factor.c.account_id == actor.account_id)
    ).first()
    left = session.scalars(
        select(func.count())
        .select_from(recovery_code)
        .where(recovery_code.c.account_id == actor.account_id, recovery_code.c.used_at.is_(None))
    ).one()
    return Standing(since, left)


def new_secret(seal: Seal, actor: Actor, now: datetime) -> str:
    """A secret to be shown and then confirmed, sealed for its account: kept by the form until
    then, so that looking at the page changes nothing."""
    return seal.closed(f"{actor.account_id} {pyotp.random_base32()}", now)


def shown(seal: Seal, actor: Actor, sealed: str, now: datetime) -> str:
    """The secret in Base32; raises `NotPossible` when it is too old or not the actor's."""
    try:
        owner, _, secret = seal.opened_within(sealed, ENROLMENT_LIFE, now).partition(" ")
    except Unsealable:
        owner, secret = "", ""
    if owner != str(actor.account_id):
        raise NotPossible(
            Text("Sidan är för gammal. Börja om.", "The page is too old. Start again.")
        )
    return secret


def address(secret: str, actor: Actor) -> str:
    """The `otpauth:` address that apps read from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=actor.email, issuer_name=ISSUER)


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The number of the 30 s step that the code belongs to; every step is compared, so that the
    time does not tell which was close."""
    current = int(now.timestamp()) // STEP_S
    totp = pyotp.TOTP(secret)
    found = [
        current + off
        for off in DRIFT
        if compare_digest(totp.generate_otp(current + off).encode(), code.encode())
    ]
    return found[0] if found else None


def confirm(
    session: Session, seal: Seal, actor: Actor, secret: str, code: str, now: datetime
) -> list[str]:
    """Turn it on; the recovery codes, which are shown once. Raises `Invalid` for a wrong code and
    `NotPossible` when one is on already."""
    step = matching_step(secret, plain(code), now)
    if step is None:
        raise Invalid([Fault("code", WrongCode().text)])
    added = session.execute(
        upsert(second_factor)
        .values(
            account_id=actor.account_id,
            secret=seal.closed(secret, now),
            confirmed_at=now,
            last_step=step,
        )
        .on_conflict_do_nothing()
        .returning(second_factor.c.account_id)
    ).first()
    if added is None:
        raise NotPossible(
            Text("Tvåstegsinloggning är redan på.", "Two-step sign-in is on already.")
        )
    jobs.defer_letter(session, account_letters.second_factor_on(accounts.details(session, actor)))
    return renew_codes(session, actor)


def renew_codes(session: Session, actor: Actor) -> list[str]:
    """New recovery codes, shown once; the old ones open nothing more."""
    session.execute(delete(recovery_code).where(recovery_code.c.account_id == actor.account_id))
    codes = [spelt(secrets.token_hex(8)) for _ in range(RECOVERY_CODES)]
    session.execute(
        insert(recovery_code),
        [{"account_id": actor.account_id, "code_hash": hashed(plain(one))} for one in codes],
    )
    return codes


def spelt(digits: str) -> str:
    """In fours, as people read them aloud: `9f3a-01bc-77de-e210`."""
    return "-".join(fours(digits))


def fours(digits: str) -> Iterable[str]:
    return (digits[start : start + 4] for start in range(0, len(digits), 4))


def plain(code: str) -> str:
    """Without the spaces and hyphens that people add; of bounded length."""
    return "".join(letter for letter in code[:40].lower() if letter.isalnum())


def check(session: Session, seal: Seal, actor: Actor, code: str, now: datetime) -> None:
    """Use a code up, the app's or a recovery code; raises `WrongCode`.

    A code that has been used is wrong, also for the second of two at the same time: the row is
    changed on the condition that nobody has come so far.
    """
    given = plain(code)
    used: object | None
    if len(given) == 16:
        used = session.execute(
            update(recovery_code)
            .where(
                recovery_code.c.account_id == actor.account_id,
                recovery_code.c.code_hash == hashed(given),
                recovery_code.c.used_at.is_(None),
            )
            .values(used_at=now)
            .returning(recovery_code.c.account_id)
        ).first()
    else:
        used = use_step(session, seal, actor, given, now)
    if used is None:
        raise WrongCode


def use_step(
    session: Session, seal: Seal, actor: Actor, given: str, now: datetime
) -> object | None:
    sealed = session.scalars(
        select(second_factor.c.secret).where(second_factor.c.account_id == actor.account_id)
    ).first()
    step = matching_step(seal.opened(sealed), given, now) if sealed else None
    if step is None:
        return None
    return session.execute(
        update(second_factor)
        .where(second_factor.c.account_id == actor.account_id, second_factor.c.last_step < step)
        .values(last_step=step)
        .returning(second_factor.c.account_id)
    ).first()


def prove(session: Session, seal: Seal, actor: Actor, proof: str, now: datetime) -> None:
    """The holder shows the password, or a code where the account has none; raises `Invalid` in
    the field `factor_proof`, and `NotPossible` where there is no second factor."""
    if standing(session, actor).since is None:
        raise NotPossible(Text("Tvåstegsinloggning är inte på.", "Two-step sign-in is not on."))
    kept = accounts.details(session, actor)["password_hash"]
    try:
        if kept is None:
            check(session, seal, actor, proof, now)
        elif not PASSWORDS.verify(proof, kept):
            raise Invalid([Fault("factor_proof", accounts.WRONG_PASSWORD)])
    except WrongCode as refusal:
        raise Invalid([Fault("factor_proof", refusal.text)]) from refusal


def remove(session: Session, actor: Actor) -> None:
    """Turn it off, by its holder, who has just shown the password; a letter says so."""
    session.execute(delete(recovery_code).where(recovery_code.c.account_id == actor.account_id))
    session.execute(delete(second_factor).where(second_factor.c.account_id == actor.account_id))
    jobs.defer_letter(session, account_letters.second_factor_off(accounts.details(session, actor)))


def remove_for(session: Session, account_id: int) -> None:
    """By an administrator, for somebody who has lost both phone and recovery codes."""
    session.execute(delete(recovery_code).where(recovery_code.c.account_id == account_id))
    session.execute(delete(second_factor).where(second_factor.c.account_id == account_id))
