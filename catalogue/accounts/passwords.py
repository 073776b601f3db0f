"""Passwords: how they are kept, which are refused, and checking one in constant time."""

import re
from collections.abc import Callable
from functools import cache

from pwdlib import PasswordHash

from catalogue.errors import Fault
from geo.texts import Text

PASSWORDS = PasswordHash.recommended()
SHORTEST = 12
LONGEST = 200
"""A longer one would only cost time to hash."""

ORDERS = (
    "abcdefghijklmnopqrstuvwxyzåäö",
    "01234567890123456789",
    "qwertyuiopåasdfghjklöäzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
)
"""What fingers and habits put in a row."""
COMMON = (
    "abc", "admin", "administrator", "asdf", "bollnäs", "dragon", "fotboll", "football",
    "gävle", "gävleborg", "hej", "hejhej", "hello", "hemlig", "hemligt", "hudiksvall", "höst",
    "hösten", "iloveyou", "inloggning", "kommun", "letmein", "login", "ljusdal", "lösen",
    "lösenord", "master", "monkey", "pass", "password", "princess", "qwerty", "sandviken",
    "secret", "site", "sitefinder", "sommar", "sommaren", "sunshine", "superman", "sverige",
    "sweden", "söderhamn", "test", "user", "vinter", "vintern", "vår", "våren", "välkommen",
    "welcome", "winter", "summer", "autumn", "spring", "zxcvbn", "åååå", "hofors", "ockelbo",
    "ovanåker", "nordanstig",
)  # fmt: skip
"""Words that passwords people make up under orders are made of, alone or with figures around."""
LOOKALIKES = str.maketrans("0134578", "oieastb")


def faults(password: str, email: str, name: str) -> list[Fault]:
    """What is wrong with a password for somebody of this address and name; in the field
    `password`."""
    if len(password) < SHORTEST:
        said = Text("Minst {n} tecken.", "At least {n} characters.").format(n=SHORTEST)
    elif len(password) > LONGEST:
        said = Text("Högst {n} tecken.", "At most {n} characters.").format(n=LONGEST)
    elif names_holder(password, email, name):
        said = Text(
            "Lösenordet innehåller ditt namn eller din adress. Välj något som inte går att gissa.",
            "The password contains your name or address. Choose something nobody can guess.",
        )
    elif is_common(password):
        said = Text(
            "Lösenordet är lätt att gissa. Sätt ihop tre eller fyra ord som inte hör ihop.",
            "The password is easy to guess. Put together three or four words that do not belong together.",
        )
    else:
        return []
    return [Fault("password", said)]


def names_holder(password: str, email: str, name: str) -> bool:
    """Whether the address, its first part, or a name of four letters or more is in it."""
    parts = {email.lower().partition("@")[0], *re.split(r"[^\w]+", f"{name} {email}".lower())}
    return any(len(part) >= 4 and part in password.lower() for part in parts)


def is_common(password: str) -> bool:
    """Whether it is few characters over and over, a row of keys, or common words and figures."""
    plain = re.sub(r"[\W_]", "", password.lower())
    if len(set(plain)) < 5 or is_a_row(plain):
        return True
    core = plain.strip("0123456789")
    return any(
        made_of_common_words(re.sub(r"[^a-zåäö]", "", read))
        for read in (core, core.translate(LOOKALIKES))
    )


def is_a_row(plain: str) -> bool:
    """Whether pieces of at least three neighbours, forwards or backwards, are all there is."""
    rows = [*ORDERS, *(order[::-1] for order in ORDERS)]
    return covered(plain, lambda piece: any(piece in row for row in rows), shortest=3)


def made_of_common_words(letters: str) -> bool:
    return covered(letters, spelt().__contains__, shortest=3)


@cache
def spelt() -> frozenset[str]:
    """The words also as they are written without Swedish letters."""
    bare = str.maketrans("åäö", "aao")
    return frozenset(COMMON) | {word.translate(bare) for word in COMMON}


def covered(text: str, known: Callable[[str], bool], *, shortest: int) -> bool:
    """Whether the text falls into known pieces without a rest; the empty text does."""
    reached = {0}
    for end in range(shortest, len(text) + 1):
        if any(start in reached and known(text[start:end]) for start in range(end - shortest + 1)):
            reached.add(end)
    return len(text) in reached
