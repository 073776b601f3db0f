"""Notes on the sites of a shortlist, as a form sends them: one text for each reference."""

from catalogue.comparisons.chosen_sites import MOST_LISTED, read_references
from catalogue.errors import Fault, Invalid
from catalogue.forms.form_texts import Texts
from geo.texts import Text

LONGEST_NOTE = 1_000


def read_notes(texts: Texts) -> dict[str, str]:
    """The sites in their order with their notes, from `reference` and `note-REFERENCE`.

    Raises `Invalid` for none, too many, or a note that is too long.
    """
    references = list(dict.fromkeys(read_references(texts.get("reference", ()))))
    faults = []
    if not references:
        text = Text("Välj minst en plats.", "Choose at least one site.")
        faults.append(Fault("reference", text))
    if len(references) > MOST_LISTED:
        text = Text("Högst {most} platser.", "At most {most} sites.").format(most=MOST_LISTED)
        faults.append(Fault("reference", text))
    notes = {one: "".join(texts.get(f"note-{one}", ())[:1]).strip() for one in references}
    faults += [
        Fault(
            f"note-{reference}",
            Text(
                "Anteckningen om {reference} är för lång: högst {most} tecken.",
                "The note on {reference} is too long: at most {most} characters.",
            ).format(reference=reference[:40], most=LONGEST_NOTE),
        )
        for reference, note in notes.items()
        if len(note) > LONGEST_NOTE
    ]
    if faults:
        raise Invalid(faults)
    return notes
