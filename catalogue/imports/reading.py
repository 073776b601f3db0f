"""The rows of a file, each found in the catalogue, compared, judged and told of."""

from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue import municipalities, sites
from catalogue.changes import Changes
from catalogue.database import Actor
from catalogue.errors import NotReady
from catalogue.history import history
from catalogue.imports.comparison import Comparison
from catalogue.imports.findings import Change, Finding, Report, SiteResult, given_text
from catalogue.imports.rows import SiteRow
from catalogue.publishing import ready_to_publish
from catalogue.rules import Rules
from catalogue.site import LISTED_STATUSES, Site
from catalogue.values import to_json
from geo.texts import Language, Text


@dataclass
class Plan:
    """What a file comes to: its report, and the sites as they would be."""

    report: Report
    made: list[Site] = field(default_factory=list)
    """New drafts, still without a reference."""
    changed: list[Site] = field(default_factory=list)
    """In the versions they were read in."""

    @property
    def versions(self) -> dict[str, int]:
        return {site.reference: site.version for site in self.changed}


class Reading:
    """What all rows of one file share while they are read."""

    def __init__(
        self,
        session: Session,
        actor: Actor,
        municipality: str,
        language: Language,
        rules: Rules,
        report: Report,
    ) -> None:
        self.session, self.actor, self.rules, self.report = session, actor, rules, report
        self.municipality, self.language = municipality, language
        self.names = municipalities.names(session)
        self.named = frozenset(self.names.values())
        self.stored = {
            site.reference: site for site in sites.of_municipality(session, municipality)
        }
        self.taken = {
            str(site.values["name_sv"]).casefold(): site.reference
            for site in self.stored.values()
            if "name_sv" in site.values
        }

    def read(self, row: SiteRow, plan: Plan) -> None:
        """One site of the file, added to the plan and its report."""
        known = len(self.report.findings)
        now = self.site_of(row)
        if now is None:
            self.tell(row, row.reference, known)
            return
        comparison = Comparison(
            row, now, self.base_of(row, now), self.language, self.rules.today,
            self.report.findings,
        )  # fmt: skip
        changes = comparison.changes()
        if not changes.keys and not row.is_new:
            self.tell(row, now.name("sv"), known)
            return
        after = self.judged(comparison, changes)
        told = self.tell(row, after.name("sv") if after.values else "", known)
        told.changes = [changed(comparison, key, now, after) for key in ordered(changes)]
        if told.outcome == "refused":
            return
        told.outcome = "new" if row.is_new else "changed"
        (plan.made if row.is_new else plan.changed).append(after)

    def judged(self, comparison: Comparison, changes: Changes) -> Site:
        """The site as it would be; what the checks say goes to the report."""
        after, findings = sites.judged(
            self.session, comparison.now, changes, self.actor, self.rules.today, self.named
        )
        comparison.judge(findings.faults, findings.warnings)
        if after.status in LISTED_STATUSES:
            try:
                ready_to_publish(after)
            except NotReady as refusal:
                comparison.judge(list(refusal.faults), [])
        if comparison.row.is_new:
            self.judge_name(comparison, after)
        return after

    def judge_name(self, comparison: Comparison, after: Site) -> None:
        """A new site needs a name, and one that is taken may be a site without its reference."""
        name = str(after.values.get("name_sv", ""))
        taken = self.taken.get(name.casefold())
        if not name:
            comparison.refuse(
                "name_sv",
                Text(
                    "Raden har ingen referens och räknas som en ny plats, men den saknar namn.",
                    "The row has no reference and counts as a new site, but it has no name.",
                ),
                mend=Text(
                    "Skriv platsens referens om den redan finns, annars ett namn.",
                    "Write the site's reference if it exists already, otherwise a name.",
                ),
            )
        elif taken:
            comparison.warn(
                "name_sv",
                Text(
                    "Det finns redan en plats som heter {name} ({reference}). Den här blir en ny.",
                    "There is already a site named {name} ({reference}). This one becomes new.",
                ).format(name=name, reference=taken),
                Text(
                    "Skriv {reference} i kolumnen Referens om det är samma plats.",
                    "Write {reference} in the column Reference if it is the same site.",
                ).format(reference=taken),
            )

    def site_of(self, row: SiteRow) -> Site | None:
        """The stored site, or an empty draft for a new one; None with a finding for neither."""
        given = row.part.given("municipality")
        own = (self.municipality, self.names[self.municipality].casefold())
        if given is not None and plain(given) not in own:
            self.refuse(
                row,
                "municipality",
                Text(
                    "Raden gäller {given}, men filen laddades upp för {name}.",
                    "The row is about {given}, but the file was uploaded for {name}.",
                ).format(given=given_text(given), name=self.names[self.municipality]),
                Text(
                    "Ta bort raden, eller ladda upp filen för rätt kommun.",
                    "Remove the row, or upload the file for the right municipality.",
                ),
            )
            return None
        if row.is_new:
            return Site(
                reference=row.reference, municipality=self.municipality, status="draft",
                values={}, provenance={},
            )  # fmt: skip
        site = self.stored.get(row.reference)
        if site is None:
            self.refuse_reference(row)
        return site

    def refuse_reference(self, row: SiteRow) -> None:
        owner = self.session.scalar(select(func.municipality_of_site(row.reference)))
        text = Text(
            "Det finns ingen plats med referensen {reference}.",
            "There is no site with the reference {reference}.",
        )
        if owner is not None:
            text = Text(
                "{reference} hör till en annan kommun ({name}).",
                "{reference} belongs to another municipality ({name}).",
            )
        self.refuse(
            row,
            "reference",
            text.format(
                reference=given_text(row.reference), name=self.names.get(owner or "", owner or "")
            ),
            Text(
                "Kontrollera referensen. Lämna den tom om platsen är ny.",
                "Check the reference. Leave it empty if the site is new.",
            ),
        )

    def base_of(self, row: SiteRow, now: Site) -> Site:
        """The site as the file knows it: of the version it was made from, where it says which."""
        given = row.part.given("version")
        if not isinstance(given, int | float | str) or row.is_new:
            return now
        text = plain(given)
        if not text.isdecimal() or len(text) > 9 or int(text) == now.version:
            return now
        return history.at_version(self.session, now.reference, int(text)) or now

    def refuse(self, row: SiteRow, meaning: str, text: Text, mend: Text) -> None:
        self.report.findings.append(
            Finding(
                text=text,
                mend=mend,
                place=row.part.at(meaning),
                reference=row.reference,
                given=given_text(row.part.given(meaning)),
            )
        )

    def tell(self, row: SiteRow, name: str, known: int) -> SiteResult:
        """The site in the report; refused where a fault has come since `known` findings."""
        is_refused = any(one.stops for one in self.report.findings[known:])
        told = SiteResult(
            place=row.part.place,
            reference=row.reference,
            name=name,
            outcome="refused" if is_refused else "unchanged",
        )
        self.report.sites.append(told)
        return told


def plain(given: object) -> str:
    """A code or number as text, however the cell holds it."""
    if isinstance(given, float) and given.is_integer():
        given = int(given)
    return str(given).strip().casefold()


def ordered(changes: Changes) -> list[str]:
    """The changed keys, the outline last."""
    return [*changes.entries, *(["outline"] if "outline" in changes.keys else [])]


def changed(comparison: Comparison, key: str, now: Site, after: Site) -> Change:
    """One field for the report; an outline is told by its size."""
    if key == "outline":
        old, new = (
            None if site.outline is None else round(site.outline.area / 10_000, 2)
            for site in (now, after)
        )
    else:
        old, new = (to_json(site.values.get(key)) for site in (now, after))
    before, behind = now.provenance.get(key), after.provenance.get(key)
    return Change(
        place=comparison.row.place_of(key),
        key=key,
        old=old,
        new=new,
        old_behind=before.to_json() if before else None,
        new_behind=behind.to_json() if behind else None,
    )
