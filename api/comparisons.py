"""A comparison as an answer: the same file for the page and for the API."""

from collections.abc import Mapping

from starlette.responses import Response

from api.answers import JSON
from catalogue.comparisons.comparison import Comparison
from catalogue.comparisons.comparison_files import FORMATS, file_name
from catalogue.errors import BadParameters, Fault
from catalogue.rules import Rules
from geo.texts import Language, Text


def comparison_answer(
    comparison: Comparison,
    chosen: str,
    *,
    language: Language,
    rules: Rules,
    headers: Mapping[str, str],
) -> Response:
    """Raises `BadParameters` for a format that there is not."""
    if chosen not in FORMATS:
        text = Text("Välj bland: {formats}.", "Choose among: {formats}.")
        there = text.format(formats=", ".join(FORMATS))
        raise BadParameters([Fault("format", there, in_parameter=True)])
    kind = FORMATS[chosen]
    said = dict(headers)
    if kind.media_type != JSON:
        name = file_name(chosen, language, rules.today)
        said["Content-Disposition"] = f'attachment; filename="{name}"'
    content = kind.write(comparison, language, rules.today)
    return Response(content, headers=said, media_type=kind.media_type)
