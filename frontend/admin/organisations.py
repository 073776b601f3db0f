"""The pages of the organisations that sites name: all of them by list, and each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogue.administration.organisations import KINDS, Listed, Organisation
from catalogue.errors import Fault
from frontend.admin.sections import admin_page
from frontend.rendering import Page

PATH = "/admin/organisations"
LANGUAGES = (("sv", "Svenska"), ("en", "English"))


@dataclass(frozen=True, kw_only=True)
class Opened:
    """One organisation with all that its page shows."""

    kept: Organisation
    others: Sequence[Organisation]
    """Of the same list."""
    names: Mapping[str, str]
    """The municipalities' by code."""
    serves: Mapping[str, bool]
    named_by: int


def organisations_page(
    page: Page,
    listed: Sequence[Listed],
    names: Mapping[str, str],
    *,
    done: str,
    sent: Organisation | None,
    faults: Sequence[Fault],
) -> str:
    return admin_page(
        page,
        "organisations.html",
        PATH,
        groups=[
            (kind, label, [one for one in listed if one.organisation.kind == kind])
            for kind, label in KINDS.items()
        ],
        kinds=[(kind, label.in_language(page.language)) for kind, label in KINDS.items()],
        names=names,
        done=done,
        sent=sent or Organisation(kind="", name=""),
        **told(page, faults),
    )


def organisation_page(
    page: Page,
    opened: Opened,
    *,
    done: str,
    renamed: int,
    sent: Organisation | None,
    faults: Sequence[Fault],
    reason: str,
) -> str:
    return admin_page(
        page,
        "organisation.html",
        PATH,
        opened=opened,
        shown=sent or opened.kept,
        kind=KINDS[opened.kept.kind],
        others=[(str(one.id), one.name) for one in opened.others if not one.retired],
        languages=LANGUAGES,
        done=done,
        renamed=renamed,
        reason=reason,
        **told(page, faults),
    )


def told(page: Page, faults: Sequence[Fault]) -> dict[str, object]:
    """The faults by field, and for the summary at the top."""
    texts = {fault.where: fault.text.in_language(page.language) for fault in faults}
    fields = ("kind", "name", "contact_name", "contact_email", "language", "reason", "into",
              "merge_reason")  # fmt: skip
    return {
        "faults": {field: texts.get(field, "") for field in fields},
        "errors": [{"field": where, "text": text} for where, text in texts.items()],
    }
