"""What the worker does with a file: reads and judges all of it, and saves all of it or nothing."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from catalogue import municipalities, sites
from catalogue.database import OPERATOR, Actor, Databases
from catalogue.errors import CatalogueError
from catalogue.imports import files, readings, register
from catalogue.imports.findings import Report
from catalogue.imports.reading import Plan, Reading
from catalogue.imports.register import AT_WORK, Import
from catalogue.imports.rows import gather
from catalogue.rules import Rules
from catalogue.site import Site
from catalogue.tables import import_job
from catalogue.workflow.unread_changes import unread_after
from geo import coordinate_readings
from geo.errors import GeoError, UncertainPosition
from geo.geodata_parsing import parse_geodata
from geo.texts import Text

TOLD_EVERY_S = 0.5
Tell = Callable[[int, int], None]
"""Hears how many rows of how many are done."""


def check_import(databases: Databases, rules: Rules, import_id: int) -> bool:
    """Read and judge the file; whether it is to be saved at once."""
    found = register.begin(databases, import_id, ("waiting", "reading"), "reading")
    if found is None:
        return False
    with refusing(databases, rules, found):
        plan = planned(databases, rules, found)
        is_clean = not plan.report.is_refused
        saves = is_clean and found.writes_at_once and plan.report.has_changes
        register.note(
            databases,
            import_id,
            state="confirmed" if saves else "checked" if is_clean else "refused",
            report=plan.report.to_json(),
            versions=plan.versions,
            ended_at=None if saves else rules.now(),
        )
        return saves
    return False


def planned(databases: Databases, rules: Rules, found: Import) -> Plan:
    actor = register.person_of(databases, found)
    with databases.writing(actor) as session:
        return plan_of(session, actor, found, rules, teller(databases, found))


def write_import(databases: Databases, rules: Rules, import_id: int) -> None:
    """Save everything that the report told of, in one transaction; refused if that has changed."""
    found = register.begin(databases, import_id, ("confirmed", "writing"), "writing")
    if found is None:
        return
    with refusing(databases, rules, found):
        actor = register.person_of(databases, found)
        reason = Text("Import av {name}", "Import of {name}").format(name=found.file_name)
        with databases.writing(actor, reason.in_language(found.language)) as session:
            if register.hold(session, import_id) != "writing":
                return
            plan = plan_of(session, actor, found, rules, teller(databases, found))
            refuse_overtaken(plan, found)
            changed = watched(session, actor, plan, found, rules)
            sites.write_together(session, referenced(session, plan, rules), changed, rules)
            session.execute(
                update(import_job)
                .where(import_job.c.id == import_id)
                .values(state="done", ended_at=rules.now())
            )


def watched(
    session: Session, actor: Actor, plan: Plan, found: Import, rules: Rules
) -> Sequence[Site]:
    """The changed sites, with what another person shall read of those that are shown."""
    if not rules.four_eyes:
        return plan.changed
    before = {site.reference: site for site in sites.of_municipality(session, found.municipality)}
    return [
        replace(site, unread=unread_after(before[site.reference], site, actor, rules))
        for site in plan.changed
    ]


def refuse_overtaken(plan: Plan, found: Import) -> None:
    """Raises `Changed` naming the sites that are not as they were when the report was made."""
    overtaken = [
        site
        for site in plan.changed
        if found.versions.get(site.reference, site.version) != site.version
    ]
    gone = found.versions.keys() - plan.versions.keys()
    if overtaken or gone or plan.report.is_refused:
        names = sorted({site.reference for site in overtaken} | gone)
        raise CatalogueError(
            Text(
                "{sites} har ändrats av någon annan sedan filen kontrollerades. Ingenting har "
                "sparats. Ladda upp filen igen, så ser du vad som nu skulle ändras.",
                "{sites} has been changed by somebody else since the file was checked. Nothing was "
                "saved. Upload the file again to see what would change now.",
            ).format(sites=", ".join(names) or Text("Något", "Something"))
        )


def referenced(session: Session, plan: Plan, rules: Rules) -> list[Site]:
    """The new drafts with the references they are given."""
    return [
        replace(site, reference=sites.next_reference(session, site.municipality, rules))
        for site in plan.made
    ]


@contextmanager
def refusing(databases: Databases, rules: Rules, found: Import) -> Iterator[None]:
    """A refusal ends the import and is what its page says; a fault of our own ends it too."""

    def end(text: Text, **more: object) -> None:
        register.note(
            databases, found.id, state="refused", refusal=list(text), ended_at=rules.now(), **more
        )

    try:
        yield
    except UncertainPosition as doubt:
        end(doubt.text, readings=readings_of(databases, found, doubt))
    except (CatalogueError, GeoError) as refusal:
        end(refusal.text)
    except Exception:
        end(
            Text(
                "Filen kunde inte behandlas på grund av ett fel i tjänsten. Felet är noterat och "
                "ingenting har ändrats.",
                "The file could not be handled because of a fault in the service. The fault has "
                "been noted and nothing was changed.",
            )
        )
        raise


def readings_of(
    databases: Databases, found: Import, doubt: UncertainPosition
) -> list[dict[str, Any]]:
    """The ways to read the coordinates, for whoever sent the file. Any: JSON."""
    with databases.writing(OPERATOR) as session:
        content = register.content(session, found.id)
        place = municipalities.place(session, found.municipality)
    return readings.offered(parse_geodata(content, found.file_name), doubt, place)


def give_up(databases: Databases, rules: Rules, import_id: int) -> None:
    """Refuse a file whose job was begun several times and never ended."""
    if register.begin(databases, import_id, tuple(AT_WORK), "refused") is None:
        return
    text = Text(
        "Filen gick inte att behandla, trots flera försök. Ingenting har ändrats. Dela den på flera "
        "mindre och försök igen.",
        "The file could not be handled, in spite of several attempts. Nothing was changed. Part it "
        "into smaller ones and try again.",
    )
    register.note(databases, import_id, refusal=list(text), ended_at=rules.now())


def teller(databases: Databases, found: Import) -> Tell:
    """Notes progress now and then, so that it costs little."""
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > TOLD_EVERY_S:
            register.note(databases, found.id, rows_done=done, rows_total=total)
            last = time.monotonic()

    return tell


def plan_of(session: Session, actor: Actor, found: Import, rules: Rules, tell: Tell) -> Plan:
    """The whole file against what is stored now; raises `NotAllowed` and `UnreadableFile`."""
    sites.may_write(actor, found.municipality)
    place = municipalities.place(session, found.municipality)
    chosen = coordinate_readings.Reading.from_code(found.reading) if found.reading else None
    content = register.content(session, found.id)
    upload = files.read(content, found.kind, found.file_name, place, chosen)
    report = Report()
    rows = gather(upload, report)
    tell(0, len(rows))
    language = upload.language or found.language
    reading = Reading(session, actor, found.municipality, language, rules, report)
    plan = Plan(report)
    for number, row in enumerate(rows, start=1):
        reading.read(row, plan)
        tell(number, len(rows))
    return plan
