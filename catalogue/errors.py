"""Every refusal of the catalogue, as a tree; `api/problems.py` gives each its status."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo.texts import Text


@dataclass(frozen=True)
class Fault:
    """One thing wrong with what was sent: where, and what to do about it."""

    where: str
    """The key of a field, or the name of a parameter."""
    text: Text
    in_parameter: bool = False


class CatalogueError(Exception):
    """A refusal written for the person who asked, in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class NotFound(CatalogueError):
    """There is no such thing, or not for the one who asks."""


class NoSuchSite(NotFound):
    def __init__(self, reference: str) -> None:
        super().__init__(
            Text(
                "Det finns ingen plats med beteckningen {reference}.",
                "There is no site with the reference {reference}.",
            ).format(reference=reference[:40])
        )


class NoSuchMunicipality(NotFound):
    def __init__(self, wanted: str) -> None:
        super().__init__(
            Text(
                "Kommunen {wanted} finns inte i katalogen.",
                "The municipality {wanted} is not in the catalogue.",
            ).format(wanted=wanted[:40])
        )


class NoSuchEntry(NotFound):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "Det finns ingen sådan rad i tidregistret, eller så når du den inte.",
                "There is no such entry of hours, or you cannot reach it.",
            )
        )


class NoSuchSearch(NotFound):
    def __init__(self) -> None:
        super().__init__(
            Text("Du har ingen sådan sparad sökning.", "You have no such saved search.")
        )


class NoSuchSharedList(NotFound):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "Länken är inte hel, eller så har listan tagits bort. Be den som delade om en ny.",
                "The link is not whole, or the list has been removed. Ask whoever shared it for "
                "a new one.",
            )
        )


class SharedListOver(CatalogueError):
    """A link to a shared list that once held and does so no more."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Länken har gått ut eller tagits tillbaka. Be den som delade om en ny.",
                "The link has run out or been taken back. Ask whoever shared it for a new one.",
            )
        )


class NoSuchVersion(NotFound):
    def __init__(self, number: int) -> None:
        super().__init__(
            Text("Version {number} finns inte.", "There is no version {number}.").format(
                number=str(number)
            )
        )


class NoSuchQuestion(NotFound):
    def __init__(self, number: int) -> None:
        super().__init__(
            Text("Det finns ingen fråga {number}.", "There is no question {number}.").format(
                number=str(number)
            )
        )


class NoSuchClientRequest(NotFound):
    def __init__(self, number: int) -> None:
        super().__init__(
            Text(
                "Det finns ingen förfrågan {number} i registret.",
                "There is no request {number} in the register.",
            ).format(number=str(number))
        )


class NoSuchMeeting(NotFound):
    def __init__(self, number: int) -> None:
        super().__init__(
            Text(
                "Det finns inget möte {number} i registret. Det kan ha tagits bort.",
                "There is no meeting {number} in the register. It may have been taken out.",
            ).format(number=str(number))
        )


class NoSuchEnquiry(NotFound):
    def __init__(self, number: int) -> None:
        super().__init__(
            Text("Det finns ingen förfrågan {number}.", "There is no enquiry {number}.").format(
                number=str(number)
            )
        )


class NoSuchRequest(NotFound):
    def __init__(self, number: int) -> None:
        super().__init__(
            Text("Det finns ingen ansökan {number}.", "There is no request {number}.").format(
                number=str(number)
            )
        )


class NoSuchLink(NotFound):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "Länken är inte hel. Öppna den direkt ur mejlet, eller klistra in hela adressen.",
                "The link is not whole. Open it from the e-mail, or paste the whole address.",
            )
        )


class LinkOver(CatalogueError):
    """A link to a question that once held and does so no more."""

    def __init__(self, asked_by: str, *, is_withdrawn: bool) -> None:
        text = (
            Text(
                "{who} har tagit tillbaka frågan. Du behöver inte göra något.",
                "{who} has taken the question back. You need not do anything.",
            )
            if is_withdrawn
            else Text(
                "Länken har gått ut. Svara på mejlet, så skickar {who} en ny.",
                "The link has run out. Reply to the e-mail, and {who} will send a new one.",
            )
        )
        super().__init__(text.format(who=asked_by))


class NotSignedIn(CatalogueError):
    def __init__(self) -> None:
        super().__init__(
            Text("Logga in eller skicka en giltig nyckel.", "Sign in or send a valid token.")
        )


WRONG_SIGN_IN = Text(
    "E-postadressen och lösenordet hör inte ihop. Kontrollera dem och försök igen.",
    "The e-mail address and password do not match. Check them and try again.",
)


class WrongSignIn(CatalogueError):
    def __init__(self, text: Text = WRONG_SIGN_IN) -> None:
        super().__init__(text)


class ClosedAccount(WrongSignIn):
    """Told only to whoever knows its password."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Kontot är stängt. Skriv till projektkontoret om du behöver det igen. Allt som är "
                "öppet i katalogen ser du utan konto.",
                "The account is closed. Write to the project office if you need it again. All that "
                "is open in the catalogue is shown without an account.",
            )
        )


class NotAllowed(CatalogueError):
    """Signed in, but without the right."""


class OwnWork(NotAllowed):
    """Two pairs of eyes are asked for, and these are the first."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Den som senast ändrade eller skickade in platsen får inte publicera den själv. "
                "Be en annan publicerare läsa igenom den.",
                "Whoever changed or submitted the site last may not publish it. "
                "Ask another publisher to read it through.",
            )
        )


class OwnChanges(NotAllowed):
    """Another person shall read a change, and this is whoever made it."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Du har själv gjort ändringarna, så någon annan behöver läsa dem.",
                "You made the changes yourself, so somebody else needs to read them.",
            )
        )


