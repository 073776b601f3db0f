"""A comparison as an answer: the same file for the page and for the API."""

from collections.abc import Mapping

from starlette.responses import Response

from catalogue.comparisons.comparison import Comparison
from catalogue.comparisons.comparison_files import FORMATS, file_name
from catalogue.errors import BadParameters, Fault
from catalogue.rules import Rules
from frontend.comparison_sheet import comparison_sheet
from frontend.typesetting import pdf
from geo.texts import Language, Text

OFFERED = (*FORMATS, "pdf")


def comparison_answer(
    comparison: Comparison,
    chosen: str,
    *,
    language: Language,
    rules: Rules,
    headers: Mapping[str, str],
) -> Response:
    """Raises `BadParameters` for a format that there is not."""
    if chosen not in OFFERED:
        text = Text("Välj bland: {formats}.", "Choose among: {formats}.")
        there = text.format(formats=", ".join(OFFERED))
        raise BadParameters([Fault("format", there, in_parameter=True)])
    said = dict(headers)
    if chosen != "json":
        name = file_name(chosen, language, rules.today)
        said["Content-Disposition"] = f'attachment; filename="{name}"'
    if chosen == "pdf":
        content = pdf(comparison_sheet(comparison, rules, language), rules.today)
        return Response(content, headers=said, media_type="application/pdf")
    kind = FORMATS[chosen]
    content = kind.write(comparison, language, rules.today)
    return Response(content, headers=said, media_type=kind.media_type)
