"""What waits for an answer: the sites and questions behind one who has it, or behind all of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from catalogue.fields import THEMES
from catalogue.progress.progress_filter import ProgressFilter
from catalogue.progress.progress_gaps import Gaps
from frontend.progress_filter import query, without
from frontend.progress_sites import site_address
from frontend.rendering import Page, address, render
from geo.texts import Text

MOST_QUESTIONS = 200


def waiting_page(
    page: Page,
    gaps: Gaps,
    chosen: ProgressFilter,
    who: str | None,
    names: Mapping[str, str],
    today: date,
) -> str:
    """`who`: the Swedish name of one who has answers; empty for questions to nobody in particular."""

    def href(wanted: ProgressFilter) -> str:
        return address(page.language, "/progress/waiting", who=who, **query(wanted, today))

    conditions = [
        (Text(names[code], names[code]), href(without(chosen, code)))
        for code in chosen.municipalities
    ]
    if chosen.theme:
        conditions.append((THEMES[chosen.theme], href(replace(chosen, theme=None))))
    return render(
        "progress/waiting.html",
        page,
        gaps=gaps,
        heading=heading(gaps, who),
        conditions=conditions,
        back=address(page.language, "/progress", **query(chosen, today)),
        as_of=chosen.span.as_of,
        most=MOST_QUESTIONS,
        site_address=site_address(page),
    )


def heading(gaps: Gaps, who: str | None) -> Text:
    if who is None:
        return Text("Vad som väntar på svar", "What awaits an answer")
    if not who:
        return Text("Utan angiven mottagare", "With nobody named")
    name = next((one.name for one in gaps.owing if one.name.sv == who), Text(who, who))
    return Text(f"Väntar på {name.sv}", f"Awaiting {name.en}")
