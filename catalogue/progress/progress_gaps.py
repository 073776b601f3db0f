"""What stands in the way: sites close to their next level, questions that wait, and who can answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from sqlalchemy.orm import Session

from catalogue.fields import SITE, Field
from catalogue.progress.progress_sites import KnownSite, sites_on
from catalogue.progress.ways import MOST_MISSING
from catalogue.questions.knowers import who_knows
from catalogue.readiness import LEVELS, Requirement
from geo.texts import Text

BUSINESS_OFFICE = Text("Kommunens näringslivskontor", "The municipality's business office")


@dataclass(frozen=True)
class Missing:
    """One requirement that does not hold, and who owes the answer."""

    text: Text
    owed_by: Text
    asked_on: date | None
    """The day they were asked; None where nobody has been."""


@dataclass(frozen=True)
class Blocked:
    """A site that lacks little for its next level."""

    reference: str
    name: Text
    municipality: str
    status: str
    level: int | None
    next_level: Text
    missing: Sequence[Missing]


@dataclass(frozen=True)
class Question:
    """A field that is unknown and somebody has been asked about."""

    reference: str
    name: Text
    municipality: str
    status: str
    field: Field
    asked: str
    asked_on: date | None
    days: int | None


@dataclass(frozen=True)
class Asked:
    """All questions that wait for one answerer."""

    name: str
    questions: int
    median_days: float | None
    longest_days: int | None


@dataclass(frozen=True)
class Gaps:
    blocked: Sequence[Blocked]
    """Those that lack least first, then by reference."""
    questions: Sequence[Question]
    """Those that have waited longest first."""

    @property
    def asked(self) -> list[Asked]:
        """By answerer, the one with the most questions first."""
        names = {question.asked for question in self.questions}
        found = [
            asked(name, [one for one in self.questions if one.asked == name]) for name in names
        ]
        return sorted(found, key=lambda one: (-one.questions, one.name))


def asked(name: str, questions: Sequence[Question]) -> Asked:
    days = [question.days for question in questions if question.days is not None]
    return Asked(name, len(questions), median(days) if days else None, max(days, default=None))


def gaps(session: Session, day: date, names: Mapping[str, str]) -> Gaps:
    """What stood in the way at the end of a day, in these municipalities."""
    blocked: list[Blocked] = []
    questions: list[Question] = []
    for site in sites_on(session, day):
        if site.status == "withdrawn" or site.municipality not in names:
            continue
        questions += waiting(site, day, names[site.municipality])
        missing = site.readiness.missing
        if 0 < len(missing) <= MOST_MISSING:
            blocked.append(blocked_site(site, missing, names[site.municipality]))
    blocked.sort(key=lambda one: (len(one.missing), one.reference))
    questions.sort(key=lambda one: (-(one.days or 0), one.reference))
    return Gaps(blocked, questions)


def blocked_site(site: KnownSite, missing: Iterable[Requirement], municipality: str) -> Blocked:
    judged = site.readiness
    return Blocked(
        site.reference,
        site.name,
        municipality,
        site.status,
        judged.level,
        LEVELS[judged.next_level or 0],
        [owing(site, requirement) for requirement in missing],
    )


def owing(site: KnownSite, requirement: Requirement) -> Missing:
    """Whoever has been asked, else whoever usually knows."""
    for key in requirement.keys:
        said = site.said.get(key, {})
        if said.get("state") == "unknown" and said.get("asked"):
            name = said["asked"]
            return Missing(requirement.text, Text(name, name), iso_day(said.get("asked_on")))
    empty = [key for key in requirement.keys if key not in site.state]
    field = SITE[empty[0] if empty else requirement.keys[0]]
    is_own = field.theme == "identity"
    return Missing(
        requirement.text, BUSINESS_OFFICE if is_own else who_knows(field, site.state), None
    )


def iso_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def waiting(site: KnownSite, day: date, municipality: str) -> list[Question]:
    found = []
    for key, said in site.said.items():
        if said["state"] == "unknown" and key in SITE:
            asked_on = iso_day(said.get("asked_on"))
            found.append(
                Question(
                    site.reference,
                    site.name,
                    municipality,
                    site.status,
                    SITE[key],
                    said.get("asked", ""),
                    asked_on,
                    (day - asked_on).days if asked_on else None,
                )
            )
    return found
