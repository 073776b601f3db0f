"""The page on which a municipality sees where its sites were offered, and how it went."""

from collections.abc import Sequence

from catalogue.enquiries.enquiries import SECTORS, SIZES
from catalogue.requests.offered import Offer
from catalogue.requests.register_input import OUTCOMES, REASONS
from frontend.rendering import Page, render
from frontend.request_register import TONES
from frontend.workspace import Choice

PATH = "/workspace/offered"


def offered_page(page: Page, offers: Sequence[Offer], choice: Choice) -> str:
    return render(
        "requests/offered.html",
        page,
        offers=offers,
        choice=choice,
        path=PATH,
        sectors=SECTORS,
        sizes=SIZES,
        outcomes=OUTCOMES,
        reasons=REASONS,
        tones=TONES,
    )
