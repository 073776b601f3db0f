"""What a person at the terminal sees while things are set up."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress


def say(text: str, end: str = "\n") -> None:
    # The terminal may be gone while we still have servers to stop.
    with suppress(OSError):
        sys.stdout.write(text + end)
        sys.stdout.flush()


class Steps:
    """Numbered steps, each on a line with the time it took."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.number = 0
        self.began = time.monotonic()

    @property
    def seconds(self) -> float:
        """Since the first step began."""
        return time.monotonic() - self.began

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        self.number += 1
        began = time.monotonic()
        say(f"[{self.number}/{self.total}] {title} … ", end="")
        try:
            yield
        except BaseException:
            say("")
            raise
        say(f"{time.monotonic() - began:.1f} s")

    def note(self, text: str) -> None:
        """A line of its own within a step, for what a person would wonder about."""
        say(f"\n      {text} … ", end="")
