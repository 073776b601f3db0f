"""Answers kept in memory while the catalogue stays the same."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar

Kept = TypeVar("Kept")


class AnswerCache:
    """The most recently used answers; keys carry the catalogue's version, so nothing goes stale."""

    def __init__(self, most: int = 2_000) -> None:
        self.most = most
        self.answers: OrderedDict[Hashable, object] = OrderedDict()
        self.lock = Lock()

    def kept(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """The answer kept under the key, made first where there is none."""
        with self.lock:
            if key in self.answers:
                self.answers.move_to_end(key)
                return self.answers[key]  # type: ignore[return-value]  # stored under this key by the same caller
        made = make()
        with self.lock:
            self.answers[key] = made
            while len(self.answers) > self.most:
                self.answers.popitem(last=False)
        return made
