"""Which version of each site the figures of a day were counted from."""

import csv
import io

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.hours.hours import end_of
from catalogue.progress.progress import Progress
from catalogue.tables import site_version

COLUMNS = (
    "reference", "version", "municipality", "name_sv", "name_en", "status", "readiness", "is_example",
)  # fmt: skip


def write_site_versions(session: Session, found: Progress) -> bytes:
    """A CSV file with a row per site, by reference; a site without a level has no readiness."""
    reference = site_version.c.state["reference"].astext
    versions = session.execute(
        select(reference, func.max(site_version.c.version))
        .where(site_version.c.recorded_at < end_of(found.as_of))
        .group_by(reference)
    )
    version_of = {name: version for name, version in versions}
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for site in sorted(found.sites, key=lambda one: one.reference):
        writer.writerow(
            [
                site.reference, version_of[site.reference], site.municipality,
                site.name.sv, site.name.en, site.status,
                "" if site.level is None else site.level, str(site.is_example).lower(),
            ]
        )  # fmt: skip
    return buffer.getvalue().encode()
