"""What the figures of progress mean that count enquiries from those who look for land."""

from catalogue.progress.figure_definitions import MEDIAN, Definition
from geo.texts import Text

WORKING_DAYS = Text("arbetsdagar", "working days")
MESSAGES = Text(
    "Ett meddelande till flera kommuner räknas en gång i var och en, och en gång i länet.",
    "A message to several municipalities counts once in each, and once in the county.",
)
RECEIVED = Definition(
    key="enquiries",
    name=Text("Förfrågningar", "Enquiries"),
    meaning=Text(
        "Förfrågningar om platser som hade kommit in till och med den dagen. Skräp och felanmälningar "
        "räknas inte.",
        "Enquiries about sites that had come in by that day. Spam and reports of errors do not "
        "count.",
    ),
    added_up=MESSAGES,
)
ANSWERED = Definition(
    key="enquiries_answered",
    name=Text("Besvarade förfrågningar", "Enquiries answered"),
    meaning=Text(
        "Förfrågningar som hade markerats som besvarade till och med den dagen.",
        "Enquiries that had been marked as answered by that day.",
    ),
    added_up=MESSAGES,
)
TAKEN = Definition(
    key="enquiries_answer_days",
    name=Text("Tid till svar på förfrågan, median", "Time to answer an enquiry, median"),
    meaning=Text(
        "Hälften av svaren kom fortare än så, i arbetsdagar från dagen då förfrågan kom in.",
        "Half of the answers came sooner than this, in working days from the day the enquiry came "
        "in.",
    ),
    unit=WORKING_DAYS,
    added_up=MEDIAN,
    decimals=1,
)
SECTOR = Definition(
    key="enquiries_sector",
    name=Text("Förfrågningar per bransch", "Enquiries by sector"),
    meaning=Text(
        "Förfrågningar efter den bransch som avsändaren har angett.",
        "Enquiries by the sector that the sender has given.",
    ),
    added_up=MESSAGES,
)
SIZE = Definition(
    key="enquiries_size",
    name=Text("Förfrågningar per storlek", "Enquiries by size"),
    meaning=Text(
        "Förfrågningar efter den yta som avsändaren har angett.",
        "Enquiries by the area that the sender has given.",
    ),
    added_up=MESSAGES,
)
