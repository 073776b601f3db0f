"""The steering group's report: one page on the web, and the same on one sheet of paper."""

from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from catalogue.progress.progress_files import write_json
from catalogue.progress.progress_moves import last_day_ahead
from catalogue.progress.reports import Report
from catalogue.progress.sentences import introduction
from frontend import report_parts as parts
from frontend.progress_behind import behind_address
from frontend.progress_words import linked
from frontend.rendering import Page, address, render
from frontend.report_parts import MOST_MOVES
from frontend.report_speech import LONGEST_NAME, Speech, shortened
from frontend.report_trend import by_day, trend
from frontend.typesetting import Document, pdf, qr_code
from geo.texts import Language, Text

PATH = "/progress/report"
TITLE = Text("Läget {day}", "Progress {day}")
SUBJECT = Text(
    "Lägesrapport till styrgruppen: mark, effekt, vatten, fullständighet, tid och förfrågningar.",
    "Status report to the steering group: land, power, water, completeness, hours and enquiries.",
)


def write_pdf(report: Report, language: Language) -> bytes:
    """A tagged PDF of one page, the same bytes each time; its foot has the SHA-256 of the JSON file
    with the same figures, which a snapshot keeps beside it under its seal."""
    return pdf(report_sheet(report, language), report.progress.as_of)


def report_page(page: Page, report: Report, today: date, *, may_send: bool, sent: bool) -> str:
    """The report with every number in a table, and why each site is expected to move."""
    found, speech = report.progress, Speech(page.language)
    lines = trend(report.trend, speech)
    chosen = list(report.narrowed.municipalities)
    days = urlencode(
        {"as_of": found.as_of, "since": found.since, "municipality": chosen}, doseq=True
    )
    progress = address(
        page.language,
        "/progress",
        municipality=chosen or None,
        as_of=found.as_of,
        since=found.since,
    )
    return render(
        "progress/report.html",
        page,
        progress=found,
        place=speech.words(report.place),
        chosen=chosen,
        today=today,
        dates=days,
        sentences=linked(introduction(found, report.row), page.language, progress),
        strip=parts.strip(report.row, speech),
        plan=parts.plan(report.row, speech),
        power=parts.power(report.row, speech),
        water=parts.water(report, speech),
        matrix=parts.matrix(found, speech),
        trend=lines,
        trend_rows=by_day(lines),
        demand=parts.demand(report.row, speech),
        moves=parts.moves(found, report.row, last_day_ahead(found.as_of), speech),
        behind=lambda key, code="": behind_address(
            page.language, key, found, [code] if code else chosen
        ),
        version=report.definitions_version,
        may_send=may_send,
        sent=sent,
    )


def report_sheet(report: Report, language: Language) -> Document:
    found, speech = report.progress, Speech(language)
    link = report_address(report, language)
    moves = parts.moves(found, report.row, last_day_ahead(found.as_of), speech)
    said: dict[str, Any] = {
        "language": language,
        "title": speech.words(TITLE.format(day=found.as_of)),
        "subject": speech.words(SUBJECT),
        "day": [found.as_of.year, found.as_of.month, found.as_of.day],
        "place": speech.words(report.place),
        "dates": dates(report, speech),
        "has_examples": found.has_examples,
        "version": report.definitions_version,
        "source": sha256(write_json(report, language)).hexdigest(),
        "address": link,
        "address_shown": link.partition("://")[2].partition("?")[0],
        "sentences": [speech.words(one.text) for one in introduction(found, report.row)],
        "strip": parts.strip(report.row, speech),
        "plan": parts.plan(report.row, speech),
        "power": parts.power(report.row, speech),
        "water": water_told(report, speech),
        "matrix": matrix_told(report, speech),
        "trend": trend(report.trend, speech),
        "demand": parts.demand(report.row, speech),
        "moves": {
            "title": moves.title,
            "note": f"{more(len(moves.rows) - MOST_MOVES, speech)}{moves.note}",
            "rows": [
                {
                    "name": shortened(row.name),
                    "place": row.place if found.is_several else "",
                    "level": row.level,
                    "because": shortened(row.because, 2 * LONGEST_NAME),
                }
                for row in moves.rows[:MOST_MOVES]
            ],
        },
    }
    return Document(template="progress_report.typ", said=said, pictures={"qr.svg": qr_code(link)})


def more(n: int, speech: Speech) -> str:
    """How many there was no room for."""
    if n <= 0:
        return ""
    return speech.words(
        Text("Ytterligare {n} står på webben. ", "Another {n} are on the web. ").format(n=n)
    )


def dates(report: Report, speech: Speech) -> str:
    found = report.progress
    text = Text("jämfört med {since}", "compared with {since}").format(since=found.since)
    return speech.words(text)


def report_address(report: Report, language: Language) -> str:
    """The page of the same days, in full."""
    found = report.progress
    path = address(
        language,
        PATH,
        municipality=list(report.narrowed.municipalities) or None,
        as_of=found.as_of,
        since=found.since,
    )
    return f"{report.home}{path}"


def water_told(report: Report, speech: Speech) -> dict[str, Any]:
    """Any: JSON."""
    found = parts.water(report, speech)
    rows = [replace(row, name=shortened(row.name, parts.LONGEST_UTILITY)) for row in found.rows]
    return {"rows": rows, "unit": found.unit, "note": found.note}


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
