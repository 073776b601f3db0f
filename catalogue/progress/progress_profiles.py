"""How much of the municipalities' own profiles was said, as it was known at the end of a day."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from catalogue.completeness import Count
from catalogue.fields import PROFILE
from catalogue.history.history import profile_from_version, profile_table
from catalogue.hours.hours import end_of
from catalogue.municipalities import Municipality, find, table
from catalogue.profile_sections import SECTIONS, profile_counts
from catalogue.progress import figure_definitions_profile as means
from catalogue.progress.progress_counts import Numbers, per_cent
from catalogue.provenance import ShelfLife

FACTUAL = frozenset(key for key, field in PROFILE.items() if field.factual and not field.computed)
"""The fields whose values carry a source and a date."""


def profiles_on(session: Session, day: date, codes: Collection[str]) -> dict[str, Municipality]:
    """By code, the profiles of these municipalities when a day ended in Sweden.

    A profile that nothing was recorded of by then is empty.
    """
    end, versions = end_of(day), profile_table
    number = (
        select(versions.c.code, func.max(versions.c.version).label("version"))
        .where(versions.c.code.in_(codes), versions.c.recorded_at < end)
        .group_by(versions.c.code)
        .subquery()
    )
    last = select(versions).join(
        number,
        (versions.c.code == number.c.code) & (versions.c.version == number.c.version),
    )
    # One that was never changed has no versions: it stands as it was put in.
    unchanged = select(table.c.code).where(
        table.c.code.in_(codes),
        table.c.updated_at < end,
        ~exists().where(versions.c.code == table.c.code),
    )
    return {
        **{code: Municipality(code=code, name="", values={}, provenance={}) for code in codes},
        **{row["code"]: profile_from_version(row) for row in session.execute(last).mappings()},
        **{code: find(session, code) for code in session.scalars(unchanged)},
    }


def profile_numbers(profiles: Sequence[Municipality], day: date, shelf_life: ShelfLife) -> Numbers:
    shares = profile_shares(profiles, day, shelf_life)
    return {key: per_cent(count, of) for key, (count, of) in shares.items()}


def profile_shares(
    profiles: Sequence[Municipality], day: date, shelf_life: ShelfLife
) -> dict[str, tuple[int, int]]:
    """By figure, how many fields count and of how many."""
    counts = [profile_counts(one.values, one.provenance) for one in profiles]
    found: dict[str, tuple[int, int]] = {}
    for section in SECTIONS:
        within = sum((count[section] for count in counts), Count())
        found[f"{means.COMPLETENESS.key}_{section}"] = within.filled, within.applicable
    whole = sum((one for count in counts for one in count.values()), Count())
    known = [
        behind.is_verified(PROFILE[key], shelf_life, day)
        for profile in profiles
        for key, behind in profile.provenance.items()
        if behind.state == "known" and key in FACTUAL
    ]
    return found | {
        means.COMPLETENESS.key: (whole.filled, whole.applicable),
        means.ASKED.key: (whole.asked, whole.applicable),
        means.VERIFIED.key: (sum(known), len(known)),
    }
