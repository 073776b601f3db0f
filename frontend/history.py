"""The history of a site or a profile: every version and what it changed; two of them compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.errors import Fault
from catalogue.fields import Field
from catalogue.history.differences import Difference
from catalogue.history.file_changes import FileChange
from catalogue.history.history import Version
from catalogue.history.version_steps import Step
from catalogue.rules import Rules
from catalogue.site import Site
from frontend.difference_lines import DifferenceLine, OutlineLine, difference_lines, outline_line
from frontend.file_lines import file_lines
from frontend.maps import Backdrop, outlines_map
from frontend.rendering import Page, address, render
from frontend.site_form_parts import moment_text, site_path, what_changed
from frontend.site_page import SiteSeen, site_page
from geo.outline_changes import OutlineChange
from geo.texts import Language, Text

VERSIONS_A_PAGE = 20


@dataclass(frozen=True, kw_only=True)
class Chronicle:
    """Whose history it is, and where its pages stand."""

    name: str
    path: str
    """Of the form; the pages of the history lie below it."""
    fields: Mapping[str, Field]
    newest: int
    may_write: bool
    municipality: str | None = None
    """Its code, where the form's address needs it."""

    def href(self, page: Page, below: str = "", /, **query: object) -> str:
        given = {**query, "municipality": self.municipality}
        return address(page.language, f"{self.path}{below}", **given)


@dataclass(frozen=True, kw_only=True)
class VersionLine:
    """One version in the list."""

    number: int
    when: str
    who: str
    what: str
    reason: str
    differences: Sequence[DifferenceLine]
    files: Sequence[DifferenceLine]
    outline: OutlineLine | None
    compare: str
    """The address where it is compared with the one before it; empty for the first."""
    restore: str
    """Where it is compared with what holds now; empty for what holds now."""
    whole: str
    """Where the whole site is shown as it was then; a profile has no such page."""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two versions of the same thing."""

    old: Version
    new: Version
    differences: Sequence[Difference]
    files: Sequence[FileChange]
    outline: OutlineChange | None


@dataclass(frozen=True, kw_only=True)
class RestoreTry:
    """What the person wanted restored, and why that was refused."""

    refusal: Text | None = None
    faults: Sequence[Fault] = ()
    reason: str = ""
    keys: frozenset[str] = frozenset()
    """The fields that were ticked."""


def history_page(
    page: Page, chronicle: Chronicle, steps: Sequence[Step], number: int, rules: Rules
) -> str:
    return render(
        "workspace/history_list.html",
        page,
        chronicle=chronicle,
        back=chronicle.href(page),
        here=chronicle.href(page, "/history"),
        compare=chronicle.href(page, "/history/compare"),
        versions=[version_line(page, chronicle, step, rules) for step in steps],
        today=rules.today.isoformat(),
        first=chronicle.newest - steps[0].version.number + 1 if steps else 0,
        last=chronicle.newest - steps[-1].version.number + 1 if steps else 0,
        previous=turned(page, chronicle, number - 1),
        next=turned(page, chronicle, number + 1),
    )


def turned(page: Page, chronicle: Chronicle, number: int) -> str:
    """The address of another page of the list; empty where there is none."""
    if not 1 <= number <= -(-chronicle.newest // VERSIONS_A_PAGE):
        return ""
    return chronicle.href(page, "/history", page=number)


def version_line(page: Page, chronicle: Chronicle, step: Step, rules: Rules) -> VersionLine:
    version, language = step.version, page.language
    number, is_site = version.number, version.status is not None
    compared = "/history/compare"
    return VersionLine(
        number=number,
        when=moment_text(version.recorded_at, language),
        who=who(version, page),
        what=what_changed(version, language, chronicle.fields),
        reason=version.reason,
        differences=difference_lines(step.differences, chronicle.fields, rules, language),
        files=file_lines(version.files, language),
        outline=outline_line(step.outline, language),
        compare=chronicle.href(page, compared, old=number - 1, new=number) if number > 1 else "",
        restore=chronicle.href(page, compared, old=number, new=chronicle.newest)
        if number < chronicle.newest
        else "",
        whole=chronicle.href(page, "/history", version=number) if is_site else "",
    )


def who(version: Version, page: Page) -> str:
    return version.name or Text("Katalogen", "The catalogue").in_language(page.language)


def compare_page(
    page: Page,
    chronicle: Chronicle,
    compared: Comparison,
    rules: Rules,
    backdrop: Backdrop,
    tried: RestoreTry,
) -> str:
    """Two versions side by side; with a way back where the newer one is what holds now."""
    change, language = compared.outline, page.language
    lines = difference_lines(compared.differences, chronicle.fields, rules, language)
    is_now = compared.new.number == chronicle.newest
    return render(
        "workspace/compare.html",
        page,
        chronicle=chronicle,
        back=chronicle.href(page),
        history=chronicle.href(page, "/history"),
        action=chronicle.href(page, "/restorations"),
        old=compared.old.number,
        new=compared.new.number,
        old_told=told(compared.old, page),
        new_told=told(compared.new, page),
        lines=lines,
        files=file_lines(compared.files, language),
        outline=outline_line(change, language),
        map=outlines_map(page, backdrop, change.old, change.new) if change else None,
        may_restore=chronicle.may_write and is_now and bool(lines or change),
        tried=tried,
        problems=problems(tried.faults, chronicle.fields, language),
        reason_error=" ".join(
            fault.text.in_language(language) for fault in tried.faults if fault.where == "reason"
        ),
        chosen=tried.keys,
    )


def problems(faults: Sequence[Fault], fields: Mapping[str, Field], language: Language) -> list[str]:
    """What is wrong with the fields, each with its label."""
    found = []
    for fault in faults:
        if fault.where in fields:
            label = fields[fault.where].label.in_language(language)
            text = fault.text.in_language(language)
            found.append(text if text.startswith(label) else f"{label}: {text}")
    return found


def told(version: Version, page: Page) -> str:
    return f"{moment_text(version.recorded_at, page.language)} · {who(version, page)}"


def as_was_page(page: Page, seen: SiteSeen, site: Site, day: date | None, name: str) -> str:
    """The site's page as it would have looked: at the end of a day, or as a version left it."""
    language = page.language
    title = (
        Text("Platsen som den var den {day}", "The site as it was on {day}").format(day=day)
        if day
        else Text(
            "Platsen som den var i version {number}", "The site as it was in version {number}"
        ).format(number=str(site.version))
    )
    saved = moment_text(site.updated_at, language) if site.updated_at else ""
    return site_page(
        page,
        seen,
        "workspace/as_was.html",
        as_was=True,
        title=title.in_language(language),
        number=site.version,
        saved=f"{saved} · {name}" if name else saved,
        back=address(language, f"{site_path(site.reference)}/history"),
        form=address(language, site_path(site.reference)),
    )
