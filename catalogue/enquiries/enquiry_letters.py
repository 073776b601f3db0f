"""The letters about an enquiry: to confirm it, the receipt, and to those who are to answer."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from catalogue import jobs
from catalogue.enquiries.enquiries import SECTORS, SIZES, Enquiry
from catalogue.enquiries.enquiry_input import Wanted
from catalogue.enquiries.site_names import english_names, names_of
from catalogue.fields import SITE
from catalogue.letters.mail import Letter
from geo.texts import Language, Text

CONFIRM: tuple[Text, ...] = (
    Text("Bekräfta ditt meddelande", "Confirm your message"),
    Text(
        "Någon, troligen du, har skrivit till oss om {sites} och angett den här adressen.",
        "Somebody, probably you, has written to us about {sites} and given this address.",
    ),
    Text(
        "Bekräfta med knappen, så går meddelandet fram. Var det inte du? Då behöver du inte göra "
        "något: meddelandet tas bort av sig självt.",
        "Confirm with the button and the message goes through. Was it not you? Then you need do "
        "nothing: the message is removed by itself.",
    ),
)
CONFIRM_LINK = Text("Bekräfta", "Confirm")
RECEIPT: tuple[Text, ...] = (
    Text("Vi har fått din förfrågan", "We have received your enquiry"),
    Text(
        "Tack! Din förfrågan om {sites} har gått till kontaktpersonen i {places} och till "
        "projektkontoret. De svarar dig direkt.",
        "Thank you! Your enquiry about {sites} has gone to the contact person in {places} and to "
        "the project office. They will reply to you directly.",
    ),
)
RECEIPT_OF_ERROR: tuple[Text, ...] = (
    Text("Tack, vi ser över uppgiften", "Thank you, we will look into it"),
    Text(
        "Det du skrev om {sites} har gått till dem som sköter uppgifterna i {places}. De rättar det "
        "som är fel, och hör av sig om de undrar något.",
        "What you wrote about {sites} has gone to those who keep the details in {places}. They "
        "will correct what is wrong, and get in touch if they have a question.",
    ),
)
KEPT = Text(
    "Vi sparar ditt namn, din adress och det du skrev i högst {days} dagar. Vill du att vi tar bort "
    "dem tidigare? Skriv till {contact}.",
    "We keep your name, your address and what you wrote for {days} days at most. Do you want us to "
    "remove them sooner? Write to {contact}.",
)
RECEIPT_LINK = Text("Se platsen", "See the site")
ASKED = Text("Förfrågan från {who} om {sites}", "Enquiry from {who} about {sites}")
REPORTED = Text("Felanmälan om {sites}", "An error reported in {sites}")
WHO = Text("{who} skriver om {sites}:", "{who} writes about {sites}:")
FIELD = Text("Det gäller uppgiften ”{field}”.", "It concerns the value “{field}”.")
HOW = Text(
    "Svara på det här mejlet, så når svaret avsändaren. Öppna sedan registret och markera "
    "förfrågan som besvarad, så att svarstiden räknas rätt.",
    "Reply to this e-mail and the sender gets the answer. Then open the register and mark the "
    "enquiry as answered, so that the time to answer is counted right.",
)
FACTS: dict[str, Text] = {
    "sector": Text("Bransch: {value}", "Sector: {value}"),
    "size": Text("Storlek: {value}", "Size: {value}"),
    "planned_start": Text("Planerad start: {value}", "Planned start: {value}"),
    "phone": Text("Telefon: {value}", "Telephone: {value}"),
    "email": Text("E-post: {value}", "E-mail: {value}"),
}
REGISTER_LINK = Text("Öppna i registret", "Open in the register")


def ask_to_confirm(session: Session, wanted: Wanted, sites: Text, token: str) -> None:
    """It repeats nothing that was written: a stranger may have given somebody else's address."""
    said = [text.format(sites=sites).in_language(wanted.language) for text in CONFIRM]
    jobs.defer_letter(
        session,
        Letter(
            to=wanted.email,
            language=wanted.language,
            subject=said[0],
            paragraphs=said[1:],
            path=f"/enquiries/confirm/{token}",
            link_text=CONFIRM_LINK.in_language(wanted.language),
        ),
    )


def send_receipt(
    session: Session, parts: Sequence[Enquiry], places: Sequence[str], days: int, contact: str
) -> None:
    """To the sender, in their language; `parts` are all of one message. Repeats nothing written."""
    first = parts[0]
    texts = RECEIPT_OF_ERROR if first.kind == "error" else RECEIPT
    sites = all_sites(session, parts)
    filled = [
        text.format(sites=sites, places=", ".join(places), days=days, contact=contact)
        for text in (*texts, KEPT)
    ]
    subject, *paragraphs = (text.in_language(first.language) for text in filled)
    jobs.defer_letter(
        session,
        Letter(
            to=first.email,
            language=first.language,
            subject=subject,
            paragraphs=paragraphs,
            path=f"/sites/{first.sites[0]}",
            link_text=RECEIPT_LINK.in_language(first.language),
        ),
    )


def all_sites(session: Session, parts: Sequence[Enquiry]) -> Text:
    english = english_names(session, parts)

    def said(language: Language) -> str:
        return ", ".join(
            f"{name} ({reference})"
            for part in parts
            for name, reference in zip(names_of(part, english, language), part.sites, strict=True)
        )

    return Text(said("sv"), said("en"))


def tell(
    session: Session,
    parts: Sequence[Enquiry],
    to: str,
    language: Language = "sv",
) -> None:
    """To somebody who is to answer, about one municipality's part or several; a reply to the
    letter reaches the sender."""
    first, sites = parts[0], all_sites(session, parts)
    who = ", ".join(part for part in (first.name, first.organisation) if part) or first.email
    subject = (REPORTED if first.kind == "error" else ASKED).format(who=who, sites=sites)
    field = [FIELD.format(field=SITE[first.field].label)] if first.field in SITE else []
    values: dict[str, Text | str | None] = {
        "sector": SECTORS.get(first.sector or ""),
        "size": SIZES.get(first.size or ""),
        "planned_start": str(first.planned_start or ""),
        "phone": first.phone,
        "email": first.email,
    }
    facts = [FACTS[key].format(value=value) for key, value in values.items() if value]
    jobs.defer_letter(
        session,
        Letter(
            to=to,
            reply_to=first.email,
            language=language,
            subject=subject.in_language(language),
            paragraphs=[
                WHO.format(who=who, sites=sites).in_language(language),
                *(one.in_language(language) for one in field),
                first.message,
                "\n".join(one.in_language(language) for one in facts),
                HOW.in_language(language),
            ],
            path=f"/workspace/enquiries/{first.id}",
            link_text=REGISTER_LINK.in_language(language),
        ),
    )
