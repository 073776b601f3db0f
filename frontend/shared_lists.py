"""The pages of shared shortlists: made, seen by whoever has the link, managed and taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalogue.comparisons.chosen_sites import MOST
from catalogue.comparisons.comparison import Comparison
from catalogue.comparisons.shared_list_changes import changed
from catalogue.comparisons.shared_list_input import (
    DAYS,
    LONGEST_PASSWORD,
    LONGEST_TITLE,
    SHORTEST_PASSWORD,
)
from catalogue.comparisons.shared_lists import MAY_SHOW_REGISTERED, SharedList
from catalogue.errors import Fault
from catalogue.forms.form_texts import Texts
from frontend.compare import Asked, compare_address, heads, side_by_side
from frontend.maps import Backdrop
from frontend.rendering import Page, render
from frontend.search_cards import Card
from frontend.shortlist import site_card
from geo.texts import Text

SHARED_PATH = "/account/shared"
FIELDS = ("title", "shared_by", "days", "audience")
"""Of the form; the password is never written back."""


@dataclass(frozen=True, kw_only=True)
class SharedItem:
    """One site of a shared list; `card` is None where the site is shown no more."""

    reference: str
    note: str
    card: Card | None
    changes: Sequence[str]
    """The labels of what has changed since it was shared."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A list about to be shared: its sites, what was filled in, and what of it is wrong."""

    features: Sequence[Mapping[str, Any]]
    """Any: GeoJSON."""
    texts: Texts
    faults: Sequence[Fault] = ()


def share_page(page: Page, draft: Draft, today: date) -> str:
    cards = [site_card(feature, page.language, today) for feature in draft.features]
    errors = {one.where: one.text.in_language(page.language) for one in draft.faults}
    return render(
        "shared/new.html",
        page,
        cards=cards,
        notes={
            card.reference: "".join(draft.texts.get(f"note-{card.reference}", ())[:1])
            for card in cards
        },
        included=draft.texts.get("include", ()),
        values={name: "".join(draft.texts.get(name, ())[:1]) for name in FIELDS},
        errors={name: errors.get(name, "") for name in (*FIELDS, "password")},
        summary=[{"field": name, "text": text} for name, text in errors.items()],
        days=[
            (str(n), Text("{n} dagar", "{n} days").format(n=n).in_language(page.language))
            for n in DAYS
        ],
        may_show_registered=page.account is not None and page.account.role in MAY_SHOW_REGISTERED,
        longest=LONGEST_TITLE,
        shortest_password=SHORTEST_PASSWORD,
        longest_password=LONGEST_PASSWORD,
    )


def managed_page(
    page: Page, shared: SharedList, link: str, secret: str, *, is_over: bool, is_new: bool
) -> str:
    return render(
        "shared/manage.html",
        page,
        shared=shared,
        link=link,
        secret=secret,
        is_over=is_over,
        is_new=is_new,
    )


def password_page(page: Page, shared: SharedList, token: str, *, is_wrong: bool = False) -> str:
    return render("shared/password.html", page, shared=shared, token=token, is_wrong=is_wrong)


def shared_page(
    page: Page,
    backdrop: Backdrop,
    shared: SharedList,
    comparison: Comparison,
    today: date,
    *,
    token: str,
) -> str:
    """What holds today of each site, with what has changed since; side by side where there is
    room for all.
    """
    language = page.language
    told = {site["reference"]: site for site in comparison.sites}
    changes = {
        one.reference: changed(one, told[one.reference], shared.audience)
        for one in shared.items
        if one.reference in told
    }
    cards = {str(one["id"]): site_card(one, language, today) for one in comparison.features}
    asked = Asked(
        audience=shared.audience,
        today=today,
        changes={where: {field.key for field in fields} for where, fields in changes.items()},
    )
    fits = 1 < len(told) <= MOST
    return render(
        "shared/list.html",
        page,
        **(side_by_side(page, backdrop, comparison, asked) if fits else {"map": None}),
        heads=[one.still() for one in heads(comparison, language, asked)] if fits else [],
        asked=asked,
        shared=shared,
        token=token,
        items=[
            SharedItem(
                reference=one.reference,
                note=one.note,
                card=cards.get(one.reference),
                changes=[
                    field.label.in_language(language) for field in changes.get(one.reference, ())
                ],
            )
            for one in shared.items
        ],
        compare=compare_address(language, comparison.references[:MOST]),
        has_changes=any(changes.values()),
    )


def own_page(page: Page, lists: Sequence[SharedList], done: str, over: Sequence[int]) -> str:
    """An account's own; `over` are the numbers of those that hold no more."""
    return render("account/shared.html", page, lists=lists, done=done, over=over, path=SHARED_PATH)
