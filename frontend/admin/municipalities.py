"""The pages of municipalities: all of them at a glance, and who serves each."""

from collections.abc import Mapping, Sequence

from catalogue.administration.municipal_standing import Standing
from catalogue.administration.organisations import KINDS, Organisation
from catalogue.fields import SITE
from frontend.admin.sections import admin_page
from frontend.rendering import Page

PATH = "/admin/municipalities"
STATUSES = ("draft", "in_review", "published", "reserved", "established", "withdrawn")


def municipalities_page(page: Page, standings: Sequence[Standing]) -> str:
    return admin_page(
        page,
        "municipalities.html",
        PATH,
        standings=standings,
        statuses=[(status, SITE["status"].code_label(status)) for status in STATUSES],
    )


def municipality_page(
    page: Page,
    standing: Standing,
    organisations: Sequence[Organisation],
    serves: Mapping[int, bool],
    *,
    saved: bool,
) -> str:
    """`serves`: the numbers of those who serve it, and whether that is still to be verified."""
    return admin_page(
        page,
        "municipality.html",
        PATH,
        standing=standing,
        groups=[
            (
                label,
                [
                    one
                    for one in organisations
                    if one.kind == kind and (not one.retired or one.id in serves)
                ],
            )
            for kind, label in KINDS.items()
        ],
        serves=serves,
        statuses=[(status, SITE["status"].code_label(status)) for status in STATUSES],
        saved=saved,
    )
