"""The pages of snapshots: what was frozen, told by what the snapshot itself says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalogue.errors import Fault
from catalogue.settings import Settings
from catalogue.snapshots.comparison import Comparison
from catalogue.snapshots.reporting_dates import past_dates
from catalogue.snapshots.snapshots import LONGEST_NAME, LONGEST_NOTE, Broken, Snapshot
from frontend.admin.setting_words import WORDS
from frontend.admin.settings import shown
from frontend.rendering import Page, render
from geo.texts import Language, Text

SNAPSHOTS_PATH = "/progress/snapshots"
TAKEN_BY: dict[str, Text] = {
    "project": Text("projektkontoret", "the project office"),
    "admin": Text("administratören", "the administrator"),
    "job": Text("av sig själv vid periodens slut", "by itself at the end of the period"),
    "command": Text("från kommandoraden", "from the command line"),
}
FILES: dict[str, Text] = {
    "progress-sv.pdf": Text(
        "Lägesrapport på en sida, svenska", "Status report on one page, Swedish"
    ),
    "progress-en.pdf": Text(
        "Lägesrapport på en sida, engelska", "Status report on one page, English"
    ),
    "progress-sv.xlsx": Text("Arbetsbok på svenska", "Workbook in Swedish"),
    "progress-en.xlsx": Text("Arbetsbok på engelska", "Workbook in English"),
    "progress-sv.csv": Text("Alla siffror, svenska", "All figures, Swedish"),
    "progress-en.csv": Text("Alla siffror, engelska", "All figures, English"),
    "progress.json": Text("Allt för program", "Everything for programs"),
    "sites.csv": Text("Platserna bakom, med version", "The sites behind, with versions"),
}


MOST_CHOICES = 4
"""Reporting dates that are offered beside the form."""


@dataclass(frozen=True, kw_only=True)
class SnapshotForm:
    """A snapshot about to be taken, as it was typed."""

    name: str = ""
    as_of: str = ""
    since: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Chain:
    """All snapshots, and what was found when their seals were worked out anew."""

    snapshots: Sequence[Snapshot]
    broken: Sequence[Broken]
    seal: str = ""
    """One that somebody has noted and asks about."""
    sealed: Snapshot | None = None
    """The snapshot that it is the seal of."""

    @property
    def holds(self) -> bool:
        """Whether all is as it was up to the snapshot whose seal was noted."""
        one = self.sealed
        return one is not None and all(wrong.number > one.number for wrong in self.broken)


@dataclass(frozen=True, kw_only=True)
class FrozenFigure:
    """A figure in a snapshot's own words; a value is None where nothing is said."""

    key: str
    name: Text
    unit: Text
    definition: Text
    values: Sequence[float | None]
    """In the order of the places."""


def snapshots_page(
    page: Page,
    chain: Chain,
    form: SnapshotForm,
    settings: Settings,
    today: date,
    faults: Sequence[Fault] = (),
) -> str:
    errors = {fault.where: fault.text.in_language(page.language) for fault in faults}
    return render(
        "progress/snapshots.html",
        page,
        snapshots=chain.snapshots,
        broken=chain.broken,
        chain=chain,
        reporting_days=past_dates(settings, today)[:MOST_CHOICES],
        freezes_reports=settings.reporting_snapshots and bool(settings.reporting_days),
        form=form,
        faults=errors,
        errors=[{"field": where, "text": text} for where, text in errors.items()],
        months=sorted(settings.snapshot_months_set),
        longest_name=LONGEST_NAME,
        longest_note=LONGEST_NOTE,
        taken_by=TAKEN_BY,
        path=SNAPSHOTS_PATH,
    )


def snapshot_page(
    page: Page,
    one: Snapshot,
    sizes: Mapping[str, int],
    figures: Mapping[str, Any],
    others: Sequence[Snapshot],
    *,
    is_new: bool,
) -> str:
    """Any: the snapshot's JSON."""
    places = [(place["code"], place["name"]) for place in figures["municipalities"]]
    return render(
        "progress/snapshot.html",
        page,
        one=one,
        files=[(name, FILES.get(name, Text(name, name)), size) for name, size in sizes.items()],
        figures=frozen_figures(figures),
        places=places,
        indicators=figures.get("indicators", []),
        settings=setting_lines(figures.get("settings", {}), page.language),
        others=others,
        is_new=is_new,
        is_example=figures["is_example"],
        taken_by=TAKEN_BY,
        path=SNAPSHOTS_PATH,
    )


def frozen_figures(figures: Mapping[str, Any]) -> list[FrozenFigure]:
    """Those that say something, in the snapshot's order. Any: JSON."""
    definitions = {one["key"]: one for one in figures["definitions"]}
    places = [figures["total"], *figures["municipalities"]]
    found = [
        FrozenFigure(
            key=figure["key"],
            name=Text(figure["name_sv"], figure["name_en"]),
            unit=Text(figure["unit_sv"], figure["unit_en"]),
            definition=Text(
                definitions[figure["definition"]]["definition_sv"],
                definitions[figure["definition"]]["definition_en"],
            ),
            values=said_of(figure["key"], places),
        )
        for figure in figures["figures"]
    ]
    return [one for one in found if any(value is not None for value in one.values)]


def said_of(key: str, places: Sequence[Mapping[str, Any]]) -> list[float | None]:
    """Any: JSON."""
    return [place["figures"].get(key, {}).get("value") for place in places]


def setting_lines(settings: Mapping[str, Any], language: Language) -> list[tuple[Text, str]]:
    """Labels and values; a setting that this program no longer has is left out. Any: JSON."""
    return [
        (WORDS[name].label, shown(name, value, language))
        for name, value in settings.items()
        if name in WORDS
    ]


def comparison_page(page: Page, found: Comparison, other: int, municipality: str) -> str:
    """The whole, or one municipality where its code is given; `other` is the one asked beside."""
    chosen = municipality if municipality in found.names else ""
    return render(
        "progress/snapshot_comparison.html",
        page,
        found=found,
        other=other,
        chosen=chosen,
        lines=found.of(chosen),
        settings=[
            (
                WORDS[name].label,
                shown(name, before, page.language),
                shown(name, after, page.language),
            )
            for name, before, after in found.settings
            if name in WORDS
        ],
        path=SNAPSHOTS_PATH,
    )
