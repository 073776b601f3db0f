"""The letters about access to registered values: to confirm, to decide, decided, soon over, over."""

from datetime import date

from sqlalchemy.orm import Session

from catalogue import jobs
from catalogue.letters.mail import Letter
from geo.texts import Language, Text

CONFIRM: tuple[Text, ...] = (
    Text("Bekräfta din ansökan", "Confirm your request"),
    Text(
        "Någon, troligen du, har ansökt om att få se registrerade uppgifter i SiteFinder Gävleborg.",
        "Somebody, probably you, has asked to see registered values in SiteFinder Gävleborg.",
    ),
    Text(
        "Bekräfta med knappen inom {days} dagar. Var det inte du? Då behöver du inte göra något: "
        "ansökan tas bort av sig själv.",
        "Confirm with the button within {days} days. Was it not you? Then you need do nothing: the "
        "request is removed by itself.",
    ),
)
CONFIRM_LINK = Text("Bekräfta ansökan", "Confirm the request")
ASKED: tuple[Text, ...] = (
    Text("{who} ansöker om registrerade uppgifter", "{who} asks for registered values"),
    Text("{name}, {who}, har skickat en ansökan:", "{name}, {who}, has sent a request:"),
    Text("{purpose}", "{purpose}"),
    Text("Godkänn eller avslå ansökan i katalogen.", "Approve or refuse it in the catalogue."),
)
ASKED_LINK = Text("Öppna ansökan", "Open the request")
APPROVED: tuple[Text, ...] = (
    Text("Din ansökan är godkänd", "Your request is approved"),
    Text(
        "Du får se registrerade uppgifter till och med {day}. Vilka platser du ser, och när, "
        "sparas i en logg.",
        "You may see registered values until {day}, that day included. Which sites you see, and "
        "when, is kept in a log.",
    ),
    Text(
        "Logga in med den e-postadress som det här mejlet kom till.",
        "Sign in with the e-mail address that this e-mail came to.",
    ),
)
SIGN_IN_LINK = Text("Logga in", "Sign in")
REFUSED: tuple[Text, ...] = (
    Text("Din ansökan är avslagen", "Your request has been refused"),
    Text(
        "Du har ansökt om att få se registrerade uppgifter. Så här svarar projektkontoret: "
        "”{reason}”",
        "You have asked to see registered values. The project office answers: “{reason}”",
    ),
    Text(
        "Allt som är öppet i katalogen är det fortfarande. Svara på mejlet om du undrar något.",
        "All that is open in the catalogue still is. Reply to this e-mail if you have a question.",
    ),
)
OPEN_LINK = Text("Öppna katalogen", "Open the catalogue")
SOON: tuple[Text, ...] = (
    Text("Ditt konto gäller till {day}", "Your account holds until {day}"),
    Text(
        "Efter {day} stängs ditt konto i SiteFinder Gävleborg av sig själv.",
        "After {day} your account in SiteFinder Gävleborg closes by itself.",
    ),
    Text(
        "Behöver du se registrerade uppgifter längre än så? Skriv till projektkontoret, {contact}.",
        "Do you need to see registered values for longer? Write to the project office, {contact}.",
    ),
)
OVER: tuple[Text, ...] = (
    Text("Ditt konto är stängt", "Your account is closed"),
    Text(
        "Ditt konto i SiteFinder Gävleborg gällde till {day} och är nu stängt.",
        "Your account in SiteFinder Gävleborg held until {day} and is now closed.",
    ),
    SOON[2],
)
REVOKED: tuple[Text, ...] = (
    OVER[0],
    Text(
        "Projektkontoret har stängt ditt konto i SiteFinder Gävleborg. Du ser fortfarande allt som "
        "är öppet i katalogen.",
        "The project office has closed your account in SiteFinder Gävleborg. You still see all that "
        "is open in the catalogue.",
    ),
    Text(
        "Svara på mejlet om du undrar något.",
        "Reply to this e-mail if you have a question.",
    ),
)
"""A subject, then paragraphs."""


def ask_to_confirm(session: Session, email: str, language: Language, token: str, days: int) -> None:
    texts = tuple(text.format(days=days) for text in CONFIRM)
    send(session, (email, language), texts, f"/register/confirm/{token}", CONFIRM_LINK)


def tell_asked(session: Session, email: str, number: int, texts: dict[str, str]) -> None:
    """To somebody who decides; `texts` are the sender's name, organisation and purpose."""
    filled = tuple(text.format(**texts) for text in ASKED)
    send(session, (email, "sv"), filled, f"/admin/access-requests/{number}", ASKED_LINK)


def tell_approved(session: Session, to: tuple[str, Language], day: date, reply_to: str) -> None:
    """To somebody who has an account; whoever is new is told in the invitation."""
    filled = tuple(text.format(day=day) for text in APPROVED)
    send(session, to, filled, "/sign-in", SIGN_IN_LINK, reply_to)


def tell_refused(
    session: Session, email: str, language: Language, reason: str, reply_to: str
) -> None:
    texts = tuple(text.format(reason=reason) for text in REFUSED)
    send(session, (email, language), texts, "/", OPEN_LINK, reply_to)


def tell_end(
    session: Session,
    to: tuple[str, Language],
    texts: tuple[Text, ...],
    day: date,
    contact: str,
) -> None:
    """`texts` are `SOON` or `OVER`."""
    filled = tuple(text.format(day=day, contact=contact) for text in texts)
    send(session, to, filled, "/", OPEN_LINK, contact)


def tell_revoked(session: Session, email: str, language: Language, reply_to: str) -> None:
    send(session, (email, language), REVOKED, "/", OPEN_LINK, reply_to)


def send(
    session: Session,
    to: tuple[str, Language],
    texts: tuple[Text, ...],
    path: str,
    link: Text,
    reply_to: str = "",
) -> None:
    email, language = to
    subject, *paragraphs = (text.in_language(language) for text in texts)
    jobs.defer_letter(
        session,
        Letter(
            to=email,
            reply_to=reply_to,
            language=language,
            subject=subject,
            paragraphs=paragraphs,
            path=path,
            link_text=link.in_language(language),
        ),
    )
