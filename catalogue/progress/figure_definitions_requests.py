"""What the figures of progress mean that count clients' requests for information."""

from catalogue.fields.field import DAYS
from catalogue.progress.figure_definitions import MEDIAN, Definition
from geo.texts import Text

REQUESTS = Text(
    "En förfrågan räknas en gång i länet, och en gång i varje kommun som fick en plats erbjuden.",
    "A request counts once in the county, and once in each municipality that had a site offered.",
)
RECEIVED = Definition(
    key="rfi_received",
    name=Text("Förfrågningar från kunder", "Requests from clients"),
    meaning=Text(
        "Förfrågningar i RFI-registret till och med den dagen.",
        "Requests in the RFI register by that day.",
    ),
    added_up=REQUESTS,
)
OPEN = Definition(
    key="rfi_open",
    name=Text("Förfrågningar som väntar på svar", "Requests awaiting our answer"),
    meaning=Text(
        "Förfrågningar som pågick och inte var besvarade.",
        "Requests that were open and not answered.",
    ),
    added_up=REQUESTS,
)
ANSWERED = Definition(
    key="rfi_answered",
    name=Text("Besvarade förfrågningar från kunder", "Requests answered"),
    meaning=Text("Förfrågningar som hade fått svar.", "Requests that had been answered."),
    added_up=REQUESTS,
)
TAKEN = Definition(
    key="rfi_answer_days",
    name=Text("Förfrågningar, tid till svar, median", "Requests, time to answer, median"),
    meaning=Text(
        "Hälften av svaren gick ut fortare än så, räknat i dagar från dagen då förfrågan kom.",
        "Half of the answers went out sooner than this, in days from the day the request came.",
    ),
    unit=DAYS,
    added_up=MEDIAN,
)
OFFERED = Definition(
    key="rfi_sites_offered",
    name=Text("Erbjudna platser", "Sites offered"),
    meaning=Text(
        "Platser i svaren; en plats som har erbjudits två kunder räknas två gånger.",
        "Sites in the answers; one that was offered to two clients counts twice.",
    ),
    added_up=REQUESTS,
)
SHORTLISTED = Definition(
    key="rfi_shortlisted",
    name=Text("Förfrågningar på kundens kortlista", "Requests shortlisted"),
    meaning=Text("Kunden gick vidare med oss.", "The client went on with us."),
    added_up=REQUESTS,
)
WON = Definition(
    key="rfi_won",
    name=Text("Vunna förfrågningar", "Requests won"),
    meaning=Text("Kunden valde en av platserna.", "The client chose one of the sites."),
    added_up=REQUESTS,
)
LOST = Definition(
    key="rfi_lost",
    name=Text("Förlorade förfrågningar", "Requests lost"),
    meaning=Text(
        "Kunden valde något annat; skälet står i registret.",
        "The client chose otherwise; the reason stands in the register.",
    ),
    added_up=REQUESTS,
)
LOST_BECAUSE = Definition(
    key="rfi_lost_for",
    name=Text("Förlorade förfrågningar efter skäl", "Requests lost by reason"),
    meaning=Text(
        "Förlorade förfrågningar efter det skäl som står i registret.",
        "Requests lost, by the reason that stands in the register.",
    ),
    added_up=REQUESTS,
)
MEANT = (RECEIVED, OPEN, ANSWERED, TAKEN, OFFERED, SHORTLISTED, WON, LOST)
