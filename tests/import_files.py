"""Files to import: templates as they are downloaded, changed as a person would, and sent."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from catalogue import municipalities, sites
from catalogue.administration.reference_words import suggestions
from catalogue.database import Actor, Databases
from catalogue.imports import files, register
from catalogue.imports.register import Import
from catalogue.imports.template import Subject, write_csv, write_template
from catalogue.imports.work import check_import, write_import
from catalogue.rules import Rules
from catalogue.tables import account
from geo.texts import Language
from tests.builders import RULES, TODAY, an_account, an_actor

Change = Callable[[Workbook], None]


def subject(databases: Databases, code: str = "2183", language: Language = "sv") -> Subject:
    with databases.writing(an_actor("editor", code)) as session:
        return Subject(
            sites.of_municipality(session, code),
            code,
            municipalities.names(session)[code],
            language,
            TODAY,
            suggestions(session),
        )


def a_template(databases: Databases, code: str = "2183", language: Language = "sv") -> bytes:
    return b"".join(write_template(subject(databases, code, language)))


def a_csv(databases: Databases, code: str = "2183", language: Language = "sv") -> bytes:
    return b"".join(write_csv(subject(databases, code, language)))


def edited(content: bytes, change: Change) -> bytes:
    """The workbook as it is saved after somebody has changed it."""
    book = load_workbook(BytesIO(content))
    change(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def a_workbook(
    rows: Sequence[Sequence[Any]], sheet: str = "Platser", change: Change | None = None
) -> bytes:
    """A workbook of one's own: a row of headings and rows of values."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for row in rows:
        page.append(list(row))
    if change:
        change(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def column_of(book: Workbook, key: str, sheet: str = "Platser") -> int:
    """The column under a key on the sheet of sites."""
    keys = [cell.value for cell in book[sheet][4]]
    return keys.index(key) + 1


def written(values: Mapping[str, Any], row: int = 5) -> Change:
    """Values typed into a row of the sheet of sites, by key."""

    def change(book: Workbook) -> None:
        for key, value in values.items():
            book["Platser"].cell(row, column_of(book, key)).value = value

    return change


def an_importer(databases: Databases, code: str = "2183") -> Actor:
    """An editor with an account, made once, as the worker will act."""
    actor = an_actor("editor", code)
    with databases.writing(None) as session:
        found = session.scalars(select(account.c.id).where(account.c.email == actor.email)).first()
    if found is None:
        an_account(databases, "editor", code)
        return an_importer(databases, code)
    return Actor(found, actor.name, actor.email, actor.role, actor.municipality)


def sent(
    databases: Databases,
    content: bytes,
    *,
    name: str = "mall.xlsx",
    code: str = "2183",
    language: Language = "sv",
    at_once: bool = False,
) -> int:
    """The number of an import that waits for the worker."""
    actor = an_importer(databases, code)
    with databases.writing(actor) as session:
        return register.add(
            session,
            actor,
            code,
            content,
            file_name=name,
            kind=files.kind_of(content),
            language=language,
            writes_at_once=at_once,
        )


def found(databases: Databases, number: int, code: str = "2183") -> Import:
    with databases.writing(an_importer(databases, code)) as session:
        return register.find(session, number)


def checked(databases: Databases, content: bytes, rules: Rules = RULES, **how: Any) -> Import:
    """The import after the worker has read the file."""
    number = sent(databases, content, **how)
    check_import(databases, rules, number)
    return found(databases, number, how.get("code", "2183"))


def saved(databases: Databases, one: Import, rules: Rules = RULES) -> Import:
    """The import after somebody has confirmed it and the worker has written."""
    actor = an_importer(databases, one.municipality)
    with databases.writing(actor) as session:
        register.confirm(session, actor, one.id)
    write_import(databases, rules, one.id)
    return found(databases, one.id, one.municipality)


def report_of(one: Import) -> Mapping[str, Any]:
    assert one.report is not None, one.refusal
    return one.report


def faults(one: Import) -> list[tuple[str, str]]:
    """The cell and the Swedish text of each fault."""
    return [(fault["cell"], fault["text"][0]) for fault in report_of(one)["faults"]]


def warnings(one: Import) -> list[str]:
    return [warning["text"][0] for warning in report_of(one)["warnings"]]
