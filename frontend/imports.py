"""Many sites at once: where the template is fetched and files are sent, and what came of a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalogue.fields import SITE
from catalogue.imports.register import Import, State
from catalogue.provenance import Provenance
from frontend.figures import source_text
from frontend.formats import value_text
from frontend.rendering import Page, address, render
from frontend.site_form_parts import site_path
from geo.coordinate_readings import SYSTEMS, system_name
from geo.texts import Language, Text

IMPORT_PATH = "/workspace/import"
SHOWN_FINDINGS = 100
SHOWN_SITES = 60
HECTARES = Text("{ha} ha", "{ha} ha")

STATES: dict[State, tuple[Text, str]] = {
    "waiting": (Text("Väntar", "Waiting"), "info"),
    "reading": (Text("Kontrolleras", "Being checked"), "info"),
    "checked": (Text("Kontrollerad", "Checked"), "info"),
    "confirmed": (Text("Väntar på att sparas", "Waiting to be saved"), "info"),
    "writing": (Text("Sparas", "Being saved"), "info"),
    "done": (Text("Sparad", "Saved"), "success"),
    "refused": (Text("Inte sparad", "Not saved"), "danger"),
}
"""The word and the tone of each state."""
SITES_TITLES: dict[State, Text] = {
    "checked": Text("Det här ändras", "This changes"),
    "done": Text("Det här ändrades", "This was changed"),
}
OUTCOMES: dict[str, tuple[Text, str]] = {
    "new": (Text("Ny", "New"), "success"),
    "changed": (Text("Ändrad", "Changed"), "info"),
    "refused": (Text("Har fel", "Has faults"), "danger"),
}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Whose sites are imported, and among which municipalities the person may choose."""

    code: str
    names: Mapping[str, str]
    may_choose: bool

    @property
    def query(self) -> str | None:
        """For addresses: the code, where it does not follow from who asks."""
        return self.code if self.may_choose else None


@dataclass(frozen=True, kw_only=True)
class Line:
    """One earlier import in the list."""

    href: str
    name: str
    state: Text
    tone: str
    counts: Mapping[str, int]
    created_at: Any
    """Any: a moment, for the filter `age`."""


@dataclass(frozen=True, kw_only=True)
class FindingLine:
    """One thing to mend, as a row of the table."""

    cell: str
    sheet: str
    site: str
    field: str
    given: str
    text: str
    mend: str


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    """One field of a site, before and after, each with its source."""

    field: str
    old: str
    old_source: str
    new: str
    new_source: str


@dataclass(frozen=True, kw_only=True)
class SiteLine:
    """One site of the report."""

    reference: str
    name: str
    href: str
    row: int
    outcome: Text
    tone: str
    changes: Sequence[ChangeLine]
    more: int
    """Changed fields that are not shown."""


def import_page(
    page: Page, choice: Choice, earlier: Sequence[Import], refusal: Text | None = None
) -> str:
    return render(
        "workspace/import.html",
        page,
        choice=choice,
        municipality_name=choice.names[choice.code],
        earlier=[line(one, page.language) for one in earlier],
        refusal=refusal,
    )


def line(one: Import, language: Language) -> Line:
    state, tone = STATES[one.state]
    return Line(
        href=address(language, f"{IMPORT_PATH}/{one.id}"),
        name=one.file_name,
        state=state,
        tone=tone,
        counts=(one.report or {}).get("counts", {}),
        created_at=one.created_at,
    )


def report_page(page: Page, found: Import, municipality_name: str) -> str:
    """Progress while the worker has the file; then what would change, has changed, or is wrong."""
    language = page.language
    report = found.report or {"faults": [], "warnings": [], "sites": [], "notes": []}
    state, tone = STATES[found.state]
    faults, warnings, sites = report["faults"], report["warnings"], report["sites"]
    return render(
        "workspace/import_report.html",
        page,
        found=found,
        path=f"{IMPORT_PATH}/{found.id}",
        municipality_name=municipality_name,
        state=state,
        tone=tone,
        share=100 * found.rows_done / found.rows_total if found.rows_total else 0,
        counts=report.get("counts", {}),
        notes=[Text(*note) for note in report["notes"]],
        faults=[finding(one, language) for one in faults[:SHOWN_FINDINGS]],
        warnings=[finding(one, language) for one in warnings[:SHOWN_FINDINGS]],
        sites=[site_line(one, language) for one in sites[:SHOWN_SITES]],
        sites_title=SITES_TITLES.get(
            found.state, Text("Det här skulle ändras", "This would change")
        ),
        more_sites=max(len(sites) - SHOWN_SITES, 0),
        readings=[
            (one["code"], Text(*one["name"]).in_language(language), Text(*one["lands"]))
            for one in found.readings or ()
        ],
        systems=[(str(system), system_name(system)) for system in SYSTEMS],
    )


def finding(one: Mapping[str, Any], language: Language) -> FindingLine:
    """Any: JSON."""
    field = SITE.get(one["field"])
    row = Text("rad {row}", "row {row}").format(row=str(one["row"])).in_language(language)
    return FindingLine(
        cell=one["cell"] or row,
        sheet=one["sheet"],
        site=one["reference"],
        field=field.label.in_language(language) if field else "",
        given=one["given"],
        text=Text(*one["text"]).in_language(language),
        mend=Text(*one["mend"]).in_language(language),
    )


def site_line(one: Mapping[str, Any], language: Language) -> SiteLine:
    """Any: JSON."""
    outcome, tone = OUTCOMES[one["outcome"]]
    is_stored = one["outcome"] == "changed"
    return SiteLine(
        reference=one["reference"],
        name=one["name"],
        href=address(language, site_path(one["reference"])) if is_stored else "",
        row=one["row"],
        outcome=outcome,
        tone=tone,
        changes=[change(each, language) for each in one["changes"]],
        more=one["changed_fields"] - len(one["changes"]),
    )


def change(one: Mapping[str, Any], language: Language) -> ChangeLine:
    """Any: JSON."""
    field = SITE[one["field"]]
    old, new = (shown(one["field"], one[part], language) for part in ("old", "new"))
    old_source, new_source = (
        source_text(Provenance.from_json(one[part]), language) if one[part] else ""
        for part in ("old_behind", "new_behind")
    )
    return ChangeLine(
        field=field.label.in_language(language),
        old=old,
        old_source=old_source,
        new=new,
        new_source=new_source,
    )


def shown(key: str, value: Any, language: Language) -> str:
    """A value in words; the outline is told by its size. Any: JSON."""
    if key == "outline":
        return "" if value is None else HECTARES.format(ha=value).in_language(language)
    return value_text(SITE[key], value, language)
