"""A comparison as a document: the sites beside each other, theme by theme, set in type."""

from typing import Any

from catalogue.comparisons.comparison import Comparison
from catalogue.fields import SITE
from catalogue.provenance import MARK_LABELS
from catalogue.rules import Rules
from frontend.compare import Asked, Cell, Group, groups
from frontend.formats import date_text
from frontend.site_page import name_of
from frontend.site_page_facts import Told
from frontend.typesetting import Document
from geo.texts import Language, Text

TITLE = Text("Platser sida vid sida", "Sites side by side")
SUBJECT = Text("{n} platser i Gävleborg, fält för fält.", "{n} sites in Gävleborg, field by field.")
STANDINGS = {"best": Text("bäst", "best"), "worst": Text("sämst", "worst")}
LONGEST = 160
"""Characters of a text in a cell; the rest stands on the site's page."""


def comparison_sheet(comparison: Comparison, rules: Rules, language: Language) -> Document:
    asked = Asked(audience="public", today=rules.today)
    day = date_text(rules.today, language)
    return Document(
        template="comparison.typ",
        said={
            "language": language,
            "title": TITLE.in_language(language),
            "subject": SUBJECT.format(n=len(comparison.sites)).in_language(language),
            "day": [rules.today.year, rules.today.month, rules.today.day],
            "made": day,
            "sites": [
                {
                    "name": name_of(Told(site, SITE, language, rules.today)).text,
                    "place": f"{site['municipality_name']} · {site['reference']}",
                }
                for site in comparison.sites
            ],
            "groups": [
                told_group(one, language)
                for one in groups(comparison, language, asked)
                if one.lines
            ],
        },
    )


def told_group(group: Group, language: Language) -> dict[str, Any]:
    """Any: JSON."""
    return {
        "title": group.title,
        "lines": [
            {"label": line.label, "cells": [told_cell(cell, language) for cell in line.cells]}
            for line in group.lines
        ],
    }


def told_cell(cell: Cell, language: Language) -> dict[str, Any]:
    """Any: JSON; `mark` is None for a field that carries none."""
    text, mark = cell.fact.value, None
    if cell.mark:
        mark = {"code": cell.mark, "word": MARK_LABELS[cell.mark].in_language(language)}
    return {
        "value": text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …",
        "standing": cell.standing,
        "standing_word": STANDINGS[cell.standing].in_language(language) if cell.standing else "",
        "mark": mark,
        "source": cell.fact.source,
    }
