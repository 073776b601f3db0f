"""What the figures of progress mean that tell how the project is anchored in the municipalities."""

from catalogue.anchoring.parts import ACTIVITY_DAYS, MEETING_DAYS, PARTS
from catalogue.fields.field import DAYS
from catalogue.progress.figure_definitions import LONGEST, Definition
from geo.texts import Text

MUNICIPALITIES = Text("Kommunernas tal läggs ihop.", "The municipalities' figures are added up.")
MEETINGS = Text(
    "Ett möte räknas en gång i varje kommun som var med, och en gång i länet.",
    "A meeting counts once in each municipality that took part, and once in the county.",
)
PEOPLE = Text("personer", "people")
DECISION = Definition(
    key="anchored_decision",
    name=Text("Beslut att delta", "Decisions to take part"),
    meaning=Text(
        "Kommuner där ett beslut att delta i projektet var inskrivet, med dag och vem som "
        "beslutade: 1 eller 0 för en kommun.",
        "Municipalities where a decision to take part in the project had been entered, with its "
        "day and who decided: 1 or 0 for a municipality.",
    ),
    added_up=MUNICIPALITIES,
)
APPOINTED = Definition(
    key="anchored_people",
    name=Text("Utsedda", "Appointed"),
    meaning=Text(
        "Av de tre som varje kommun ska ha utsett: den som gör arbetet, en ersättare och en "
        "ledamot i styrgruppen.",
        "Of the three whom each municipality is to have appointed: the one who does the work, a "
        "deputy and a member of the steering group.",
    ),
    added_up=MUNICIPALITIES,
)
IN_PLACE = Definition(
    key="anchoring_parts",
    name=Text("Förankring på plats", "Anchoring in place"),
    meaning=Text(
        f"Av {len(PARTS)} delar i varje kommun: beslut, utsedd person, ersättare, ledamot i "
        "styrgruppen, någon utbildning, aktivitet i katalogen de senaste "
        f"{ACTIVITY_DAYS} dagarna, ett möte de senaste {MEETING_DAYS} dagarna, och en "
        "SWOT-analys som är högst {other_days} dagar gammal.",
        f"Of {len(PARTS)} parts in each municipality: decision, appointed person, deputy, member of "
        f"the steering group, some training, activity in the catalogue in the last {ACTIVITY_DAYS} "
        f"days, a meeting in the last {MEETING_DAYS} days, and a SWOT that is at most "
        "{other_days} days old.",
    ),
    added_up=MUNICIPALITIES,
)
ATTENDED = Definition(
    key="meetings_attended",
    name=Text("Möten med deltagare", "Meetings attended"),
    meaning=Text(
        "Möten till och med den dagen där någon från kommunen var med: styrgrupp, arbetsgrupp, "
        "nämnd eller styrelse, och andra. Utbildningar räknas för sig.",
        "Meetings by that day at which somebody from the municipality was present: steering group, "
        "working group, board or committee, and others. Trainings are counted apart.",
    ),
    added_up=MEETINGS,
)
TRAININGS = Definition(
    key="trainings",
    name=Text("Utbildningar", "Trainings"),
    meaning=Text(
        "Utbildningar till och med den dagen där någon från kommunen var med.",
        "Trainings by that day at which somebody from the municipality was present.",
    ),
    added_up=MEETINGS,
)
TRAINED = Definition(
    key="people_trained",
    name=Text("Deltagare i utbildningar", "People trained"),
    meaning=Text(
        "Deltagare från kommunen i utbildningar, där antalet är inskrivet. Den som har gått två "
        "räknas två gånger.",
        "People from the municipality at trainings, where the number has been entered. Whoever has "
        "been to two counts twice.",
    ),
    unit=PEOPLE,
    added_up=MUNICIPALITIES,
)
IDLE = Definition(
    key="days_since_activity",
    name=Text("Dagar sedan senaste aktivitet", "Days since last activity"),
    meaning=Text(
        "Dagar sedan någon senast ändrade en plats eller profilen, ställde eller avgjorde en fråga "
        "eller skrev in tid för kommunen. Det katalogen gör av sig själv räknas inte.",
        "Days since anybody last changed a site or the profile, asked or decided a question or "
        "entered hours for the municipality. What the catalogue does by itself does not count.",
    ),
    unit=DAYS,
    added_up=LONGEST,
)
SWOT_AGE = Definition(
    key="swot_age_days",
    name=Text("SWOT-analysens ålder", "Age of the SWOT"),
    meaning=Text(
        "Dagar sedan SWOT-analysen i kommunens profil gjordes eller senast gicks igenom.",
        "Days since the SWOT in the municipality's profile was made or last gone through.",
    ),
    unit=DAYS,
    added_up=LONGEST,
)
