"""Forms that anybody may send: told apart from what robots send, without asking a third party.

A trap that people do not see, the time between opening and sending, and links in the words. What
looks suspicious is not refused: it counts once its sender has opened a link in a letter.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from catalogue.accounts.sealing import Seal, Unsealable
from catalogue.errors import Fault, Invalid
from catalogue.settings import Settings
from geo.texts import Text

TRAP = "website"
"""A field that no person fills in."""
OPENED = "opened"
"""A field that carries, sealed, when the form was opened."""
MOST_LINKS = 2
LINK = re.compile(r"https?://|www\.|<a\s", re.IGNORECASE)
PURPOSE = "open form "


@dataclass(frozen=True)
class Guard:
    """Judges forms by an installation's settings at a moment."""

    seal: Seal
    settings: Settings
    now: datetime

    def opened(self) -> str:
        """What a form carries from being opened to being sent."""
        return self.seal.closed(PURPOSE + self.now.isoformat(), self.now)

    def is_suspicious(self, texts: Mapping[str, str], words: str) -> bool:
        """Whether a robot may have sent it; raises `Invalid` as `opened_at`."""
        seconds = (self.now - self.opened_at(texts)).total_seconds()
        return (
            bool(texts.get(TRAP))
            or seconds < self.settings.form_seconds
            or len(LINK.findall(words)) > MOST_LINKS
        )

    def opened_at(self, texts: Mapping[str, str]) -> datetime:
        """Raises `Invalid` where the form was open too long, or does not come from a page."""
        life = timedelta(hours=self.settings.form_hours)
        try:
            opened = self.seal.opened_within(texts.get(OPENED, ""), life, self.now)
        except Unsealable as failure:
            raise too_old() from failure
        if not opened.startswith(PURPOSE):
            raise too_old()
        return datetime.fromisoformat(opened.removeprefix(PURPOSE))


def too_old() -> Invalid:
    text = Text(
        "Formuläret stod öppet för länge. Det du skrev finns kvar: läs igenom och skicka igen.",
        "The form stood open for too long. What you wrote is still here: read it through and send "
        "again.",
    )
    return Invalid([Fault("", text)], text)
