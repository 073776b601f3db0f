"""Made-up people and how to reach them: numbers and addresses set aside for fiction."""

from functools import cache
from random import Random
from typing import NamedTuple

from catalogue.fields import Value
from seed.demo_grounds import plain

FIRST_NAMES = (
    "Anna", "Karin", "Maria", "Eva", "Lena", "Sara", "Emma", "Hanna", "Ingrid", "Elin", "Amina",
    "Leyla", "Johan", "Erik", "Anders", "Lars", "Per", "Mikael", "Fredrik", "Henrik", "Olof",
    "Jonas", "Nils", "Ali",
)  # fmt: skip
LAST_NAMES = (
    "Åslund", "Hedvall", "Norling", "Sandmark", "Bergqvist", "Forslid", "Granath", "Lindvik",
    "Myrén", "Näslund", "Ekehag", "Tallroth", "Söderhjelm", "Wikner", "Dahlfors", "Källström",
    "Öhrling", "Lundkvist", "Rudsten", "Hasselgård", "Karimi", "Haddad",
)  # fmt: skip
TITLES = (
    "Näringslivsutvecklare",
    "Etableringslots",
    "Näringslivschef",
    "Mark- och exploateringschef",
)


class Person(NamedTuple):
    name: str
    title: str
    phone: str


def person(random: Random) -> Person:
    """Somebody who does not exist; the numbers are those PTS keeps for film and books."""
    name = f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)}"
    return Person(name, random.choice(TITLES), f"070-174 06 {5 + int(95 * random.random()):02d}")


def contact(person: Person, domain: str) -> dict[str, Value]:
    return {
        "contact_name": person.name,
        "contact_role": person.title,
        "contact_phone": person.phone,
        "contact_email": f"{mailbox(person.name)}@{domain}",
    }


def mailbox(name: str) -> str:
    return plain(name).replace("-", ".")


class Staff(NamedTuple):
    """Two people of a municipality: one edits, the other reviews and publishes."""

    editor: Person
    publisher: Person


@cache
def staff(code: str) -> Staff:
    """The same two for a municipality every time."""
    random = Random(f"staff of {code}")
    editor, publisher = person(random), person(random)
    return Staff(
        editor._replace(title="Näringslivsutvecklare"), publisher._replace(title="Näringslivschef")
    )


def email(role: str, municipality: str) -> str:
    """The address of a municipality's account."""
    mailbox = {"editor": "redaktor", "publisher": "publicerare"}[role]
    return f"{mailbox}.{plain(municipality)}@example.se"
