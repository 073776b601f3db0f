"""The letters about a question: asked, reminded of, answered, and the receipt for the answer."""

from base64 import b64encode

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue import jobs
from catalogue.letters.mail import Letter, Picture
from catalogue.questions.askable_fields import ASKABLE
from catalogue.questions.question_links import Asked
from catalogue.questions.questions import Question
from catalogue.tables import account
from catalogue.tables import question as table
from geo.texts import Language, Text

HELLO = Text("Hej {name}!", "Hello {name},")
ASKED = Text("Fråga om {site} i {municipality}", "A question about {site} in {municipality}")
REMINDED = Text(
    "Påminnelse: fråga om {site} i {municipality}",
    "Reminder: a question about {site} in {municipality}",
)
ASKED_OF_PROFILE = Text("Fråga om {site}", "A question about {site}")
REMINDED_OF_PROFILE = Text("Påminnelse: fråga om {site}", "Reminder: a question about {site}")
WHO_ASKS = Text(
    "{who} på {municipality} kommun ber dig bekräfta uppgifter om {site}. Det är mark som "
    "kommunen erbjuder företag som söker plats för stora etableringar.",
    "{who} at the municipality of {municipality} asks you to confirm what is said about {site}. "
    "It is land that the municipality offers to companies in search of a site for a large "
    "establishment.",
)
WHO_ASKS_OF_PROFILE = Text(
    "{who} på {municipality} kommun ber dig bekräfta uppgifter som är lika för all mark som "
    "kommunen erbjuder företag som söker plats för stora etableringar.",
    "{who} at the municipality of {municipality} asks you to confirm what is the same for all the "
    "land that it offers to companies in search of a site for a large establishment.",
)
WHO_ASKED = Text(
    "Den {day} frågade {who} på {municipality} kommun dig om {site}. Vi har inte fått ditt svar än.",
    "On {day} {who} at the municipality of {municipality} asked you about {site}. We have not had "
    "your answer yet.",
)
WHAT = Text("Frågan gäller:", "The question concerns:")
HOW = Text(
    "Svara på sidan bakom länken. Du behöver inget konto, och det tar några minuter.",
    "Answer on the page behind the link. You need no account, and it takes a few minutes.",
)
REPLY_BY = Text("Svara gärna senast {day}.", "Please answer by {day}.")
ELSE = Text(
    "Vet du inte? Säg det på sidan, eller skriv vem vi ska fråga i stället. Länken är bara din och "
    "gäller till {day}.",
    "You do not know? Say so on the page, or tell whom to ask instead. The link is yours alone and "
    "holds until {day}.",
)
ANSWER_LINK = Text("Svara på frågan", "Answer the question")
PICTURE = Text("Karta över {site}", "Map of {site}")
RECEIPT: tuple[Text, ...] = (
    Text("Tack för ditt svar om {site}", "Thank you for your answer about {site}"),
    Text(
        "Ditt svar har kommit fram till {who} på {municipality} kommun, som nu tar ställning till "
        "det. Du behöver inte göra något mer.",
        "Your answer has reached {who} at the municipality of {municipality}, who will now look at "
        "it. You need not do anything more.",
    ),
    Text(
        "Ser du att något blev fel? Svara på det här mejlet.",
        "Is something wrong? Reply to this e-mail.",
    ),
)
RECEIPT_LINK = Text("Se vad du svarade", "See what you answered")
ANSWERED: tuple[Text, ...] = (
    Text("{who} har svarat om {site}", "{who} has answered about {site}"),
    Text(
        "{who} har svarat på din fråga om {named}. Gå igenom svaret och godta det som stämmer.",
        "{who} has answered your question about {named}. Go through the answer and accept what is "
        "right.",
    ),
    Text(
        "Inget ändras i katalogen förrän du har godtagit det.",
        "Nothing changes in the catalogue until you have accepted it.",
    ),
)
ANSWERED_LINK = Text("Öppna svaret", "Open the answer")


