"""What the parts of an indicator are called, in its form and in its history."""

from collections.abc import Mapping

from geo.texts import Text

LABELS: Mapping[str, Text] = {
    "name_sv": Text("Namn på svenska", "Name in Swedish"),
    "name_en": Text("Namn på engelska", "Name in English"),
    "unit_sv": Text("Enhet på svenska", "Unit in Swedish"),
    "unit_en": Text("Enhet på engelska", "Unit in English"),
    "target": Text("Mål", "Target"),
    "target_date": Text("Ska vara nått", "To be reached by"),
    "start_value": Text("Utgångsvärde", "Value at the start"),
    "start_date": Text("Räknas från", "Counted from"),
    "source": Text("Källa", "Source"),
    "follow_up": Text("Följs upp genom", "Followed up by"),
    "figure": Text("Siffra", "Figure"),
    "municipality": Text("Gäller", "Concerns"),
    "retired": Text("Följs inte längre", "No longer followed"),
}
