"""What is wrong with a setting, in words for whoever typed it: pydantic's faults by their kind."""

from pydantic import ValidationError

from geo.texts import Text

FAULTS: dict[str, Text] = {
    "int_parsing": Text("Skriv ett heltal, som 180.", "Write a whole number, such as 180."),
    "int_from_float": Text("Skriv ett heltal, som 180.", "Write a whole number, such as 180."),
    "float_parsing": Text("Skriv ett tal, som 16 eller 7,5.", "Write a number, such as 16 or 7.5."),
    "greater_than_equal": Text("Minst {ge}.", "At least {ge}."),
    "less_than_equal": Text("Högst {le}.", "At most {le}."),
    "finite_number": Text("Skriv ett tal, som 16 eller 7,5.", "Write a number, such as 16 or 7.5."),
    "date_from_datetime_parsing": Text(
        "Skriv ett datum, som 2026-09-30.", "Write a date, such as 2026-09-30."
    ),
    "date_parsing": Text("Skriv ett datum, som 2026-09-30.", "Write a date, such as 2026-09-30."),
    "no_such_day": Text(
        "”{day}” är inte en dag. Skriv dagar med komma emellan, som 2026-04-30, 2026-10-31.",
        "“{day}” is not a day. Write days with commas between them, such as 2026-04-30, "
        "2026-10-31.",
    ),
    "days_out_of_order": Text(
        "{day} kommer inte efter dagen före. Skriv dagarna i ordning, var och en en gång.",
        "{day} does not come after the day before it. Write the days in order, each of them once.",
    ),
    "string_pattern_mismatch": Text(
        "Skriv en e-postadress, gärna med ett namn före: SiteFinder <namn@example.se>.",
        "Write an e-mail address, with a name before it if you like: SiteFinder <name@example.se>.",
    ),
}
OTHER = Text("Värdet går inte att använda här.", "The value cannot be used here.")


MONTHS = Text(
    "Skriv månader som siffror med komma emellan, som 3,6,9,12.",
    "Write months as numbers with commas between them, such as 3,6,9,12.",
)
MISMATCHES: dict[str, Text] = {
    "snapshot_months": MONTHS,
    "report_months": MONTHS,
    "report_recipients": Text(
        "Skriv e-postadresser med komma emellan: namn@kommun.se, namn@region.se.",
        "Write e-mail addresses with commas between them: name@kommun.se, name@region.se.",
    ),
}
"""Of settings whose text has a form of its own."""


def fault_text(name: str, refusal: ValidationError) -> Text:
    """The first thing that is wrong with a setting."""
    fault = refusal.errors(include_url=False)[0]
    if fault["type"] == "string_pattern_mismatch" and name in MISMATCHES:
        return MISMATCHES[name]
    return FAULTS.get(fault["type"], OTHER).format(**fault.get("ctx", {}))
