"""What is to be in place at home in each municipality, part by part."""

from collections.abc import Mapping
from typing import Literal, get_args

from geo.texts import Text

Part = Literal[
    "decision", "person", "steering", "activity", "meeting", "deputy", "training", "swot"
]
State = Literal["in_place", "old", "missing"]
PARTS: tuple[Part, ...] = get_args(Part)
"""In the order of what matters: without a decision and somebody who does the work, nothing moves."""
LABELS: Mapping[Part, Text] = {
    "decision": Text("Beslut att delta", "Decision to take part"),
    "person": Text("Utsedd person", "Appointed person"),
    "steering": Text("Styrgruppsledamot", "Steering group member"),
    "activity": Text("Senaste aktivitet", "Last activity"),
    "meeting": Text("Senaste möte", "Last meeting"),
    "deputy": Text("Ersättare", "Deputy"),
    "training": Text("Utbildning", "Training"),
    "swot": Text("SWOT-analys", "SWOT"),
}
STATES: Mapping[State, Text] = {
    "in_place": Text("På plats", "In place"),
    "old": Text("Gammalt", "Old"),
    "missing": Text("Saknas", "Missing"),
}
ACTIVITY_DAYS = 90
MEETING_DAYS = 180
"""Days after which the last activity, and the last meeting, are old. Fixed, so that a figure of a
past day never changes; the SWOT follows the shelf life that held that day."""
