"""The person to call, as links that a telephone and a mail program understand."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

NOT_DIALLED = re.compile(r"\(0\)|[^\d+]")
"""The trunk zero that is written in brackets after a country code, and all that is no digit."""


@dataclass(frozen=True)
class Contact:
    """A named person; parts that are not given are empty."""

    name: str
    role: str = ""
    phone: str = ""
    email: str = ""
    subject: str = ""
    """What a message to the person is about."""

    @property
    def tel(self) -> str:
        return f"tel:{NOT_DIALLED.sub('', self.phone)}"

    @property
    def mailto(self) -> str:
        return f"mailto:{quote(self.email, safe='@')}?subject={quote(self.subject)}"


def contact(said: Mapping[str, Any], subject: str) -> Contact | None:
    """Any: JSON. None where the audience may not know the person."""
    if not said.get("contact_name"):
        return None
    return Contact(
        str(said["contact_name"]),
        str(said.get("contact_role", "")),
        str(said.get("contact_phone", "")),
        str(said.get("contact_email", "")),
        subject,
    )
