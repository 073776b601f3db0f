"""How an example site came to be what it is: a chain of saves, by whom, when and why."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from catalogue.fields import SITE, Theme, Value
from catalogue.site import LISTED_STATUSES, Status
from seed.demo_early import early
from seed.demo_sites import ExampleSite
from seed.demo_standing import Standing
from seed.demo_texts import described
from seed.demo_values import Account

Told = tuple[Value | None, Standing | None]
"""A value and what stands behind it; fields of identity have no standing."""


@dataclass(frozen=True)
class Step:
    """One save."""

    at: datetime
    role: str
    reason: str
    status: Status
    told: dict[str, Told]


CHAPTERS: tuple[tuple[str, frozenset[Theme]], ...] = (
    ("Markuppgifter inlagda", frozenset({"land"})),
    ("Planläge och prövning inlagda", frozenset({"plan", "permits"})),
    ("Nätägare och VA-huvudman tillfrågade", frozenset({"power", "water"})),
    ("Transport och fiber inlagda", frozenset({"transport"})),
)
IMPROVEMENTS: dict[Theme, str] = {
    "plan": "Planarbetet har gått vidare",
    "water": "Svar från VA-huvudmannen",
    "land": "Utredningar av marken klara",
    "power": "Nytt besked från nätägaren",
}
IMPROVED: tuple[tuple[Theme, ...], ...] = (
    (), ("power",), ("plan", "power"), ("plan", "water", "power"),
    ("plan", "water", "land", "power"), ("plan", "water", "land", "power"),
)  # fmt: skip
"""What got better after the first word on it, in order, by the readiness the site has today."""
EAGERNESS = 1.6
"""Above 1 the first saves lie closer together than the later ones."""


def story(site: ExampleSite, now: Account, random: Random, span: tuple[date, date]) -> list[Step]:
    """Four to ten saves from the first draft to what the site says now."""
    course = site.course
    is_draft = course.status == "draft"
    improved = () if is_draft else IMPROVED[course.level]
    if course.status in ("reserved", "established") and len(improved) == 4:
        improved = ("plan", "water", "power")
    chapters = CHAPTERS[:3] if is_draft else CHAPTERS
    if len(improved) == 4 or ending(course.status, span[1]):
        chapters = (chapters[0], ("Plan, el och vatten inlagda", chapters[1][1] | chapters[2][1]),
                    chapters[3])  # fmt: skip
    saves: list[tuple[str, str, Status, dict[str, Told]]] = [
        ("editor", "Platsen skapad", "draft", of_identity(now))
    ]
    first = early(now, site.ground, set(improved), span[0], random)
    for reason, themes in chapters:
        saves.append(("editor", reason, "draft", of_themes(first, themes)))
    saves[-1][3].update(descriptions(site, first))
    better = [("editor", IMPROVEMENTS[theme], improvement(first, now, theme)) for theme in improved]
    if better:
        better[-1][2].update(descriptions(site, now))
    if course.status == "in_review":
        saves += [(role, reason, "draft", told) for role, reason, told in better]
    if not is_draft:
        saves.append(("editor", "Inskickad för granskning", "in_review", {}))
    if course.status in LISTED_STATUSES or course.status == "withdrawn":
        saves.append(("publisher", "Granskad och publicerad", "published", {}))
        saves += [(role, reason, "published", told) for role, reason, told in better]
        saves += ending(course.status, span[1])
    times = moments(len(saves), span, random)
    return [Step(at, *save) for at, save in zip(times, saves, strict=True)]


def ending(status: Status, day: date) -> list[tuple[str, str, Status, dict[str, Told]]]:
    """The save that took a published site out of the ordinary, where there was one."""
    if status == "reserved":
        until = (day + timedelta(days=300)).replace(day=1)
        standing = Standing("known", "signed_agreement", "Markreservationsavtal")
        return [("publisher", "Reserverad för ett företag", status, {"reserved_until": (until, standing)})]  # fmt: skip
    if status == "established":
        return [("publisher", "Företaget har tagit över marken", status, {})]
    if status == "withdrawn":
        return [("publisher", "Kommunen vill använda marken till annat", status, {})]
    return []


def of_identity(now: Account) -> dict[str, Told]:
    keys = [
        key
        for key in now.values
        if SITE[key].theme == "identity" and not key.startswith("description_")
    ]
    return {key: (now.values[key], now.standings.get(key)) for key in [*keys, "area_gross_ha"]}


def of_themes(account: Account, themes: frozenset[Theme]) -> dict[str, Told]:
    return {
        key: (account.values.get(key), standing)
        for key, standing in account.standings.items()
        if SITE[key].theme in themes
    }


def improvement(first: Account, now: Account, theme: Theme) -> dict[str, Told]:
    """A theme as it is now; what only the first account said is emptied."""
    themes = frozenset({theme})
    gone: dict[str, Told] = dict.fromkeys(of_themes(first, themes), (None, None))
    return gone | of_themes(now, themes)


def descriptions(site: ExampleSite, account: Account) -> dict[str, Told]:
    """Written anew from what is said then, each time with the same turns of phrase."""
    words = Random(f"{site.ground.code} {site.number}")
    sv, en = described(site.ground, account.values, words)
    return {"description_sv": (sv, None), "description_en": (en, None)}


def moments(count: int, span: tuple[date, date], random: Random) -> list[datetime]:
    """Rising times from the first day to the last, on weekdays in working hours."""
    days = (span[1] - span[0]).days
    shares = sorted(random.random() for _ in range(count - 2))
    even = [number / (count - 1) for number in range(1, count - 1)]
    mixed = [0.0, *((one + two) / 2 for one, two in zip(shares, even, strict=True)), 1.0]
    found: list[datetime] = []
    for share in mixed:
        day = span[0] + timedelta(days=round(days * share**EAGERNESS))
        day -= timedelta(days=max(0, day.weekday() - 4))
        if found and day <= found[-1].date():
            day = found[-1].date() + timedelta(days=1)
        found.append(
            datetime(
                day.year, day.month, day.day, 7 + int(8 * random.random()),
                int(60 * random.random()), tzinfo=UTC,
            )
        )  # fmt: skip
    return found
