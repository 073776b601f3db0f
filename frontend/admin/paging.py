"""One page of a long list: which it is, and the addresses of its neighbours."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from frontend.rendering import Page, address

PAGE_SIZE = 50


@dataclass(frozen=True, kw_only=True)
class Paging:
    first: int
    last: int
    total: int
    previous: str
    next: str


def paging(page: Page, number: int, total: int) -> Paging:
    """Of the list that the page shows, under the filter in its address."""
    first = (number - 1) * PAGE_SIZE + 1

    def turned(to: int) -> str:
        if not 1 <= to <= -(-total // PAGE_SIZE):
            return ""
        kept = [(name, value) for name, value in parse_qsl(page.query) if name != "page"]
        return address(page.language, page.path, **dict(kept), page=to)

    return Paging(
        first=min(first, total),
        last=min(first + PAGE_SIZE - 1, total),
        total=total,
        previous=turned(number - 1),
        next=turned(number + 1),
    )
