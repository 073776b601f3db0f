"""The answer pack: what a client gets for a request – a document, a workbook and fact sheets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalogue.fields import SITE
from catalogue.provenance import BASIS_LABELS, MARK_LABELS, STATE_LABELS, Provenance
from catalogue.requests.matching import Match, Result, field_key
from catalogue.requests.requirements import Requirement
from catalogue.requests.wording import IMPORTANCE, words
from frontend.formats import date_text, number
from frontend.match_page import FIT_WORDS, OUTCOME_WORDS, Answer, joined, missed
from frontend.match_words import gap_words, result_words
from frontend.rendering import address
from frontend.search_cards import name_of
from frontend.site_page_facts import Told
from frontend.typesetting import Document
from geo.texts import Language, Text

TITLE = Text("Svar på förfrågan", "Answer to the request for information")
SUBJECT = Text(
    "{n} platser i Gävleborg mot {m} krav: vad som är uppfyllt, vad som saknas och vad som är "
    "okänt.",
    "{n} sites in Gävleborg against {m} requirements: what is met, what is missing and what is "
    "unknown.",
)


@dataclass(frozen=True, kw_only=True)
class Pack:
    """The sites chosen for a client, and the whole answer that they come from."""

    answer: Answer
    sites: Sequence[Match]
    home: str
    """The address that visitors use, without a slash at its end."""
    code_name: str = ""


@dataclass(frozen=True)
class Reply:
    """How one site answers one requirement, with what stands behind it, in words."""

    value: str
    outcome: str
    gap: str
    state: str
    basis: str
    as_of: str
    """ISO 8601, or nothing."""
    source: str
    mark: str


def reply(one: Requirement, result: Result, site: Match, pack: Pack, language: Language) -> Reply:
    key = field_key(one, site.properties)
    told = Told(site.properties, SITE, language, pack.answer.today)
    behind = told.behind(key)
    state = STATE_LABELS[behind.state] if behind else MARK_LABELS["empty"]
    basis = BASIS_LABELS.get(behind.basis or "", Text("", "")) if behind else Text("", "")
    day = as_of(behind)
    return Reply(
        result_words(one, result, site, language),
        OUTCOME_WORDS[result.outcome].in_language(language),
        gap_words(one, result, language),
        "" if result.value is not None and not SITE[key].factual else state.in_language(language),
        basis.in_language(language),
        day,
        source_of(behind),
        told.mark(key),
    )


def as_of(behind: Provenance | None) -> str:
    """Of a known value its date, of an unknown one when it was asked for."""
    if behind is None:
        return ""
    day = behind.as_of or behind.asked_on
    return day.isoformat() if day else ""


def source_of(behind: Provenance | None) -> str:
    return (behind.source or behind.asked) if behind else ""


Sheet = tuple[Mapping[str, Any], Mapping[str, bytes]]
"""What a site's fact sheet says, and its pictures by name. Any: JSON."""


def pack_document(pack: Pack, sheets: Sequence[Sheet], language: Language) -> Document:
    """Cover, what is asked for, the matrix, near misses, combinations, site by site, and the fact
    sheet of each."""
    answer, requirements = pack.answer, pack.answer.asked.requirements
    subject = SUBJECT.format(n=len(pack.sites), m=len(requirements)).in_language(language)
    title = TITLE.in_language(language)
    said = {
        "language": language,
        "title": f"{title} {pack.code_name}".strip(),
        "subject": subject,
        "day": [answer.today.year, answer.today.month, answer.today.day],
        "made": date_text(answer.today, language),
        "counts": [
            number(count, language, 0)
            for count in (answer.found.meets, answer.found.may_fit, answer.found.fails)
        ],
        "requirements": [
            {
                "number": str(place),
                "question": one.question or one.fragment,
                "words": words(one, answer.names).in_language(language),
                "importance": IMPORTANCE[one.must].in_language(language),
                "weight": number(one.weight, language),
            }
            for place, one in enumerate(requirements, start=1)
        ],
        "not_understood": list(answer.asked.not_understood),
        "sites": [site_told(site, pack, language) for site in pack.sites],
        "near": [
            {"name": one.name, "reference": one.reference, "words": f"{one.label}: {one.words}"}
            for one in (missed(site, answer, language) for site in answer.found.near_misses)
        ],
        "together": [
            {
                "names": " + ".join(name for name, _, _ in one.sites),
                "place": one.place,
                "fit": FIT_WORDS[one.combination.fit].in_language(language),
                "reaches": [f"{label}: {value}" for label, _, value in one.reaches],
                "shared": ", ".join(one.combination.shared_substations),
            }
            for one in (joined(one, answer, language) for one in answer.together)
        ],
        "sheets": [told for told, _ in sheets],
    }
    pictures = {name: drawn for _, files in sheets for name, drawn in files.items()}
    return Document(template="answer_pack.typ", said=said, pictures=pictures)


def site_told(site: Match, pack: Pack, language: Language) -> dict[str, Any]:
    """Any: JSON."""
    place = address(language, f"/sites/{site.reference}")
    return {
        "name": name_of(site.properties, language),
        "reference": site.reference,
        "municipality": site.properties["municipality_name"],
        "address": pack.home + place,
        "fit": FIT_WORDS[site.fit].in_language(language),
        "score": number(site.score, language, 0),
        "unknown": number(site.unknown, language, 0) if site.unknown else "",
        "replies": [
            reply_told(one, result, site, pack, language)
            for one, result in zip(pack.answer.asked.requirements, site.results, strict=True)
        ],
    }


def reply_told(
    one: Requirement, result: Result, site: Match, pack: Pack, language: Language
) -> dict[str, Any]:
    """Any: JSON."""
    said = reply(one, result, site, pack, language)
    told = Told(site.properties, SITE, language, pack.answer.today)
    return {
        "outcome": result.outcome,
        "outcome_word": said.outcome,
        "label": one.need.label.in_language(language),
        "value": said.value,
        "gap": said.gap,
        "mark": {"code": said.mark, "word": MARK_LABELS[told.mark(field_key(one, site.properties))].in_language(language)},
        "source": told.fact(field_key(one, site.properties)).source,
    }  # fmt: skip
