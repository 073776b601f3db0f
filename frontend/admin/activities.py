"""The pages of what hours can be spent on: the list, and each activity."""

from collections.abc import Mapping, Sequence

from catalogue.errors import Fault
from catalogue.hours.activities import Activities, Activity
from frontend.admin.sections import admin_page
from frontend.rendering import Page

PATH = "/admin/activities"
FIELDS = ("code", "label_sv", "label_en")


def activities_page(
    page: Page,
    activities: Activities,
    used: Mapping[str, int],
    *,
    done: str,
    sent: Activity | None,
    faults: Sequence[Fault],
) -> str:
    """`used`: how many entries each has, by code."""
    return admin_page(
        page,
        "activities.html",
        PATH,
        activities=activities.values(),
        used=used,
        done=done,
        sent=sent or Activity(code=""),
        **told(page, faults),
    )


def activity_page(
    page: Page,
    kept: Activity,
    used: int,
    *,
    done: str,
    sent: Activity | None,
    faults: Sequence[Fault],
) -> str:
    return admin_page(
        page,
        "activity.html",
        PATH,
        kept=kept,
        shown=sent or kept,
        used=used,
        done=done,
        **told(page, faults),
    )


def told(page: Page, faults: Sequence[Fault]) -> dict[str, object]:
    """The faults by field, and for the summary at the top."""
    texts = {fault.where: fault.text.in_language(page.language) for fault in faults}
    return {
        "faults": {field: texts.get(field, "") for field in FIELDS},
        "errors": [{"field": where, "text": text} for where, text in texts.items()],
    }
