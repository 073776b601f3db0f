"""The page for somebody who saved second: what each wrote, side by side, and nothing lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogue.fields import Field
from catalogue.form_saving import Overtaken
from catalogue.form_texts import Texts
from catalogue.forms import Submitted
from catalogue.history import Version
from catalogue.provenance import STATE_LABELS, Provenance
from frontend.figures import source_text
from frontend.formats import value_text
from frontend.rendering import Page, render
from frontend.site_form_parts import moment_text, what_changed
from geo.texts import Language


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One field that the person changed."""

    key: str
    label: str
    mine: str
    mine_source: str
    newer: str
    newer_source: str
    is_both: bool
    """Whether somebody else changed it too; None is told as yes."""
    is_chosen: bool
    texts: Sequence[tuple[str, str]]
    """Every control's name and text, to be sent again."""


@dataclass(frozen=True, kw_only=True)
class Others:
    """Who saved meanwhile, when and what."""

    actor: str
    when: str
    what: str


@dataclass(frozen=True, kw_only=True)
class ConflictPlace:
    """The form that the conflict arose in: its name, its fields, where it stands and posts to."""

    name: str
    href: str
    fields: Mapping[str, Field]
    versions: Sequence[Version]
    """The newest first; those after the form's own are told."""


def conflict_page(
    page: Page,
    place: ConflictPlace,
    overtaken: Overtaken,
    sent: Submitted,
) -> str:
    """What was typed beside what now stands, with a button to save it on top of the new version."""
    return render(
        "workspace/conflict.html",
        page,
        place=place,
        version=overtaken.now.version,
        text=overtaken.text,
        others=others(place, sent),
        differences=differences(place.fields, overtaken, sent),
    )


def others(place: ConflictPlace, sent: Submitted) -> list[Others]:
    language = sent.language
    return [
        Others(
            actor=version.name,
            when=moment_text(version.recorded_at, language),
            what=what_changed(version, language, place.fields),
        )
        for version in place.versions
        if version.number > sent.version
    ]


def differences(
    fields: Mapping[str, Field], overtaken: Overtaken, sent: Submitted
) -> list[Difference]:
    now, language = overtaken.now, sent.language
    found = []
    for key, entry in overtaken.changes.entries.items():
        one, behind = fields[key], now.provenance.get(key)
        mine, mine_source = (
            in_words(one, entry.value, entry.provenance, language) if entry else ("", "")
        )
        newer, newer_source = in_words(one, now.values.get(key), behind, language)
        found.append(
            Difference(
                key=key,
                label=one.label.in_language(language),
                mine=mine,
                mine_source=mine_source,
                newer=newer,
                newer_source=newer_source,
                is_both=overtaken.theirs is None or key in overtaken.theirs,
                is_chosen=overtaken.theirs is not None,
                texts=texts_for(key, sent.texts),
            )
        )
    return found


def in_words(
    one: Field, value: object, behind: Provenance | None, language: Language
) -> tuple[str, str]:
    """A value, or the state that stands in its place, and who says so."""
    source = source_text(behind, language) if behind and one.factual else ""
    if value is None and behind is not None and behind.state != "known":
        return STATE_LABELS[behind.state].in_language(language), source
    return value_text(one, value, language), source


def texts_for(key: str, texts: Texts) -> list[tuple[str, str]]:
    return [
        (name, text)
        for name, given in texts.items()
        if name == key or name.startswith(f"{key}-")
        for text in given
    ]
