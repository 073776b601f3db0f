"""The sites behind a figure: what each adds to it on the day compared with and on the day shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, select, tuple_
from sqlalchemy.orm import Session

from catalogue.behind.lines import NOTHING, Group, Line, Part
from catalogue.behind.measures import BY_NODE, BY_SITE, Measure, Parts
from catalogue.progress.days import Places
from catalogue.progress.known_sites import KNOWN, SITES
from catalogue.progress.progress import Span
from catalogue.tables import site as site_table
from catalogue.tables import site_version as version_table
from geo.texts import Text

COLUMNS = (
    "site_id", "version", "reference", "name_sv", "name_en", "municipality", "status",
    "is_example", "node",
)  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """A site on both days, as it was counted; `before` is None where it was not there yet."""

    before: RowMapping | None
    now: RowMapping

    @property
    def site_id(self) -> int:
        return int(self.now["site_id"])

    @property
    def nodes(self) -> list[str]:
        """The stations it has stood under, the one on the day shown first."""
        return list(dict.fromkeys(node_of(one) for one in (self.now, self.before) if one))


def node_of(row: Mapping[Any, Any]) -> str:
    """A site without a substation is a group of its own. Any: columns differ in type."""
    return row["node"] or f"site {row['site_id']}"


def pairs(session: Session, measure: Measure, span: Span, places: Places) -> list[Pair]:
    """Every site that the actor may read and that was known on the day shown, by reference."""
    columns = {"day": KNOWN.c.day, **{name: KNOWN.c[name] for name in COLUMNS}}
    statement = SITES.rows_with(columns, of_one=places is not None)
    days = sorted({span.since, span.as_of})
    given = measure.given(days, places)
    found: dict[date, dict[int, RowMapping]] = {day: {} for day in days}
    for row in session.execute(statement.order_by(KNOWN.c.reference), given).mappings():
        found[row["day"]][row["site_id"]] = row
    before = found[span.since]
    return [Pair(before.get(site_id), row) for site_id, row in found[span.as_of].items()]


def lines_of(
    session: Session, measure: Measure, span: Span, places: Places, found: Iterable[Pair]
) -> list[Line]:
    """Those that the figure counts on either day."""
    parts = measure.parts(session, sorted({span.since, span.as_of}), BY_SITE, places)
    lines = (site_line(pair, parts, span) for pair in found)
    return [line for line in lines if not line.is_nothing]


def site_line(pair: Pair, parts: Parts, span: Span) -> Line:
    now, before, key = pair.now, pair.before, str(pair.site_id)
    return Line(
        key=now["reference"],
        name=Text(now["name_sv"], now["name_en"]),
        municipality=now["municipality"],
        before=parts.get((span.since, key), NOTHING),
        now=parts.get((span.as_of, key), NOTHING),
        kind="site",
        status=now["status"],
        is_new=before is None,
        is_withdrawn=now["status"] == "withdrawn"
        and (before is None or before["status"] != "withdrawn"),
        node=now["node"],
        is_example=now["is_example"],
    )


def groups_of(
    session: Session,
    measure: Measure,
    span: Span,
    places: Places,
    found: Sequence[Pair],
    lines: Iterable[Line],
) -> list[Group]:
    """The lines by the substation they share; a site that was moved to another stands in both."""
    parts = measure.parts(session, sorted({span.since, span.as_of}), BY_NODE, places)
    by_key = {line.key: line for line in lines}
    names = station_names(session, found)
    members: dict[str, list[Pair]] = {}
    for pair in found:
        for node in pair.nodes if pair.now["reference"] in by_key else ():
            members.setdefault(node, []).append(pair)
    return [
        Group(
            name="" if node.startswith("site ") else names.get(node, node),
            key=some[0].now["reference"],
            lines=[by_key[pair.now["reference"]] for pair in some],
            before=parts.get((span.since, node), NOTHING),
            now=parts.get((span.as_of, node), NOTHING),
            counts_before=largest(
                [
                    (pair.now["reference"], by_key[pair.now["reference"]].before)
                    for pair in some
                    if pair.before and node_of(pair.before) == node
                ]
            ),
            counts_now=largest(
                [
                    (pair.now["reference"], by_key[pair.now["reference"]].now)
                    for pair in some
                    if node_of(pair.now) == node
                ]
            ),
        )
        for node, some in members.items()
    ]


def station_names(session: Session, found: Iterable[Pair]) -> dict[str, str]:
    """Each substation as it is written, by how it is counted."""
    written = select(site_table.c.substation).where(site_table.c.substation.is_not(None)).distinct()
    names = {counted(name): name.strip() for name in session.scalars(written)}
    gone = [
        (pair.site_id, pair.before["version"])
        for pair in found
        if pair.before and pair.before["node"] and pair.before["node"] not in names
    ]
    earlier = select(version_table.c.state["substation"].astext).where(
        tuple_(version_table.c.site_id, version_table.c.version).in_(gone)
    )
    return {counted(name): name.strip() for name in session.scalars(earlier)} | names


def counted(name: str) -> str:
    return name.strip().casefold()


def largest(members: Iterable[tuple[str, Part]]) -> str:
    """The reference of the site that counts for its group, the first of those that are alike."""
    told = {key: part.value for key, part in members if part.value}
    return min(told, key=lambda key: (-told[key], key), default="")
