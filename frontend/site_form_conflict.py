"""The page for somebody who saved second: who changed what, and a choice where both did."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from catalogue.fields import Field
from catalogue.forms.form_saving import Overtaken, entry_side
from catalogue.forms.form_texts import Texts
from catalogue.forms.forms import Submitted
from catalogue.history.differences import Difference, side
from catalogue.history.history import Version
from catalogue.rules import Rules
from catalogue.site import Site
from frontend.difference_lines import DifferenceLine, difference_lines, outline_line
from frontend.maps import Backdrop, outlines_map
from frontend.rendering import Page, render
from frontend.site_form_parts import moment_text, what_changed
from geo.outline_changes import outline_change
from geo.texts import Language


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """A field that both changed."""

    line: DifferenceLine
    """What is saved now, and what this person wrote."""
    before: str
    """What stood there when both began; empty where nothing did."""


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
    rules: Rules


def conflict_page(page: Page, place: ConflictPlace, overtaken: Overtaken, sent: Submitted) -> str:
    """What each changed, with one button that saves both on top of the new version."""
    merge, language = overtaken.merge(place.fields), page.language
    before, now, fields = overtaken.before, overtaken.now, place.fields
    entries = overtaken.changes.entries

    def lines(found: Iterable[Difference]) -> list[DifferenceLine]:
        return difference_lines(found, fields, place.rules, language)

    mine = [Difference(key, side(now, key), entry_side(entry)) for key, entry in entries.items()]
    began = lines(Difference(one.key, one.old, side(before, one.key)) for one in mine)
    return render(
        "workspace/conflict.html",
        page,
        place=place,
        version=now.version,
        others=others(place, sent),
        doubts=[
            Doubt(line=line, before=start.new.text)
            for line, start in zip(lines(mine), began, strict=True)
            if line.key in merge.both
        ],
        mine=lines(one for one in mine if one.key in merge.mine),
        theirs=lines(
            Difference(key, side(before, key), side(now, key))
            for key in fields
            if key in merge.theirs
        ),
        keys=[one.key for one in mine],
        texts=[pair for one in mine for pair in texts_for(one.key, sent.texts)],
    )


def outline_conflict_page(
    page: Page,
    place: ConflictPlace,
    overtaken: Overtaken,
    sent: Submitted,
    backdrop: Backdrop,
    control: str,
) -> str:
    """Two outlines of the same site on one map; one of them must be chosen."""
    now, mine = overtaken.now, overtaken.changes.outline
    theirs = now.outline if isinstance(now, Site) else None
    drawn = mine.shape if mine else None
    return render(
        "workspace/conflict_outline.html",
        page,
        place=place,
        version=now.version,
        others=others(place, sent),
        change=outline_line(outline_change(theirs, drawn), page.language),
        map=outlines_map(page, backdrop, theirs, drawn),
        texts=texts_for(control, sent.texts),
    )


def others(place: ConflictPlace, sent: Submitted) -> list[Others]:
    language: Language = sent.language
    return [
        Others(
            actor=version.name,
            when=moment_text(version.recorded_at, language),
            what=what_changed(version, language, place.fields),
        )
        for version in place.versions
        if version.number > sent.version
    ]


def texts_for(key: str, texts: Texts) -> list[tuple[str, str]]:
    """Every control of a field with its text, to be sent again."""
    return [
        (name, text)
        for name, given in texts.items()
        if name == key or name.startswith(f"{key}-")
        for text in given
    ]