class Changed(CatalogueError):
    """Somebody else saved in between."""

    def __init__(self, reference: str, version: int, changed_by: str) -> None:
        super().__init__(
            Text(
                "{reference} har ändrats av {who} medan du arbetade (version {version}). "
                "Inget har sparats över. Läs in den nya versionen och gör om din ändring.",
                "{reference} was changed by {who} while you worked (version {version}). "
                "Nothing was overwritten. Load the new version and make your change again.",
            ).format(
                reference=reference,
                who=changed_by or Text("någon annan", "somebody else"),
                version=version,
            )
        )
        self.version = version


class Invalid(CatalogueError):
    """What was sent breaks one or more rules; nothing was changed."""

    def __init__(self, faults: Sequence[Fault], text: Text | None = None) -> None:
        super().__init__(
            text
            or Text(
                "Uppgifterna kan inte sparas. Rätta det som står nedan.",
                "The values cannot be saved. Correct what is listed below.",
            )
        )
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return " ".join([self.text.en, *(f"{one.where}: {one.text.en}" for one in self.faults)])


class BadParameters(Invalid):
    """Query parameters that are unknown or hold a bad value."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(
            faults,
            Text(
                "Sökningen kan inte göras. Rätta villkoren nedan.",
                "The search cannot be made. Correct the conditions listed below.",
            ),
        )


class ReasonMissing(Invalid):
    """The step is one that others will ask the reason for."""

    def __init__(self, text: Text) -> None:
        super().__init__([Fault("reason", text)], text)


class NotReady(Invalid):
    """The site lacks what the next step asks for."""


class NotPossible(CatalogueError):
    """The step is not one that can follow the present state."""


class NoArchive(NotPossible):
    """A file that is no backup, or not the one that was made."""


class NotEmpty(NotPossible):
    def __init__(self, database: str) -> None:
        super().__init__(
            Text(
                "Databasen {database} har redan en katalog med platser eller konton. Lägg till "
                "--replace för att sätta säkerhetskopian i dess ställe; den gamla sparas bredvid.",
                "The database {database} holds a catalogue with sites or accounts already. Add "
                "--replace to put the backup in its place; the old one is kept beside it.",
            ).format(database=database)
        )


class NothingToRestore(NotPossible):
    def __init__(self, number: int) -> None:
        super().__init__(
            Text(
                "Inget av det du valde skiljer sig från version {number}, så inget har ändrats.",
                "Nothing that you chose differs from version {number}, so nothing was changed.",
            ).format(number=str(number))
        )


class ActivityInUse(NotPossible):
    def __init__(self, code: str, entries: int) -> None:
        super().__init__(
            Text(
                "Tid är inskriven på {code} ({n} rader), så den kan inte tas bort. Sluta erbjuda "
                "den i stället.",
                "Hours are entered on {code} ({n} entries), so it cannot be removed. Stop "
                "offering it instead.",
            ).format(code=code, n=str(entries))
        )


class TooManyAttempts(CatalogueError):
    def __init__(self, seconds: int) -> None:
        super().__init__(
            Text(
                "För många försök. Vänta {seconds} sekunder och försök igen.",
                "Too many attempts. Wait {seconds} seconds and try again.",
            ).format(seconds=seconds)
        )
        self.seconds = seconds


class Unreadable(Invalid):
    """The body is not what the address takes, before any value is looked at."""

    def __init__(self, text: Text) -> None:
        super().__init__((), text)


class UnreadableFile(Invalid):
    """A file that cannot be read as what it is, or that holds what is not accepted."""

    def __init__(self, text: Text) -> None:
        super().__init__((), text)


class WrongContentType(CatalogueError):
    def __init__(self, wanted: str) -> None:
        super().__init__(
            Text("Skicka {wanted}.", "Send {wanted}.").format(wanted=wanted),
        )


class VersionMissing(CatalogueError):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "Skicka If-Match med den ETag du läste, så att ingen annans ändring skrivs över.",
                "Send If-Match with the ETag you read, so that nobody's change is overwritten.",
            )
        )


class ExportTooLarge(CatalogueError):
    def __init__(self, matched: int, most: int) -> None:
        super().__init__(
            Text(
                "{matched} platser passar, men filen rymmer högst {most}. Begränsa sökningen eller "
                "välj CSV eller GeoJSON.",
                "{matched} sites match, but the file holds at most {most}. Narrow the search or "
                "choose CSV or GeoJSON.",
            ).format(matched=matched, most=most)
        )


class NoSuchFormat(CatalogueError):
    """None of the formats that the client accepts."""

    def __init__(self, formats: str) -> None:
        super().__init__(
            Text("Välj ett av formaten {formats}.", "Choose one of the formats {formats}.").format(
                formats=formats
            )
        )


class NoSuchFile(NotFound):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "Filen finns inte, eller så får du inte se den. Den kan vara borttagen.",
                "There is no such file, or you may not see it. It may have been removed.",
            )
        )


class FileTooLarge(CatalogueError):
    """More bytes, or more pixels, than a file may have."""


class FileNotAccepted(CatalogueError):
    """What was sent is, by its content, no file that the catalogue takes."""


class FilesAway(CatalogueError):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "Lagret för bilder och dokument svarar inte. Försök igen om en stund.",
                "The storage for photos and documents does not answer. Try again in a while.",
            )
        )
