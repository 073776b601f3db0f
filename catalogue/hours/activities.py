"""What hours are spent on: the administrator's list of activities, in the words of both languages.

An activity that hours are entered on is never removed, only retired.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from catalogue.errors import ActivityInUse, Fault, Invalid, NotFound
from catalogue.tables import activity as table
from catalogue.tables import hours_entry
from geo.texts import Text

CODE = re.compile(r"[a-z][a-z0-9_]{1,39}", re.ASCII)
LONGEST_LABEL = 60
LABELS = ("label_sv", "label_en")


@dataclass(frozen=True, kw_only=True)
class Activity:
    code: str
    label_sv: str = ""
    label_en: str = ""
    retired: bool = False
    """Offered no more; hours entered on it keep it."""

    @property
    def label(self) -> Text:
        return Text(self.label_sv, self.label_en)


Activities = Mapping[str, Activity]
"""By code, in the order they are offered."""


def everything(session: Session) -> Activities:
    statement = select(table.c.code, table.c.label_sv, table.c.label_en, table.c.retired).order_by(
        table.c.id
    )
    return {row["code"]: Activity(**row) for row in session.execute(statement).mappings()}


def offered(activities: Activities) -> dict[str, Text]:
    """The labels of those that hours may be entered on, by code."""
    return {code: one.label for code, one in activities.items() if not one.retired}


def find(session: Session, code: str) -> Activity:
    """Raises `NotFound`."""
    found = everything(session).get(code)
    if found is None:
        raise NotFound(Text("Aktiviteten finns inte i listan.", "The activity is not in the list."))
    return found


def entries(session: Session) -> dict[str, int]:
    """How many entries of the register each activity in use has, by code."""
    statement = select(hours_entry.c.activity, func.count()).group_by(hours_entry.c.activity)
    return {code: number for code, number in session.execute(statement)}


def add(session: Session, wanted: Activity) -> Activity:
    """Raises `Invalid`."""
    said = tidy(wanted)
    faults = label_faults(session, said)
    if not CODE.fullmatch(said.code):
        text = Text(
            "En kod är 2–40 tecken: små bokstäver a–z, siffror och understreck, som site_visit.",
            "A code is 2–40 characters: lower-case a–z, digits and underscores, like site_visit.",
        )
        faults.insert(0, Fault("code", text))
    elif said.code in everything(session):
        text = Text("Koden {code} finns redan.", "The code {code} is there already.")
        faults.insert(0, Fault("code", text.format(code=said.code)))
    if faults:
        raise Invalid(faults)
    session.execute(
        insert(table).values(code=said.code, label_sv=said.label_sv, label_en=said.label_en)
    )
    return said


def write(session: Session, wanted: Activity) -> None:
    """Its labels, and whether it is offered; raises `NotFound` or `Invalid`."""
    find(session, wanted.code)
    said = tidy(wanted)
    faults = label_faults(session, said)
    if faults:
        raise Invalid(faults)
    session.execute(
        update(table)
        .where(table.c.code == said.code)
        .values(label_sv=said.label_sv, label_en=said.label_en, retired=said.retired)
    )


def remove(session: Session, code: str) -> None:
    """Raises `NotFound`, and `ActivityInUse` where hours are entered on it."""
    find(session, code)
    used = entries(session).get(code, 0)
    if used:
        raise ActivityInUse(code, used)
    session.execute(delete(table).where(table.c.code == code))


def tidy(wanted: Activity) -> Activity:
    return Activity(
        code=wanted.code.strip(),
        label_sv=" ".join(wanted.label_sv.split()),
        label_en=" ".join(wanted.label_en.split()),
        retired=wanted.retired,
    )


def label_faults(session: Session, said: Activity) -> list[Fault]:
    others = [one for code, one in everything(session).items() if code != said.code]
    faults = []
    for key in LABELS:
        label = str(getattr(said, key))
        if not 1 <= len(label) <= LONGEST_LABEL:
            text = Text(
                "Ange ett namn, högst {n} tecken.", "Give a name, at most {n} characters."
            ).format(n=LONGEST_LABEL)
            faults.append(Fault(key, text))
        elif any(getattr(one, key).lower() == label.lower() for one in others):
            text = Text(
                "{label} heter redan en annan aktivitet.",
                "Another activity is called {label} already.",
            ).format(label=label)
            faults.append(Fault(key, text))
    return faults
