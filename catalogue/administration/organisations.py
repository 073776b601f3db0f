"""Grid owners, water utilities and their kind: how they are reached, whom they serve, who names them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Select,
    delete,
    func,
    insert,
    literal,
    select,
    union_all,
    update,
)
from sqlalchemy.orm import Session

from catalogue import municipalities, tables
from catalogue.administration import audit
from catalogue.errors import Fault, Invalid, NoSuchMunicipality, NotFound
from catalogue.fields import SITE_FIELDS, Field
from catalogue.municipalities import SWEDISH
from catalogue.tables import organisation as table
from catalogue.tables import service_area
from geo.texts import LANGUAGES, Language, Text

KINDS: dict[str, Text] = {
    "grid_owners": Text("Lokala nätägare", "Local grid owners"),
    "regional_grid_owners": Text("Regionala nätägare", "Regional grid owners"),
    "water_utilities": Text("VA-huvudmän", "Water utilities"),
    "fibre_providers": Text("Fiberleverantörer", "Fibre providers"),
}
"""By the reference list of the fields that name them."""
LONGEST_NAME = 80


@dataclass(frozen=True, kw_only=True)
class Organisation:
    id: int = 0
    kind: str
    name: str
    contact_name: str = ""
    contact_email: str = ""
    """Where questions about its values are sent; empty where nobody has said."""
    language: Language = "sv"
    retired: bool = False
    """Suggested no more; sites that name it keep its name."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """An organisation in its list, with what hangs on it."""

    organisation: Organisation
    named_by: int
    """So many sites."""
    serves: Mapping[str, bool]
    """The municipalities by code, and whether that is still to be verified."""


def fields_naming(kind: str) -> tuple[Field, ...]:
    """The fields of a site whose words come from this list."""
    return tuple(field for field in SITE_FIELDS if field.reference_list == kind)


def names(field: Field, name: str) -> ColumnElement[bool]:
    """Whether a site names the organisation in this field."""
    column = tables.site.c[field.key]
    return column.contains([name]) if field.kind == "list" else column == name


def everyone(session: Session) -> list[Listed]:
    """Every organisation by kind and name, those retired last."""
    statement = select(table).order_by(
        table.c.kind, table.c.retired, table.c.name.collate(SWEDISH), table.c.id
    )
    found = [Organisation(**row) for row in session.execute(statement).mappings()]
    served: dict[int, dict[str, bool]] = {}
    for number, code, to_verify in session.execute(select(service_area)):
        served.setdefault(number, {})[code] = to_verify
    named = mentions(session)
    return [
        Listed(
            organisation=one,
            named_by=named.get((one.kind, one.name), 0),
            serves=served.get(one.id, {}),
        )
        for one in found
    ]


def mentions(session: Session) -> dict[tuple[str, str], int]:
    """How many sites name each organisation, by kind and name."""
    asked: list[Select[str, str, int]] = []
    for kind in KINDS:
        for field in fields_naming(kind):
            column = tables.site.c[field.key]
            word = func.unnest(column) if field.kind == "list" else column
            words = select(tables.site.c.id, word.label("word")).subquery()
            asked.append(
                select(literal(kind), words.c.word, func.count())
                .where(words.c.word.is_not(None))
                .group_by(words.c.word)
            )
    return {(kind, word): number for kind, word, number in session.execute(union_all(*asked))}


def find(session: Session, number: int) -> Organisation:
    """Raises `NotFound`."""
    row = session.execute(select(table).where(table.c.id == number)).mappings().first()
    if row is None:
        raise NotFound(
            Text("Organisationen finns inte i listan.", "The organisation is not in the list.")
        )
    return Organisation(**row)


def served_by(session: Session, number: int) -> dict[str, bool]:
    """The municipalities an organisation serves, and whether that is still to be verified."""
    statement = select(service_area.c.municipality, service_area.c.to_verify).where(
        service_area.c.organisation_id == number
    )
    return {code: to_verify for code, to_verify in session.execute(statement)}


def serving(session: Session, code: str) -> list[tuple[Organisation, bool]]:
    """Who serves a municipality, by kind, and whether that is still to be verified."""
    statement = (
        select(table, service_area.c.to_verify)
        .join(service_area, service_area.c.organisation_id == table.c.id)
        .where(service_area.c.municipality == code)
        .order_by(table.c.kind, table.c.name.collate(SWEDISH))
    )
    found = []
    for row in session.execute(statement).mappings():
        said = dict(row)
        to_verify = said.pop("to_verify")
        found.append((Organisation(**said), to_verify))
    return found


def checked(session: Session, wanted: Organisation) -> Organisation:
    """The organisation as it may be stored; raises `Invalid`."""
    said = Organisation(
        id=wanted.id,
        kind=wanted.kind,
        name=" ".join(wanted.name.split()),
        contact_name=" ".join(wanted.contact_name.split()),
        contact_email=wanted.contact_email.strip().lower(),
        language=wanted.language,
        retired=wanted.retired,
    )
    faults = []
    if said.kind not in KINDS:
        faults.append(Fault("kind", Text("Välj en av listorna.", "Choose one of the lists.")))
    if not 1 <= len(said.name) <= LONGEST_NAME:
        text = Text("Ange ett namn, högst {n} tecken.", "Give a name, at most {n} characters.")
        faults.append(Fault("name", text.format(n=LONGEST_NAME)))
    if said.contact_email and not is_address(said.contact_email):
        text = Text(
            "Skriv e-postadressen som namn@example.se.",
            "Write the e-mail address like name@example.se.",
        )
        faults.append(Fault("contact_email", text))
    if said.language not in LANGUAGES:
        faults.append(Fault("language", Text("Välj ett språk.", "Choose a language.")))
    taken = session.scalars(
        select(table.c.id).where(
            table.c.kind == said.kind,
            func.lower(table.c.name) == said.name.lower(),
            table.c.id != said.id,
        )
    ).first()
    if taken is not None:
        text = Text(
            "{name} finns redan i listan. Slå ihop dem i stället.",
            "{name} is in the list already. Merge the two instead.",
        )
        faults.append(Fault("name", text.format(name=said.name)))
    if faults:
        raise Invalid(faults)
    return said


def is_address(text: str) -> bool:
    name, at, domain = text.partition("@")
    return bool(name and at and "." in domain) and not set(text) & set(' \t\r\n,;<>"')


def add(session: Session, wanted: Organisation) -> int:
    """Its number; raises `Invalid`."""
    said = checked(session, wanted)
    return int(
        session.scalars(
            insert(table)
            .values(
                kind=said.kind,
                name=said.name,
                contact_name=said.contact_name,
                contact_email=said.contact_email,
                language=said.language,
            )
            .returning(table.c.id)
        ).one()
    )


def write(session: Session, said: Organisation) -> None:
    """All of it but its kind, as `checked` gave it."""
    session.execute(
        update(table)
        .where(table.c.id == said.id)
        .values(
            name=said.name,
            contact_name=said.contact_name,
            contact_email=said.contact_email,
            language=said.language,
            retired=said.retired,
        )
    )


def serve(session: Session, number: int, areas: Mapping[str, bool]) -> None:
    """These municipalities and no others, each with whether that is still to be verified."""
    session.execute(delete(service_area).where(service_area.c.organisation_id == number))
    rows = [
        {"organisation_id": number, "municipality": code, "to_verify": to_verify}
        for code, to_verify in areas.items()
    ]
    if rows:
        session.execute(insert(service_area), rows)


def remove(session: Session, number: int) -> None:
    session.execute(delete(table).where(table.c.id == number))


def of_kind(session: Session, kind: str) -> list[Organisation]:
    statement = select(table).where(table.c.kind == kind).order_by(table.c.name.collate(SWEDISH))
    return [Organisation(**row) for row in session.execute(statement).mappings()]


def confirm_served(session: Session, number: int, codes: Sequence[str]) -> None:
    """Serves these municipalities, as somebody has now said; the audit log keeps what changed."""
    before = served_by(session, number)
    after = dict.fromkeys(sorted(set(codes) & municipalities.names(session).keys()), False)
    if after != before:
        serve(session, number, after)
        audit.note(
            session,
            audit.Note(
                kind="organisation",
                action="served",
                subject=find(session, number).name,
                before={"serves": sorted(before)},
                after={"serves": sorted(after)},
            ),
        )


def confirm_serving(session: Session, code: str, numbers: Sequence[int]) -> None:
    """These organisations serve the municipality, as somebody has now said, and no others do.

    Raises `NoSuchMunicipality`.
    """
    names = municipalities.names(session)
    if code not in names:
        raise NoSuchMunicipality(code)
    before = serving(session, code)
    after = list(
        session.scalars(select(table.c.id).where(table.c.id.in_(numbers)).order_by(table.c.id))
    )
    if {(one.id, to_verify) for one, to_verify in before} == {(one, False) for one in after}:
        return
    session.execute(delete(service_area).where(service_area.c.municipality == code))
    if after:
        rows = [{"organisation_id": one, "municipality": code} for one in after]
        session.execute(insert(service_area), rows)
    audit.note(
        session,
        audit.Note(
            kind="municipality",
            action="served",
            subject=names[code],
            before={"served_by": sorted({one.name for one, _ in before})},
            after={"served_by": sorted({one.name for one, _ in serving(session, code)})},
        ),
    )
