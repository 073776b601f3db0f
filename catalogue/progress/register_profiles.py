"""How much of the municipalities' own profiles was said, as it was known on any day."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    FromClause,
    Numeric,
    Subquery,
    TableClause,
    Text,
    case,
    cast,
    column,
    exists,
    func,
    null,
    select,
    table,
    true,
    union_all,
    values,
)
from sqlalchemy.dialects.postgresql import JSONB

from catalogue.fields import PROFILE, Field
from catalogue.profile_sections import SECTIONS
from catalogue.progress import figure_definitions_profile as means
from catalogue.progress.days import days_cte, is_chosen
from catalogue.progress.figure import Counted, Figure, registered, registered_part
from catalogue.progress.relation import Columns, Relation
from catalogue.progress.version_counts import VERIFIED_BASES
from catalogue.tables import municipality, municipality_area
from catalogue.tables import municipality_version as version

KNOWN_PROFILES: TableClause = table(
    "profiles",
    column("day", Date),
    column("power_stale_to", Date),
    column("other_stale_to", Date),
    column("municipality", Text),
    column("state", JSONB),
)
"""A row for each day and municipality: its profile as it was known then, and what was stale."""
STALE_TO = ("power_stale_to", "other_stale_to")
SAID: TableClause = table(
    "said",
    column("day", Date),
    column("municipality", Text),
    column("section", Text),
    *(
        column(name, Boolean)
        for name in ("applies", "is_filled", "is_asked", "is_known", "is_verified")
    ),
)
"""A row for each day, municipality and field of its profile. One without a value of its own, which
carries no source, is filled in where it says anything."""


def profiles_ctes(_: Columns, of_one: bool) -> list[CTE]:
    return [profiles_cte(of_one=of_one), said_cte()]


def profiles_cte(*, of_one: bool) -> CTE:
    """One that nothing was recorded of by then is empty."""
    days, spans, code = days_cte(), profile_spans(), municipality_area.c.code
    is_last = spans.c.known_until.is_(None) | (spans.c.known_until >= days.c.ends_at)
    rows = (
        select(
            days.c.day,
            *[days.c[name] for name in STALE_TO],
            code.label("municipality"),
            func.coalesce(spans.c.state, func.jsonb_build_object(type_=JSONB)).label("state"),
        )
        .join_from(days, municipality_area, true())
        .outerjoin(spans, (spans.c.code == code) & (spans.c.known_from < days.c.ends_at) & is_last)
    )
    return (rows.where(is_chosen(code)) if of_one else rows).cte("profiles")


def said_cte() -> CTE:
    profile, field = KNOWN_PROFILES, profile_fields()
    state = profile.c.state
    behind = state["provenance"][field.c.key]
    condition = state[field.c.condition].astext
    is_asked = func.coalesce(behind["state"].astext == "unknown", False)
    is_known = field.c.is_factual & func.coalesce(behind["state"].astext == "known", False)
    stale_to = case((field.c.is_power, profile.c.power_stale_to), else_=profile.c.other_stale_to)
    is_sure = behind["basis"].astext.in_(sorted(VERIFIED_BASES))
    is_fresh = cast(behind["as_of"].astext, Date) > stale_to
    is_there = behind.is_not(None) | state[field.c.key].is_not(None)
    applies = (field.c.condition == "") | (condition == field.c.accepted)
    return (
        select(
            profile.c.day,
            profile.c.municipality,
            field.c.section,
            func.coalesce(applies, False).label("applies"),
            (~is_asked & is_there).label("is_filled"),
            is_asked.label("is_asked"),
            is_known.label("is_known"),
            (is_known & func.coalesce(is_sure & is_fresh, False)).label("is_verified"),
        )
        .join_from(profile, field, true())
        .cte("said")
    )


def profile_spans(keys: Iterable[str] = PROFILE) -> Subquery:
    """Each version of a profile, and from when until when it was the last; one that was never
    changed has no versions: it stands as it was put in, of which these fields are told."""
    recorded = select(
        version.c.code,
        version.c.recorded_at.label("known_from"),
        func.lead(version.c.recorded_at)
        .over(partition_by=version.c.code, order_by=version.c.version)
        .label("known_until"),
        version.c.state,
    )
    columns = [municipality.c[key] for key in keys if key in municipality.c]
    whole = select(municipality.c.code, municipality.c.provenance, *columns).subquery("whole")
    state = func.jsonb_strip_nulls(func.to_jsonb(whole.table_valued()), type_=JSONB)
    put_in = (
        select(municipality.c.code, municipality.c.updated_at, cast(null(), DateTime(True)), state)
        .join(whole, whole.c.code == municipality.c.code)
        .where(~exists().where(version.c.code == municipality.c.code))
    )
    return union_all(recorded, put_in).subquery("spans")


def profile_fields() -> FromClause:
    """The fields as rows: their section, whether their values carry a source, which shelf life is
    theirs, and what another field must say for them to apply."""
    rows = [
        (
            one.key,
            section,
            one.factual and not one.computed,
            one.theme == "power",
            *applies_when(one),
        )
        for section, (_, fields) in SECTIONS.items()
        for one in fields
    ]
    return values(
        column("key", Text),
        column("section", Text),
        column("is_factual", Boolean),
        column("is_power", Boolean),
        column("condition", Text),
        column("accepted", Text),
        name="field",
    ).data(rows)


def applies_when(field: Field) -> tuple[str, str]:
    """The key and the one code that it must hold; empty for a field that always applies."""
    if field.applies_when is None:
        return "", ""
    key, (accepted,) = field.applies_when
    return key, accepted


PROFILES = Relation(SAID, profiles_ctes)


def share(some: ColumnElement[bool], every: ColumnElement[bool]) -> Counted:
    """Per cent, with one decimal; nothing where there is nothing to be a share of."""
    counts, of = func.count().filter(some & every), func.count().filter(every)
    number = func.round(100 * cast(counts, Numeric) / func.nullif(of, 0), 1)
    return Counted(PROFILES, number, share=(counts, of))


def of_section(section: str) -> ColumnElement[Any]:
    return SAID.c.applies & (SAID.c.section == section)


PROFILE_FIGURES: tuple[Figure, ...] = (
    *(
        registered_part(
            means.COMPLETENESS, section, label, share(SAID.c.is_filled, of_section(section))
        )
        for section, (label, _) in SECTIONS.items()
    ),
    registered(means.COMPLETENESS, share(SAID.c.is_filled, SAID.c.applies)),
    registered(means.ASKED, share(SAID.c.is_asked, SAID.c.applies)),
    registered(means.VERIFIED, share(SAID.c.is_verified, SAID.c.is_known)),
)
"""Each section, then the profile as a whole."""
