"""What the read side says about its values: which words are in use, and how sure a value is."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Table, func, literal, select, union_all
from sqlalchemy.orm import Session

from catalogue.fields import Field
from catalogue.provenance import BASIS_RANK, VERIFIED_RANK, Mark, Provenance
from catalogue.search.filters import PARAMETERS

SWEDISH = "sv-SE-x-icu"


def worded(field: Field) -> bool:
    """Whether the field holds words of its own, and not numbers or codes."""
    return field.kind in ("text", "list")


def words_in_use(session: Session, table: Table) -> dict[str, list[str]]:
    """For every filter on words, the words that stand on some site, in alphabetical order."""
    fields = [one.field for one in PARAMETERS.values() if worded(one.field)]
    found = union_all(
        *(
            select(
                literal(field.key).label("key"),
                (func.unnest(column) if field.kind == "list" else column).label("word"),
            ).distinct()
            for field in fields
            for column in (table.c[field.key],)
        )
    ).subquery()
    rows = session.execute(
        select(found.c.key, found.c.word)
        .where(found.c.word.is_not(None))
        .order_by(found.c.key, found.c.word.collate(SWEDISH))
    )
    words: dict[str, list[str]] = {field.key: [] for field in fields}
    for key, word in rows:
        words[key].append(word)
    return words


def marks(
    session: Session, table: Table, references: Iterable[str], keys: Iterable[str], today: date
) -> dict[str, dict[str, Mark]]:
    """The trust marks of some known values, by site and key; computed values have none."""
    rows = session.execute(
        select(table.c.reference, table.c.trust).where(table.c.reference.in_(list(references)))
    )
    wanted = tuple(keys)
    given: dict[str, Mapping[str, tuple[int, str | None]]] = {
        row.reference: row.trust for row in rows
    }
    return {
        reference: {key: mark(*trust[key], today) for key in wanted if key in trust}
        for reference, trust in given.items()
    }


def mark(rank: int, last_day: str | None, today: date) -> Mark:
    """As `provenance.mark` gives it for a known value; the day as in ISO 8601."""
    if last_day is None or last_day < today.isoformat():
        return "stale"
    if rank >= VERIFIED_RANK:
        return "verified"
    return "estimate" if rank <= BASIS_RANK["estimate"] else "municipality"


def told_mark(said: Mapping[str, str] | None, field: Field, today: date) -> Mark:
    """The trust mark of a value by what the read side says of it; what is worked out does not
    age. None is a value that nobody has given.
    """
    if said is None:
        return "empty"
    behind = provenance_told(said)
    if behind.state != "known":
        return behind.state
    if said.get("fresh_until", "") < today.isoformat() and not field.computed:
        return "stale"
    if behind.rank >= VERIFIED_RANK:
        return "verified"
    return "estimate" if behind.basis in (None, "estimate") else "municipality"


def provenance_told(said: Mapping[str, str]) -> Provenance:
    """What stands behind a value, as the read side tells it."""
    return Provenance.from_json(
        {name: text for name, text in said.items() if name != "fresh_until"}
    )
