"""The page on which anybody asks about sites or reports an error in one, and those that follow."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from catalogue.enquiries.enquiries import SECTORS, SIZES
from catalogue.enquiries.enquiry_sending import AskedAbout
from catalogue.errors import Fault
from catalogue.fields import SITE
from catalogue.open_forms import OPENED, TRAP
from frontend.rendering import Page, address, render
from geo.texts import Text


@dataclass(frozen=True, kw_only=True)
class Letterbox:
    """What is asked about, and under which terms."""

    sites: Sequence[AskedAbout]
    names: Mapping[str, str]
    """The municipalities' by code."""
    opened: str
    """When the form was opened, sealed."""
    days: int
    """That personal data are kept."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What has been typed so far."""

    texts: Mapping[str, str]
    chosen: Sequence[str]
    """References."""
    faults: Sequence[Fault] = field(default=())
    refusal: Text | None = None


def enquiry_page(page: Page, box: Letterbox, draft: Draft) -> str:
    language = page.language
    errors = {fault.where: fault.text.in_language(language) for fault in draft.faults}
    key = draft.texts.get("field", "")
    return render(
        "enquiries/new.html",
        page,
        is_error=draft.texts.get("kind") == "error",
        said=defaultdict(str, draft.texts),
        field=SITE[key].label if key in SITE else None,
        sites=[
            (
                site.reference,
                site.name.in_language(language),
                box.names.get(site.municipality, site.municipality),
                site.reference in draft.chosen,
            )
            for site in box.sites
        ],
        back=address(language, f"/sites/{box.sites[0].reference}" if box.sites else "/"),
        sectors=[(code, label.in_language(language)) for code, label in SECTORS.items()],
        sizes=[(code, label.in_language(language)) for code, label in SIZES.items()],
        opened_name=OPENED,
        trap_name=TRAP,
        opened=box.opened,
        days=box.days,
        refusal=draft.refusal,
        errors=defaultdict(str, errors),
        summary=[{"field": where, "text": text} for where, text in errors.items() if where],
    )


def sent_page(page: Page, site: AskedAbout, *, is_error: bool, must_confirm: bool) -> str:
    return render(
        "enquiries/sent.html",
        page,
        site_name=site.name.in_language(page.language),
        back=address(page.language, f"/sites/{site.reference}"),
        is_error=is_error,
        must_confirm=must_confirm,
    )


def confirm_page(page: Page, token: str) -> str:
    return render("enquiries/confirm.html", page, path=f"/enquiries/confirm/{token}")


def confirmed_page(page: Page) -> str:
    return render("enquiries/confirm.html", page, path="")
