"""What the figures of progress mean that count the municipalities' own profiles."""

from catalogue.fields.field import PER_CENT
from catalogue.progress.figure_definitions import Definition
from geo.texts import Text

SHARE = Text(
    "Räknas på alla kommuners profiler tillsammans, inte som medelvärde av kommuner.",
    "Worked out from the profiles of all municipalities together, not as a mean of municipalities.",
)
COMPLETENESS = Definition(
    key="profile_completeness",
    name=Text("Profilens fullständighet", "Completeness of the profile"),
    meaning=Text(
        "Andelen av de fält som är aktuella för kommunens profil som har ett värde eller är "
        "markerade som ej tillämpliga. Fält där någon är tillfrågad räknas inte som ifyllda. En "
        "profil där inget var sparat den dagen räknas som tom.",
        "The share of the fields that apply to the municipality's profile that have a value or "
        "are marked as not applicable. Fields where somebody has been asked do not count as "
        "filled in. A profile in which nothing had been saved on that day counts as empty.",
    ),
    unit=PER_CENT,
    added_up=SHARE,
)
ASKED = Definition(
    key="profile_asked",
    name=Text("Tillfrågat i profilen", "Asked in the profile"),
    meaning=Text(
        "Andelen av profilens aktuella fält där svaret är okänt men någon har fått frågan: arbete "
        "som pågår.",
        "The share of the profile's fields that apply where the answer is unknown but somebody "
        "has been asked: work in progress.",
    ),
    unit=PER_CENT,
    added_up=SHARE,
)
VERIFIED = Definition(
    key="profile_verified_pct",
    name=Text("Verifierad andel av profilen", "Verified share of the profile"),
    meaning=Text(
        "Andelen av profilens kända värden, de som har källa och datum, som har minst ett "
        "skriftligt besked från nätägare, VA-huvudman eller myndighet, eller ett avtal, och som "
        "inte var inaktuella den dagen.",
        "The share of the profile's known values, those that carry a source and a date, that rest "
        "on at least a written answer from a grid owner, water utility or authority, or on an "
        "agreement, and were not stale on that day.",
    ),
    unit=PER_CENT,
    added_up=SHARE,
)