def send_question(session: Session, asked: Question, token: str, municipality: str) -> None:
    texts = (ASKED, WHO_ASKS) if asked.reference else (ASKED_OF_PROFILE, WHO_ASKS_OF_PROFILE)
    defer(session, asked, token, municipality, texts)


def send_reminder(session: Session, asked: Question, token: str, municipality: str) -> None:
    subject = REMINDED if asked.reference else REMINDED_OF_PROFILE
    defer(session, asked, token, municipality, (subject, WHO_ASKED))


def defer(
    session: Session, asked: Question, token: str, municipality: str, texts: tuple[Text, Text]
) -> None:
    """The letter with a link of its own; sent only if the transaction is committed."""
    subject, who = texts
    language = asked.language
    words = {
        "name": asked.receiver_name,
        "who": asked.asked_by_name,
        "site": asked.site_name,
        "municipality": municipality,
    }

    def said(text: Text, **more: Text) -> str:
        return text.format(**words, **more, day=asked.asked_on).in_language(language)

    until = ELSE.format(day=asked.expires_at.date()).in_language(language)
    reply = REPLY_BY.format(day=asked.reply_by).in_language(language) if asked.reply_by else ""
    jobs.defer_letter(
        session,
        Letter(
            to=asked.receiver_email,
            reply_to=asked.asked_by,
            language=language,
            subject=said(subject),
            paragraphs=[
                said(HELLO),
                said(who),
                *([asked.message] if asked.message else []),
                "\n".join([WHAT.in_language(language), *field_lines(asked.keys, language)]),
                " ".join(part for part in (HOW.in_language(language), reply) if part),
                until,
            ],
            path=f"/answer/{token}",
            link_text=ANSWER_LINK.in_language(language),
            picture=picture(session, asked.id, said(PICTURE)),
        ),
    )


def field_lines(keys: tuple[str, ...], language: Language) -> list[str]:
    """The fields by name, with their units."""
    lines = []
    for key in keys:
        label = ASKABLE[key].label.in_language(language)
        unit = ASKABLE[key].unit.in_language(language)
        lines.append(f"– {label} ({unit})" if unit else f"– {label}")
    return lines


def picture(session: Session, number: int, text: str) -> Picture | None:
    png = session.scalars(select(table.c.picture).where(table.c.id == number)).one()
    return Picture(png_base64=b64encode(png).decode(), text=text) if png else None


def send_receipt(session: Session, asked: Asked, token: str, municipality: str) -> None:
    """To whoever answered, at the address that the question went to."""
    said = [
        text.format(
            site=asked.site_name, who=asked.asked_by_name, municipality=municipality
        ).in_language(asked.language)
        for text in RECEIPT
    ]
    jobs.defer_letter(
        session,
        Letter(
            to=asked.receiver_email,
            reply_to=asked.asked_by,
            language=asked.language,
            subject=said[0],
            paragraphs=said[1:],
            path=f"/answer/{token}",
            link_text=RECEIPT_LINK.in_language(asked.language),
        ),
    )


def with_reference(asked: Asked) -> str:
    """The name as whoever has many sites tells them apart."""
    return f"{asked.site_name} ({asked.reference})" if asked.reference else asked.site_name


def tell_asker(session: Session, asked: Asked, answered_by: str) -> None:
    """To whoever asked, while the account is open."""
    language = session.scalars(
        select(account.c.language).where(account.c.email == asked.asked_by, account.c.active)
    ).first()
    if language is None:
        return
    words = {"who": answered_by, "site": asked.site_name, "named": with_reference(asked)}
    said = [text.format(**words).in_language(language) for text in ANSWERED]
    jobs.defer_letter(
        session,
        Letter(
            to=asked.asked_by,
            language=language,
            subject=said[0],
            paragraphs=said[1:],
            path=f"/workspace/questions/{asked.id}",
            link_text=ANSWERED_LINK.in_language(language),
        ),
    )
