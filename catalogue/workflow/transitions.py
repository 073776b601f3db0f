"""The steps of a site's life: which follow on which, who may take them, and what each asks for."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, and_, not_, select
from sqlalchemy.orm import Session

from catalogue.checks import Subject, check
from catalogue.database import OPERATOR, Actor
from catalogue.errors import Fault, Invalid, NotAllowed, NotPossible, OwnWork, ReasonMissing
from catalogue.fields import SITE
from catalogue.provenance import Provenance
from catalogue.rules import Rules
from catalogue.site import Site, Status
from catalogue.tables import site_version
from geo.texts import Text

WRITERS = frozenset({"editor", "publisher", "admin"})
PUBLISHERS = frozenset({"publisher", "admin"})
STEPS: dict[Status, dict[Status, frozenset[str]]] = {
    "draft": {"in_review": WRITERS, "published": PUBLISHERS},
    "in_review": {"draft": WRITERS, "published": PUBLISHERS},
    "published": {"reserved": PUBLISHERS, "established": PUBLISHERS, "withdrawn": PUBLISHERS},
    "reserved": {"published": PUBLISHERS, "established": PUBLISHERS, "withdrawn": PUBLISHERS},
    "established": {"published": PUBLISHERS, "withdrawn": PUBLISHERS},
    "withdrawn": {"draft": WRITERS},
}
"""From which status to which, and whose role may take the step."""
UNREVIEWED: frozenset[Status] = frozenset({"draft", "in_review"})
"""What is published from these is read by a second pair of eyes, where that is asked for."""
UNTIL = "reserved_until"


@dataclass(frozen=True)
class Terms:
    """What is said with a step: why, and of a reservation how long."""

    reason: str = ""
    reserved_until: date | None = None


NO_TERMS = Terms()


def asks_reason(status: Status, to: Status) -> bool:
    """Whether others will ask why: for a site sent back, reserved or taken away."""
    return to in ("reserved", "withdrawn") or (status, to) == ("in_review", "draft")


def may_step(actor: Actor, status: Status, to: Status) -> None:
    """Raises `NotPossible` or `NotAllowed`."""
    roles = STEPS[status].get(to)
    if roles is None:
        raise NotPossible(
            Text(
                "Platsen är {status} och kan inte bli {to}.",
                "The site is {status} and cannot become {to}.",
            ).format(status=status_label(status), to=status_label(to))
        )
    if actor.role not in roles:
        raise NotAllowed(
            Text(
                "Den som publicerar behöver rollen publicerare. Skicka platsen på granskning.",
                "Publishing takes the role of publisher. Submit the site for review.",
            )
        )


def status_label(status: str) -> Text:
    label = SITE["status"].code_label(status)
    return Text(label.sv.lower(), label.en.lower())


def under(terms: Terms, site: Site, to: Status, rules: Rules) -> Site:
    """The site in its next status; raises `ReasonMissing`, and `Invalid` for a reservation's end."""
    lacks_reason = asks_reason(site.status, to) and not terms.reason.strip()
    values, provenance = dict(site.values), dict(site.provenance)
    faults: list[Fault] = []
    if to == "reserved":
        until = terms.reserved_until or values.get(UNTIL)
        if until is None:
            faults.append(Fault(UNTIL, NO_END))
        else:
            values[UNTIL] = until
            provenance[UNTIL] = Provenance(basis="municipality", as_of=rules.today)
            subject = Subject(values, provenance, frozenset({UNTIL}), rules.today)
            faults += [fault for fault in check(subject).faults if fault.where == UNTIL]
    else:
        values.pop(UNTIL, None)
        provenance.pop(UNTIL, None)
    if faults:
        raise Invalid([*faults, *([Fault("reason", SAY_WHY)] if lacks_reason else [])])
    if lacks_reason:
        raise ReasonMissing(SAY_WHY)
    return replace(site, status=to, values=values, provenance=provenance)


SAY_WHY = Text("Skriv varför, så att de andra vet.", "Say why, so that the others know.")
NO_END = Text(
    "Ange till vilken dag platsen är reserverad, högst fem år fram.",
    "Say until which day the site is reserved, at most five years ahead.",
)


def other_eyes(session: Session, actor: Actor, site: Site, to: Status, rules: Rules) -> None:
    """Raises `OwnWork` when two pairs of eyes are asked for and these are the first."""
    if to == "published" and needs_other_eyes(session, actor, site, rules):
        raise OwnWork


def needs_other_eyes(session: Session, actor: Actor, site: Site, rules: Rules) -> bool:
    """Whether somebody else must publish: this person changed it last, or submitted it."""
    if not rules.four_eyes or site.status not in UNREVIEWED:
        return False
    mine = session.execute(select(latest(site, CHANGED_BY_A_PERSON), latest(site, SUBMITTED))).one()
    return actor.email in mine


CHANGED_BY_A_PERSON = and_(
    not_(site_version.c.changed.contained_by(["status", "published_at", "unread"])),
    site_version.c.actor != OPERATOR.email,
)
SUBMITTED = and_(
    site_version.c.changed.contains(["status"]),
    site_version.c.state["status"].astext == "in_review",
)


def latest(site: Site, condition: ColumnElement[bool]) -> ScalarSelect[str]:
    """Who saved the newest version that meets the condition."""
    return (
        select(site_version.c.actor)
        .where(site_version.c.site_id == site.id, condition)
        .order_by(site_version.c.version.desc())
        .limit(1)
        .scalar_subquery()
    )
