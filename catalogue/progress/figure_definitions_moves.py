"""What the figure of progress means that looks ahead: sites expected at their next level soon."""

from catalogue.progress.figure_definitions import Definition
from geo.texts import Text

ANSWERED_WITHIN_DAYS = 90
"""A question that has waited longer than this has stalled, and promises nothing."""
EXPECTED = Definition(
    key="sites_expected",
    name=Text("Platser som väntas nå nästa nivå", "Sites expected at their next level"),
    meaning=Text(
        "Platser som inom tre månader kan nå nästa mognadsnivå på det som redan är på väg: de "
        "saknar högst {most} krav, och varje krav uppfylls antingen av en detaljplan som väntas få "
        "laga kraft inom tre månader eller av svaret på en fråga som ställdes för högst {days} "
        "dagar sedan. Det säger vad som kan hända, inte vad som kommer att hända. Alla platser "
        "utom tillbakadragna.",
        "Sites that within three months can reach their next level of readiness on what is already "
        "under way: they lack at most {most} requirements, and each is met either by a detailed "
        "plan expected in force within three months or by the answer to a question asked no more "
        "than {days} days ago. It says what can happen, not what will. All sites but withdrawn "
        "ones.",
    ).format(most=3, days=ANSWERED_WITHIN_DAYS),
)
