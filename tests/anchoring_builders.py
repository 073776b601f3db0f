"""What a municipality says of its part in the project, and a meeting, entered by the office."""

from datetime import date

from catalogue.anchoring import anchoring, meetings
from catalogue.anchoring.anchoring_input import read_given
from catalogue.anchoring.meetings import Meeting
from catalogue.database import Databases
from tests.builders import TODAY, an_actor

OFFICE = an_actor("project")


def say(databases: Databases, code: str = "2183", **raw: object) -> None:
    """The parts named, in place of what stands there."""
    with databases.writing(OFFICE) as session:
        before = anchoring.find(session, code)
        given = read_given(raw, TODAY, before.values)
        anchoring.change(session, OFFICE, code, given, before.version)


def hold(databases: Databases, day: date, *there: str, kind: str = "working_group") -> int:
    """Its number; Bollnäs came unless others are named."""
    with databases.writing(OFFICE) as session:
        attended = dict.fromkeys(there or ("2183",))
        wanted = Meeting(held_on=day, kind=kind, subject="Prov", attended=attended)
        return meetings.add(session, OFFICE, [wanted])[0]
