"""What is missing in a municipality, as sentences that somebody can act on, and whom to ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogue.anchoring.anchoring import Anchoring
from catalogue.anchoring.parts import PARTS, Part
from catalogue.anchoring.people import Colleague
from catalogue.anchoring.standing import Standing
from geo.texts import Text

MISSING: Mapping[Part, Text] = {
    "decision": Text(
        "Det finns inget beslut om att kommunen deltar.",
        "There is no decision that the municipality takes part.",
    ),
    "person": Text("Ingen är utsedd att göra arbetet.", "Nobody is appointed to do the work."),
    "steering": Text(
        "Kommunen har ingen ledamot i styrgruppen.",
        "The municipality has no member of the steering group.",
    ),
    "activity": Text(
        "Ingen har arbetat i katalogen än.", "Nobody has worked in the catalogue yet."
    ),
    "meeting": Text(
        "Kommunen har inte varit med på något möte.",
        "The municipality has not been at any meeting.",
    ),
    "deputy": Text("Ingen ersättare är utsedd.", "No deputy is appointed."),
    "training": Text(
        "Ingen från kommunen har gått någon utbildning.",
        "Nobody from the municipality has had any training.",
    ),
    "swot": Text(
        "Profilen har ingen SWOT-analys med datum.", "The profile has no SWOT with a date."
    ),
}
OLD: Mapping[Part, Text] = {
    "activity": Text(
        "Ingen har arbetat i katalogen sedan {day}.",
        "Nobody has worked in the catalogue since {day}.",
    ),
    "meeting": Text(
        "Kommunen har inte varit med på något möte sedan {day}.",
        "The municipality has not been at any meeting since {day}.",
    ),
    "swot": Text(
        "SWOT-analysen är från {day} och behöver gås igenom.",
        "The SWOT is from {day} and needs going through.",
    ),
}
SWOT_WITHOUT_A_DAY = Text("SWOT-analysen saknar datum.", "The SWOT has no date.")
GONE = Text(
    "{who} är utsedd men har inget öppet konto i katalogen.",
    "{who} is appointed but has no open account in the catalogue.",
)
TO_DO: Mapping[Part, Text] = {
    "decision": Text(
        "Ta upp frågan i kommunstyrelsen och skriv in beslutet här.",
        "Bring the matter before the executive board and enter the decision here.",
    ),
    "person": Text(
        "Utse någon och skriv in roll och e-postadress.",
        "Appoint somebody and enter role and e-mail address.",
    ),
    "steering": Text(
        "Utse näringslivschefen eller någon annan som kan besluta.",
        "Appoint the head of business development or somebody else who can decide.",
    ),
    "activity": Text(
        "Börja med det som står överst på arbetsytan. En halvtimme räcker långt.",
        "Begin with what comes first in the workspace. Half an hour goes a long way.",
    ),
    "meeting": Text(
        "Kom till nästa möte, eller skicka ersättaren.",
        "Come to the next meeting, or send the deputy.",
    ),
    "deputy": Text(
        "Skriv in vem som tar över när den utsedda är borta.",
        "Enter who takes over when the appointed person is away.",
    ),
    "training": Text(
        "Be projektkontoret om en genomgång. Den tar en timme.",
        "Ask the project office for an introduction. It takes an hour.",
    ),
    "swot": Text(
        "Gå igenom analysen och skriv datumet i kommunens profil.",
        "Go through the SWOT and enter its date in the municipality's profile.",
    ),
}
OWN_PAGE = "/progress/anchoring/{code}"
PLACES: Mapping[Part, str] = {
    "decision": f"{OWN_PAGE}#decided_on",
    "person": f"{OWN_PAGE}#person_role",
    "steering": f"{OWN_PAGE}#steering_role",
    "activity": "/workspace?municipality={code}",
    "meeting": f"{OWN_PAGE}#meetings",
    "deputy": f"{OWN_PAGE}#deputy_role",
    "training": f"{OWN_PAGE}#meetings",
    "swot": "/workspace/profile?theme=swot&municipality={code}#swot_date",
}
ASKED_OF: Mapping[Part, Sequence[str]] = {
    "decision": ("steering", "person", "deputy"),
    "person": ("steering", "deputy"),
    "steering": ("person", "deputy"),
    "activity": ("person", "deputy", "steering"),
    "meeting": ("person", "deputy", "steering"),
    "deputy": ("person", "steering"),
    "training": ("person", "deputy", "steering"),
    "swot": ("person", "deputy", "steering"),
}
"""Whose seat to turn to, the best first."""


@dataclass(frozen=True, kw_only=True)
class Gap:
    """One thing that is not in place."""

    code: str
    part: Part
    text: Text
    to_do: Text
    ask: Text | None
    """Who can do something about it; None where nobody is known, and on a past day."""

    @property
    def path(self) -> str:
        """The page, and the very control, where it is put right; Swedish, from the root."""
        return PLACES[self.part].format(code=self.code)


def gaps(said: Anchoring, standing: Standing, colleagues: Sequence[Colleague] | None) -> list[Gap]:
    """In the order of what matters; `colleagues` are the municipality's open accounts, None on a
    past day: no history says who was there."""
    found = [
        Gap(
            code=said.municipality,
            part=part,
            text=told(part, standing),
            to_do=TO_DO[part],
            ask=None if colleagues is None else whom(part, said, colleagues),
        )
        for part in PARTS
        if standing.state(part) != "in_place"
    ]
    absent = [] if colleagues is None else gone(said, colleagues)
    return sorted(found + absent, key=lambda gap: PARTS.index(gap.part))


def told(part: Part, standing: Standing) -> Text:
    since = standing.since(part)
    if since is not None:
        return OLD[part].format(day=since)
    if part == "swot" and standing.has_swot:
        return SWOT_WITHOUT_A_DAY
    return MISSING[part]


def whom(part: Part, said: Anchoring, colleagues: Sequence[Colleague]) -> Text | None:
    """Somebody appointed, or else somebody who has an account."""
    names = {one.email: one.name for one in colleagues}
    for place in ASKED_OF[part]:
        seat = said.seats[place]
        if seat.is_taken:
            name = seat.name or names.get(seat.email) or seat.email
            who = ", ".join(filter(None, (name, lowered(seat.role))))
            return Text(who, who)
    return Text(colleagues[0].name, colleagues[0].name) if colleagues else None


def lowered(role: str) -> str:
    """A title as it stands after a name; one in capitals, such as VD, stays."""
    return role if role[:2].isupper() else role[:1].lower() + role[1:]


def gone(said: Anchoring, colleagues: Sequence[Colleague]) -> list[Gap]:
    """An appointed person or deputy whose address no open account has."""
    open_to = {one.email for one in colleagues}
    parts: tuple[Part, ...] = ("person", "deputy")
    return [
        Gap(
            code=said.municipality,
            part=part,
            text=GONE.format(who=said.seats[part].name or said.seats[part].email),
            to_do=Text(
                "Be administratören om en inbjudan, eller utse någon annan.",
                "Ask the administrator for an invitation, or appoint somebody else.",
            ),
            ask=None,
        )
        for part in parts
        if said.seats[part].email and said.seats[part].email not in open_to
    ]
