"""The sites that a figure of progress counts, as a list narrowed by what the figure is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogue.fields import SITE, Field
from catalogue.progress.progress import Progress
from catalogue.progress.progress_sites import SiteCount
from catalogue.provenance import MARK_LABELS, Mark, Provenance, mark
from catalogue.readiness import LEVELS
from catalogue.site import LISTED_STATUSES
from frontend.rendering import Page, address, render
from geo.texts import Language, Text


@dataclass(frozen=True)
class Wanted:
    """Which sites of the list; what is empty is no condition."""

    municipalities: Sequence[str] = ()
    status: str = ""
    readiness: str = ""
    field: Field | None = None
    mark: str = ""
    """Only sites whose value of the field carries this trust mark."""

    def covers(self, site: SiteCount) -> bool:
        level = "none" if site.level is None else str(site.level)
        if not self.status and site.status == "withdrawn":
            return False
        return (
            (not self.municipalities or site.municipality in self.municipalities)
            and self.status in ("", site.status)
            and self.readiness in ("", level)
        )


def list_address(language: Language, progress: Progress, **wanted: object) -> str:
    """The sites behind a figure, as they were known that day; what is empty is no condition."""
    given = {name: value or None for name, value in wanted.items()}
    return address(language, "/progress/sites", **given, as_of=progress.as_of, since=progress.since)


def site_address(page: Page) -> Mapping[str, str]:
    """Where a site is seen, by its status: drafts only by those who work on them."""
    is_editor = page.account is not None and page.account.role in ("editor", "publisher", "admin")
    work = address(page.language, "/workspace/sites/") if is_editor else ""
    seen = address(page.language, "/sites/")
    return {
        entry.code: seen if entry.code in LISTED_STATUSES else work
        for entry in SITE["status"].codes
    }


@dataclass(frozen=True)
class Stands:
    """What stands behind the field that a list is about, at one site."""

    mark: Mark
    provenance: Provenance | None


Behind = Mapping[str, Provenance | None]
"""By reference, of the sites where the field applies."""


def sites_page(page: Page, progress: Progress, wanted: Wanted, behind: Behind) -> str:
    """The sites that a figure counts; `behind` is empty where no field is chosen."""
    names = {row.code: row.name for row in progress.rows}
    found = [site for site in progress.sites if site.municipality in names and wanted.covers(site)]
    stands = {} if wanted.field is None else standing(behind, wanted.field, progress)
    if wanted.field:
        found = [
            site
            for site in found
            if site.reference in stands and wanted.mark in ("", stands[site.reference].mark)
        ]
    return render(
        "progress/sites.html",
        page,
        progress=progress,
        sites=sorted(found, key=lambda site: site.reference),
        names=names,
        field=wanted.field,
        stands=stands,
        conditions=conditions(page.language, progress, wanted, names),
        status_labels={entry.code: entry.label for entry in SITE["status"].codes},
        site_address=site_address(page),
    )


def standing(behind: Behind, field: Field, progress: Progress) -> Mapping[str, Stands]:
    return {
        reference: Stands(mark(one, field, progress.shelf_life, progress.as_of), one)
        for reference, one in behind.items()
    }


def conditions(
    language: Language, progress: Progress, wanted: Wanted, names: Mapping[str, Text]
) -> list[tuple[Text, str]]:
    """What the list is narrowed to, each with the address without it."""
    given: dict[str, object] = {
        "municipality": list(wanted.municipalities),
        "status": wanted.status,
        "readiness": wanted.readiness,
        "field": wanted.field.key if wanted.field else "",
        "mark": wanted.mark,
    }

    def without(name: str, left: object = None, **also: object) -> str:
        return list_address(language, progress, **{**given, name: left, **also})

    found = [
        (
            names.get(code, Text(code, code)),
            without("municipality", [one for one in wanted.municipalities if one != code]),
        )
        for code in wanted.municipalities
    ]
    if wanted.status:
        found.append((SITE["status"].code_label(wanted.status), without("status")))
    if wanted.readiness:
        level = level_name(wanted.readiness)
        found.append((Text(f"Mognad: {level.sv}", f"Readiness: {level.en}"), without("readiness")))
    if wanted.field:
        found.append((wanted.field.label, without("field", mark=None)))
    if wanted.mark in MARK_LABELS:
        found.append((MARK_LABELS[wanted.mark], without("mark")))
    return found


def level_name(key: str) -> Text:
    if key == "none":
        return Text("ej bedömd", "not assessed")
    return LEVELS[int(key)] if key in map(str, range(len(LEVELS))) else Text(key, key)
