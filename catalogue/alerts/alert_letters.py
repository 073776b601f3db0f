"""The letters of an alert: to confirm it, and to tell what is new."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from catalogue import jobs
from catalogue.alerts.sightings import Change
from catalogue.letters.mail import Entry, Letter
from geo.texts import Language, Text

CONFIRM: tuple[Text, ...] = (
    Text("Bekräfta din bevakning", "Confirm your alert"),
    Text(
        "Någon, troligen du, vill få ett mejl när svaret på den här sökningen ändras: {name}.",
        "Somebody, probably you, wants an e-mail when the answer to this search changes: {name}.",
    ),
    Text(
        "Bekräfta med knappen inom {days} dagar. Var det inte du? Då behöver du inte göra något: "
        "adressen tas bort av sig själv.",
        "Confirm with the button within {days} days. Was it not you? Then you need do nothing: the "
        "address is removed by itself.",
    ),
)
CONFIRM_LINK = Text("Bekräfta bevakningen", "Confirm the alert")
ONE_NEW = Text("Nytt i din bevakning: {site}", "New in your alert: {site}")
NEW = Text("Nytt om {n} platser i din bevakning", "News of {n} sites in your alert")
EVERY_SITE = Text("alla platser", "every site")
SEARCH = Text("Sökningen: {name}", "The search: {name}")
MORE = Text(
    "Här står {shown} av dem. Öppna sökningen för att se resten.",
    "{shown} of them are listed here. Open the search to see the rest.",
)
SEARCH_LINK = Text("Öppna sökningen", "Open the search")
MOST_TOLD = 30


def ask_to_confirm(
    session: Session, email: str, name: str, language: Language, token: str, days: int
) -> None:
    named = name or EVERY_SITE.in_language(language)
    said = [text.format(name=named, days=days).in_language(language) for text in CONFIRM]
    jobs.defer_letter(
        session,
        Letter(
            to=email,
            language=language,
            subject=said[0],
            paragraphs=said[1:],
            path=f"/alerts/confirm/{token}",
            link_text=CONFIRM_LINK.in_language(language),
        ),
    )


def tell(
    session: Session,
    to: tuple[str, Language],
    search: tuple[str, str],
    changes: Sequence[Change],
    token: str,
) -> None:
    """`to` is an address and its language, `search` a name and a query; the token ends the alert."""
    (email, language), (name, query) = to, search
    subject = ONE_NEW.format(site=changes[0].name) if len(changes) == 1 else NEW
    paragraphs = [SEARCH.format(name=name or EVERY_SITE)]
    if len(changes) > MOST_TOLD:
        paragraphs.append(MORE.format(shown=MOST_TOLD))
    jobs.defer_letter(
        session,
        Letter(
            to=email,
            language=language,
            subject=subject.format(n=len(changes)).in_language(language),
            paragraphs=[text.in_language(language) for text in paragraphs],
            entries=[
                Entry(
                    title=f"{one.name.in_language(language)} ({one.reference})",
                    path=f"/sites/{one.reference}" if one.kind != "gone" else "",
                    lines=[line.in_language(language) for line in one.lines],
                )
                for one in changes[:MOST_TOLD]
            ],
            path=f"/?{query}",
            link_text=SEARCH_LINK.in_language(language),
            unsubscribe_path=f"/alerts/end/{token}",
        ),
    )
