"""What is stored so that the database alone does not give it away: sealed with a key of its own.

The key is a setting or, where none is set, a file in the data folder; whoever loses it loses
second factors and client secrets, nothing else. A backup of the database does not hold it.
"""

import hmac
import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from catalogue.settings import Settings

FILE = "secret.key"


class Unsealable(Exception):
    """Sealed with another key, changed since, or too old."""


@dataclass(frozen=True)
class Seal:
    """`key` is 32 random bytes, base64url as Fernet writes it."""

    key: str

    @cached_property
    def fernet(self) -> Fernet:
        return Fernet(self.key)

    def closed(self, text: str, now: datetime) -> str:
        return self.fernet.encrypt_at_time(text.encode(), int(now.timestamp())).decode()

    def opened(self, sealed: str) -> str:
        """Raises `Unsealable`."""
        try:
            return self.fernet.decrypt(sealed.encode()).decode()
        except InvalidToken as failure:
            raise Unsealable from failure

    def opened_within(self, sealed: str, life: timedelta, now: datetime) -> str:
        """Raises `Unsealable`, also when it was closed longer ago than `life`."""
        seconds = int(life.total_seconds())
        try:
            opened = self.fernet.decrypt_at_time(sealed.encode(), seconds, int(now.timestamp()))
        except InvalidToken as failure:
            raise Unsealable from failure
        return opened.decode()

    def fingerprint(self, text: str) -> str:
        """The same for the same text, and of no use without the key."""
        return hmac.new(self.key.encode(), text.encode(), sha256).hexdigest()


def has_key(settings: Settings) -> bool:
    """Whether there is one yet, without making it."""
    return settings.secret_key is not None or (settings.data / FILE).exists()


def seal_of(settings: Settings) -> Seal:
    return Seal(settings.secret_key or kept_key(settings.data / FILE))


def kept_key(file: Path) -> str:
    """The key in the file; made by whoever comes first, readable by its owner alone."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as output:
            output.write(Fernet.generate_key())
        try:
            file.hardlink_to(unfinished)
        except FileExistsError:
            pass
        finally:
            unfinished.unlink()
    return file.read_text().strip()
