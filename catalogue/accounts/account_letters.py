"""What an account's holder is written about it: the invitation, a reset, what has changed."""

from sqlalchemy import RowMapping

from catalogue.accounts.accounts import ROLE_LABELS
from catalogue.database import Actor
from catalogue.letters.mail import Letter
from geo.texts import Text

INVITATION = (
    Text("Du är inbjuden till SiteFinder Gävleborg", "You are invited to SiteFinder Gävleborg"),
    Text(
        "{who} har bjudit in dig till SiteFinder Gävleborg, katalogen över mark för stora "
        "etableringar i länet.",
        "{who} has invited you to SiteFinder Gävleborg, the catalogue of land for large "
        "establishments in the county.",
    ),
    Text("Din roll: {role}.", "Your role: {role}."),
    Text(
        "Välj ett lösenord så är kontot ditt. Länken gäller i sju dagar och bara en gång.",
        "Choose a password and the account is yours. The link is valid for seven days, and once.",
    ),
    Text(
        "Vet du inte vad det här gäller kan du bortse från mejlet.",
        "If you do not know what this is about, you can ignore the e-mail.",
    ),
)
RESET = (
    Text("Välj ett nytt lösenord", "Choose a new password"),
    Text(
        "Någon, troligen du, vill välja ett nytt lösenord för ditt konto i SiteFinder Gävleborg.",
        "Somebody, probably you, wants to choose a new password for your account in SiteFinder "
        "Gävleborg.",
    ),
    Text(
        "Länken gäller i en timme och bara en gång. Var det inte du? Då behöver du inte göra "
        "något: lösenordet är detsamma som förut.",
        "The link is valid for one hour, and once. Was it not you? Then you need do nothing: the "
        "password is the same as before.",
    ),
)
PASSWORD_CHANGED = (
    Text("Ditt lösenord har ändrats", "Your password was changed"),
    Text(
        "Lösenordet för ditt konto i SiteFinder Gävleborg har just ändrats. Alla andra "
        "inloggningar har avslutats.",
        "The password of your account in SiteFinder Gävleborg was changed just now. All other "
        "sign-ins have been ended.",
    ),
    Text(
        "Var det inte du? Välj genast ett nytt lösenord och säg till projektkontoret.",
        "Was it not you? Choose a new password at once and tell the project office.",
    ),
)
SECOND_FACTOR_ON = (
    Text("Tvåstegsinloggning är på", "Two-step sign-in is on"),
    Text(
        "Ditt konto i SiteFinder Gävleborg kräver nu en kod från din app när du loggar in.",
        "Your account in SiteFinder Gävleborg now asks for a code from your app when you sign in.",
    ),
    Text(
        "Var det inte du? Välj genast ett nytt lösenord och säg till projektkontoret.",
        "Was it not you? Choose a new password at once and tell the project office.",
    ),
)
SECOND_FACTOR_OFF = (
    Text("Tvåstegsinloggning är avstängd", "Two-step sign-in is off"),
    Text(
        "Ditt konto i SiteFinder Gävleborg öppnas nu med enbart lösenordet.",
        "Your account in SiteFinder Gävleborg now opens with the password alone.",
    ),
    SECOND_FACTOR_ON[2],
)
"""A subject, then paragraphs."""
YOUR_ACCOUNT = Text("Öppna ditt konto", "Open your account")


def invitation(
    invited: RowMapping, actor: Actor, secret: str, reason: Text | None = None
) -> Letter:
    """`invited` is the account's row, with its `municipality_name`."""
    role, place = ROLE_LABELS[invited["role"]], invited["municipality_name"]
    said = Text(f"{role.sv}, {place}", f"{role.en}, {place}") if place else role
    texts = [text.format(who=actor.name, role=said) for text in INVITATION]
    if reason:
        texts.insert(3, reason)
    return letter(
        invited,
        tuple(texts),
        f"/account/invitation/{secret}",
        Text("Välj lösenord", "Choose a password"),
    )


def reset(account: RowMapping, secret: str) -> Letter:
    return letter(
        account, RESET, f"/account/reset/{secret}", Text("Välj lösenord", "Choose a password")
    )


def password_changed(account: RowMapping) -> Letter:
    return letter(
        account,
        PASSWORD_CHANGED,
        "/account/forgotten",
        Text("Välj ett nytt lösenord", "Choose a new password"),
    )


def second_factor_on(account: RowMapping) -> Letter:
    return letter(account, SECOND_FACTOR_ON, "/account/security", YOUR_ACCOUNT)


def second_factor_off(account: RowMapping) -> Letter:
    return letter(account, SECOND_FACTOR_OFF, "/account/security", YOUR_ACCOUNT)


def letter(account: RowMapping, texts: tuple[Text, ...], path: str, link_text: Text) -> Letter:
    language = account["language"]
    subject, *paragraphs = (text.in_language(language) for text in texts)
    return Letter(
        to=account["email"],
        language=language,
        subject=subject,
        paragraphs=paragraphs,
        path=path,
        link_text=link_text.in_language(language),
    )
