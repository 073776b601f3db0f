"""Photos and documents of a site or a municipality added, described, put in order, removed and
brought back.

Removing hides; the row and its trail stay, and the bytes for as long as the settings say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from catalogue import municipalities, sites, tables
from catalogue.changes import VISIBILITIES
from catalogue.errors import Changed, Fault, Invalid, NoSuchFile, NotPossible
from catalogue.files import files
from catalogue.files.accepted_files import Accepted
from catalogue.files.files import Owner, SiteFile
from catalogue.files.stored_files import StoredFiles
from catalogue.files.unused_files import wait_for_cleaning
from catalogue.rules import Rules
from geo.texts import Text

LONGEST = {"caption_sv": 200, "caption_en": 200, "alt_sv": 400, "alt_en": 400}
"""Characters."""
DESCRIPTION = (*LONGEST, "date", "visibility")
table = tables.site_file

Described = dict[str, Any]
"""Columns with what shall stand there; Any: they differ in type."""


@dataclass(frozen=True)
class FileVersion:
    """One change of one file: when, by whom, to what."""

    recorded_at: datetime
    actor: str
    """The name of the account, or its address where that account is gone."""
    name: str
    changed: tuple[str, ...]
    is_removed: bool


def read_description(given: Mapping[str, object], today: date) -> Described:
    """What somebody wrote about a file, checked; raises `Invalid`. What is left out stays."""
    found: Described = {}
    faults: list[Fault] = []
    for key, raw in given.items():
        if key in LONGEST:
            text = " ".join(raw.split()) if isinstance(raw, str) else ""
            if not (raw is None or isinstance(raw, str)) or len(text) > LONGEST[key]:
                faults.append(Fault(key, at_most(LONGEST[key])))
            found[key] = text
        elif key == "date":
            found["day"] = read_day(raw, today, faults)
        elif key == "visibility":
            if raw not in VISIBILITIES:
                faults.append(Fault(key, one_of(VISIBILITIES)))
            found[key] = raw
        else:
            faults.append(Fault(key[:60], Text("Fältet finns inte.", "There is no such field.")))
    if faults:
        raise Invalid(faults)
    return found


def at_most(limit: int) -> Text:
    return Text("Text, högst {limit} tecken.", "Text, at most {limit} characters.").format(
        limit=limit
    )


def one_of(choices: Sequence[str]) -> Text:
    return Text("Välj bland {codes}.", "Choose among {codes}.").format(codes=", ".join(choices))


def read_day(raw: object, today: date, faults: list[Fault]) -> date | None:
    """None where nothing was given; pictures and reports may be old."""
    if raw is None or raw == "":
        return None
    try:
        day = date.fromisoformat(str(raw))
    except ValueError:
        day = date.max
    if not date(1900, 1, 1) <= day <= today:
        text = Text(
            "Ett datum från 1900 till i dag, som 2026-05-01.",
            "A date from 1900 to today, such as 2026-05-01.",
        )
        faults.append(Fault("date", text))
    return day


def seen_needs_words(kind: str, visibility: str, alt_sv: str) -> None:
    """A photo is shown outside the municipality only with words for those who cannot see it."""
    if kind == "photo" and visibility != "internal" and not alt_sv:
        raise Invalid(
            [
                Fault(
                    "alt_sv",
                    Text(
                        "Beskriv på svenska vad bilden visar, innan fler än kommunen får se den.",
                        "Describe in Swedish what the picture shows before others than the "
                        "municipality may see it.",
                    ),
                )
            ]
        )


def add(
    session: Session,
    owner: Owner,
    received: Sequence[Accepted],
    stored: StoredFiles,
    rules: Rules,
    described: Described | None = None,
) -> list[SiteFile]:
    """The files kept and added last; the owner is one the actor may write (`find_to_write`).

    Bytes and row are made under a lock that keeps the cleaning from coming in between.
    """
    described = described or {}
    wait_for_cleaning(session)
    rows = []
    for one in received:
        seen_needs_words(
            one.type.kind, described.get("visibility", "internal"), described.get("alt_sv", "")
        )
        previews = {str(width): stored.put(small) for width, small in one.previews.items()}
        rows.append(
            {
                "site_id": owner.site_id,
                "municipality": owner.municipality,
                "kind": one.type.kind,
                "hash": stored.put(one.content),
                "name": one.name,
                "media_type": one.type.media_type,
                "size_bytes": one.size_bytes,
                "width": one.width,
                "height": one.height,
                "pages": one.pages,
                "previews": previews,
                "day": one.day,
                "added_by": func.current_setting("sitefinder.actor"),
                **described,
            }
        )
    last = lock(session, owner)
    ids = [
        session.scalars(
            insert(table).values(**row, position=last + number).returning(table.c.id)
        ).one()
        for number, row in enumerate(rows, start=1)
    ]
    tell(session, owner, rules)
    return [file for file in files.of_owner(session, owner) if file.id in ids]


def tell(session: Session, owner: Owner, rules: Rules) -> None:
    """A new version of the site or the profile, which keeps what was uploaded, listed anew."""
    if owner.site_id is None:
        municipalities.keep_uploads(session, owner.municipality, rules)
    else:
        sites.keep_uploads(session, owner.reference, rules)


def lock(session: Session, owner: Owner) -> int:
    """Nobody else changes the owner's files until this transaction ends; the last position."""
    site, municipality = tables.site, tables.municipality
    whose = (
        select(municipality.c.code).where(municipality.c.code == owner.municipality)
        if owner.site_id is None
        else select(site.c.id).where(site.c.id == owner.site_id)
    )
    session.execute(whose.with_for_update())
    last = session.scalar(select(func.max(table.c.position)).where(owner.owns(table)))
    return last or 0


