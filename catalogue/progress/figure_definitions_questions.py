"""What the figures of progress mean that count questions sent to those who know."""

from catalogue.fields.field import DAYS
from catalogue.progress.figure_definitions import LONGEST, MEDIAN, Definition
from geo.texts import Text

LETTERS = Text(
    "Ett brev räknas en gång, hur många fält det än gäller.",
    "A letter counts once, however many fields it concerns.",
)
OPEN = Definition(
    key="letters_open",
    name=Text("Frågebrev som väntar på svar", "Letters awaiting an answer"),
    meaning=Text(
        "Frågor som var skickade med en länk att svara på, och den dagen varken besvarade eller "
        "tillbakadragna.",
        "Questions that had been sent with a link to answer through, and on that day were neither "
        "answered nor withdrawn.",
    ),
    added_up=LETTERS,
)
WAITED = Definition(
    key="letters_median_days",
    name=Text("Frågebrev, väntat median", "Letters, waited median"),
    meaning=Text(
        "Hälften av breven som väntade på svar hade väntat kortare tid än så.",
        "Half of the letters awaiting an answer had waited less than this.",
    ),
    unit=DAYS,
    added_up=MEDIAN,
)
WAITED_LONGEST = Definition(
    key="letters_longest_days",
    name=Text("Frågebrev, väntat längst", "Letters, waited longest"),
    meaning=Text(
        "Så länge hade det äldsta brevet utan svar väntat.",
        "How long the oldest letter without an answer had waited.",
    ),
    unit=DAYS,
    added_up=LONGEST,
)
ANSWERED = Definition(
    key="letters_answered",
    name=Text("Besvarade frågebrev", "Letters answered"),
    meaning=Text(
        "Frågor som hade besvarats genom sin länk till och med den dagen, godtagna eller inte.",
        "Questions that had been answered through their link by that day, accepted or not.",
    ),
    added_up=LETTERS,
)
TAKEN = Definition(
    key="letters_answer_days",
    name=Text("Tid till svar, median", "Time to an answer, median"),
    meaning=Text(
        "Hälften av svaren kom fortare än så, räknat i dagar från dagen då frågan skickades.",
        "Half of the answers came sooner than this, in days from the day the question was sent.",
    ),
    unit=DAYS,
    added_up=MEDIAN,
)
