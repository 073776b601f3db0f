"""What stands in the way: sites close to their next level, questions that wait, and who can answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from sqlalchemy.orm import Session

from catalogue.fields import SITE, Field, Theme
from catalogue.progress.known_sites import IS_KEPT, KNOWN
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
    theme: Theme


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


@dataclass(frozen=True, kw_only=True)
class Owing:
    """What waits for one who has the answer."""

    name: Text
    sites: int
    """Sites close to their next level that lack something of theirs."""
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
    def owing(self) -> list[Owing]:
        """By whoever has the answers, the one with the most sites and questions first."""
        waiting: dict[str, list[Question]] = {}
        for question in self.questions:
            waiting.setdefault(question.asked, []).append(question)
        names = {name: Text(name, name) for name in waiting}
        sites: dict[str, set[str]] = {}
        for site in self.blocked:
            for one in site.missing:
                names.setdefault(one.owed_by.sv, one.owed_by)
                sites.setdefault(one.owed_by.sv, set()).add(site.reference)
        found = [
            owing_of(name, len(sites.get(key, ())), waiting.get(key, ()))
            for key, name in names.items()
        ]
        return sorted(found, key=lambda one: (-one.sites - one.questions, one.name.sv))

    def within(self, theme: Theme) -> "Gaps":
        """Only what fields of one theme have to do with."""
        blocked = (
            replace(site, missing=[one for one in site.missing if one.theme == theme])
            for site in self.blocked
        )
        return Gaps(
            [site for site in blocked if site.missing],
            [question for question in self.questions if question.field.theme == theme],
        )

    def owed_by(self, name: str) -> "Gaps":
        """Only what waits for one of `owing`, by its Swedish name."""
        blocked = (
            replace(site, missing=[one for one in site.missing if one.owed_by.sv == name])
            for site in self.blocked
        )
        return Gaps(
            [site for site in blocked if site.missing],
            [question for question in self.questions if question.asked == name],
        )


def owing_of(name: Text, sites: int, questions: Sequence[Question]) -> Owing:
    days = [question.days for question in questions if question.days is not None]
    return Owing(
        name=name,
        sites=sites,
        questions=len(questions),
        median_days=median(days) if days else None,
        longest_days=max(days, default=None),
    )


def gaps(session: Session, day: date, names: Mapping[str, str]) -> Gaps:
    """What stood in the way at the end of a day, in these municipalities."""
    blocked: list[Blocked] = []
    questions: list[Question] = []
    is_close = KNOWN.c.missing.between(1, MOST_MISSING)
    for site in sites_on(session, day, IS_KEPT & (is_close | (KNOWN.c.questions > 0)), names):
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
        [lacking(site, requirement) for requirement in missing],
    )


def lacking(site: KnownSite, requirement: Requirement) -> Missing:
    """Owed by whoever has been asked, else by whoever usually knows."""
    for key in requirement.keys:
        said = site.said.get(key, {})
        if said.get("state") == "unknown" and said.get("asked"):
            name, asked_on = Text(said["asked"], said["asked"]), iso_day(said.get("asked_on"))
            return Missing(requirement.text, name, asked_on, SITE[key].theme)
    empty = [key for key in requirement.keys if key not in site.state]
    field = SITE[empty[0] if empty else requirement.keys[0]]
    is_own = field.theme == "identity"
    owed_by = BUSINESS_OFFICE if is_own else who_knows(field, site.state)
    return Missing(requirement.text, owed_by, None, field.theme)


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