def find(session: Session, owner: Owner, file_id: int) -> SiteFile:
    """One of the owner's files, removed or not; raises `NoSuchFile`."""
    statement = select(table).where(table.c.id == file_id, owner.owns(table))
    row = session.execute(statement).mappings().first()
    if row is None:
        raise NoSuchFile
    return files.from_row(row)


def change(
    session: Session,
    owner: Owner,
    file_id: int,
    described: Described,
    rules: Rules,
    *,
    expected_version: int,
) -> SiteFile:
    """The file with what was written; raises `Changed` when somebody else wrote in between."""
    lock(session, owner)
    file = find(session, owner, file_id)
    if file.version != expected_version:
        raise Changed(file.name, file.version, file.updated_by)
    seen_needs_words(
        file.kind,
        described.get("visibility", file.visibility),
        described.get("alt_sv", file.alt_sv),
    )
    if any(getattr(file, name) != value for name, value in described.items()):
        write(session, file, described)
        tell(session, owner, rules)
    return find(session, owner, file_id)


def move(session: Session, owner: Owner, file_id: int, place: int, rules: Rules) -> None:
    """The file at a place among those of its kind, 1 being the first; the others make room."""
    lock(session, owner)
    file = find(session, owner, file_id)
    present = files.of_owner(session, owner)
    others = [one for one in present if one.kind == file.kind and one.id != file_id]
    others.insert(max(0, place - 1), file)
    # The places that these files had, given out again in the new order.
    taken = sorted(one.position for one in others)
    for one, position in zip(others, taken, strict=True):
        if one.position != position:
            write(session, one, {"position": position})
    tell(session, owner, rules)


def step(session: Session, owner: Owner, file_id: int, places: int, rules: Rules) -> None:
    """So many places on among the owner's files of its kind, or back where that is negative."""
    file = find(session, owner, file_id)
    own = [one.id for one in files.of_owner(session, owner) if one.kind == file.kind]
    if file_id in own:
        move(session, owner, file_id, own.index(file_id) + 1 + places, rules)


def remove(session: Session, owner: Owner, file_id: int, rules: Rules) -> SiteFile:
    """Hidden from everybody else; removing twice is removing once."""
    lock(session, owner)
    file = find(session, owner, file_id)
    if file.removed_at is None:
        write(session, file, {"removed_at": rules.now()})
        tell(session, owner, rules)
    return find(session, owner, file_id)


def restore(
    session: Session, owner: Owner, file_id: int, stored: StoredFiles, rules: Rules
) -> SiteFile:
    """The file back as the last of its owner's; raises `NotPossible` when its bytes are gone."""
    wait_for_cleaning(session)
    last = lock(session, owner)
    file = find(session, owner, file_id)
    if file.removed_at is None:
        return file
    if not all(stored.holds(digest) for digest in (file.hash, *file.previews.values())):
        raise NotPossible(
            Text(
                "Filen togs bort för så länge sedan att innehållet inte finns kvar. Ladda upp den "
                "igen.",
                "The file was removed so long ago that its content is gone. Upload it again.",
            )
        )
    write(session, file, {"removed_at": None, "position": last + 1})
    tell(session, owner, rules)
    return find(session, owner, file_id)


def write(session: Session, file: SiteFile, columns: Described) -> None:
    session.execute(update(table).where(table.c.id == file.id).values(**columns))


def trail(session: Session, owner: Owner, limit: int) -> list[FileVersion]:
    """What happened to the owner's files, the last first."""
    kept, account = tables.site_file_version, tables.account
    statement = (
        select(kept, account.c.name.label("actor_name"))
        .outerjoin(account, account.c.email == kept.c.actor)
        .where(owner.owns(kept))
        .order_by(kept.c.recorded_at.desc(), kept.c.file_id.desc(), kept.c.version.desc())
        .limit(limit)
    )
    return [
        FileVersion(
            row["recorded_at"],
            row["actor_name"] or row["actor"],
            row["state"]["name"],
            tuple(row["changed"]),
            "removed_at" in row["state"],
        )
        for row in session.execute(statement).mappings()
    ]
