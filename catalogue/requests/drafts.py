"""A sentence while it is read: what has been found in it so far, and which words are taken."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError

from catalogue.requests.deadlines import Deadline
from catalogue.requests.importance import clause, is_must
from catalogue.requests.leftovers import OUT_OF_RANGE, Unread
from catalogue.requests.places import Places
from catalogue.requests.quantities import Quantity
from catalogue.requests.requirements import Requirement
from catalogue.requests.sentences import Sentence
from geo.texts import Text

Span = tuple[int, int]


@dataclass(frozen=True)
class Found:
    """A requirement and where in its sentence it was read."""

    place: int
    end: int
    requirement: Requirement


@dataclass(frozen=True)
class Left:
    """A part of the sentence that was not read, and why."""

    start: int
    end: int
    reason: Text
    key: str = ""


@dataclass
class Draft:
    """The readers of needs take words from it, one after the other, the surest first."""

    sentence: Sentence
    places: Places
    today: date
    used: list[Span] = field(default_factory=list)
    barred: list[Span] = field(default_factory=list)
    """Parts that ask for nothing by themselves: a condition on a condition, the client's own figures."""
    found: list[Found] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    dates: list[Deadline] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.sentence.text

    def is_free(self, start: int, end: int) -> bool:
        """Whether no reader has taken any of these words, and they may be read at all."""
        return not any(start < b and a < end for a, b in (*self.used, *self.barred))

    def take(self, *spans: Span) -> None:
        self.used += spans

    def leave(self, span: Span, reason: Text, key: str = "") -> None:
        """Told as not read; its words are taken so that nothing else is made of them."""
        self.used.append(span)
        self.left.append(Left(*span, reason, key))

    def add(
        self, key: str, op: str, value: Any, *spans: Span, takes: bool = True, **more: Any
    ) -> None:
        """A requirement read from these words. Any: checked by the model.

        The first of them is where its importance is said. What the registry cannot hold is left
        as not read; without `takes` the words may tell of another need too.
        """
        place, end = min(a for a, _ in spans), max(b for _, b in spans)
        if takes:
            self.take(*spans)
        try:
            requirement = Requirement(
                key=key,
                op=op,  # type: ignore[arg-type]  # checked by the model
                value=value,
                must=more.pop("must", None)
                if "must" in more
                else is_must(self.text, spans[0], self.sentence.is_must),
                fragment=self.fragment(place, end),
                question=self.sentence.question[:500],
                **more,
            )
        except ValidationError:
            self.left.append(Left(place, end, OUT_OF_RANGE, key))
            return
        self.found.append(Found(place, end, requirement))

    def fragment(self, place: int, end: int) -> str:
        """The clauses that the words stand in, as the client wrote them."""
        start = clause(self.text, place)[0]
        stop = clause(self.text, max(place, end - 1))[1]
        return trimmed(self.text[start:stop])[:500]

    def told(self) -> list[Unread]:
        """What was left, one fragment a clause, in the order of the sentence."""
        found: list[Unread] = []
        reached = -1
        for one in sorted(self.left, key=lambda left: left.start):
            if one.end <= reached:
                continue
            start, _ = clause(self.text, one.start)
            _, reached = clause(self.text, max(one.start, one.end - 1))
            if not self.found and len(self.text) <= 160:
                start, reached = 0, len(self.text)
            fragment = trimmed(self.text[start:reached])[:500]
            found.append(Unread(fragment, one.reason, one.key, self.sentence.question))
        return found


def trimmed(text: str) -> str:
    return text.strip(" ,;|–—-").strip()
