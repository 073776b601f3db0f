"""The steering group's report: one page on the web, and the same on one sheet of paper."""

from typing import Any

from catalogue.progress.progress_moves import last_day_ahead
from catalogue.progress.reports import Report
from catalogue.progress.sentences import introduction
from frontend import report_parts as parts
from frontend.rendering import address
from frontend.report_parts import MOST_MOVES, Speech, shortened
from frontend.report_trend import trend
from frontend.typesetting import Document, pdf, qr_code
from geo.texts import Language, Text

PATH = "/progress/report"
TITLE = Text("Läget {day}", "Progress {day}")
SUBJECT = Text(
    "Lägesrapport till styrgruppen: mark, effekt, vatten, fullständighet, tid och förfrågningar.",
    "Status report to the steering group: land, power, water, completeness, hours and enquiries.",
)


def write_pdf(report: Report, language: Language) -> bytes:
    """A tagged PDF of one page, the same bytes each time."""
    return pdf(report_sheet(report, language), report.progress.as_of)


def report_sheet(report: Report, language: Language) -> Document:
    found, speech = report.progress, Speech(language)
    link = report_address(report, language)
    moves = parts.moves(found, report.row, last_day_ahead(found.as_of), speech)
    said: dict[str, Any] = {
        "language": language,
        "title": speech.words(TITLE.format(day=found.as_of)),
        "subject": speech.words(SUBJECT),
        "day": [found.as_of.year, found.as_of.month, found.as_of.day],
        "place": speech.words(report.row.name),
        "dates": dates(report, speech),
        "has_examples": found.has_examples,
        "version": report.definitions_version,
        "address": link,
        "address_shown": link.partition("://")[2].partition("?")[0],
        "sentences": [speech.words(one.text) for one in introduction(found, report.row)],
        "strip": parts.strip(report.row, speech),
        "plan": parts.plan(report.row, speech),
        "power": parts.power(report.row, speech),
        "water": parts.water(report, speech),
        "matrix": matrix_told(report, speech),
        "trend": trend(report.trend, speech),
        "demand": parts.demand(report.row, speech),
        "moves": {
            "title": moves.title,
            "note": moves.note,
            "rows": [
                {
                    "name": shortened(row.name),
                    "place": row.place if found.is_whole else "",
                    "level": row.level,
                    "because": shortened(row.because, 2 * parts.LONGEST_NAME),
                }
                for row in moves.rows[:MOST_MOVES]
            ],
        },
    }
    return Document(template="progress_report.typ", said=said, pictures={"qr.svg": qr_code(link)})


def dates(report: Report, speech: Speech) -> str:
    found = report.progress
    text = Text("jämfört med {since}", "compared with {since}").format(since=found.since)
    return speech.words(text)


def report_address(report: Report, language: Language) -> str:
    """The page of the same days, in full."""
    found = report.progress
    path = address(language, PATH, as_of=found.as_of, since=found.since)
    return f"{report.home}{path}"


def matrix_told(report: Report, speech: Speech) -> dict[str, Any]:
    """Any: JSON."""
    found = parts.matrix(report.progress, speech)
    return {
        "themes": found.themes,
        "note": found.note,
        "rows": [
            {
                "name": row.name,
                "is_total": not row.code,
                "cells": [
                    {"text": one.text, "change": one.change, "step": one.step} for one in row.cells
                ],
            }
            for row in found.rows
        ],
    }
