"""The lines of “do this next”: a field in words, with why, who, how long, and the way there."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.files.files import FIELDS
from catalogue.next_steps import NextStep, Reason
from catalogue.rules import Rules
from catalogue.search.demand import Demand
from catalogue.site import Site
from frontend.formats import age_text
from frontend.profile_links import field_address as profile_field_address
from frontend.question_form import question_address
from frontend.site_form_parts import field_address
from geo.texts import Language, Text


@dataclass(frozen=True, kw_only=True)
class Todo:
    """One line of the list."""

    field: Text
    where: str
    """The site's name, or that it is the municipality's profile."""
    reference: str
    """Empty for the profile."""
    href: str
    reason: Reason
    why: Text
    unlocks: Sequence[Text]
    """What the answer opens."""
    who: Text
    minutes: int
    waiting: str
    """Who was asked and how long ago, where an answer is awaited."""
    action: Text
    ask_href: str
    """Where whoever knows is asked; empty where nobody else does, or they have been asked."""


ACTIONS: dict[Reason, Text] = {
    "publishing": Text("Fyll i", "Fill in"),
    "readiness": Text("Öppna", "Open"),
    "search": Text("Öppna", "Open"),
    "stale": Text("Bekräfta", "Confirm"),
    "gap": Text("Fyll i", "Fill in"),
}
REASONS: dict[Reason, Text] = {
    "publishing": Text("Hindrar publicering", "Blocks publishing"),
    "readiness": Text("Nästa mognadsnivå", "Next level of readiness"),
    "search": Text("Investerare söker", "Investors search"),
    "stale": Text("Inaktuell", "Stale"),
    "gap": Text("Saknas", "Missing"),
}
REASON_TONES: dict[Reason, str] = {
    "publishing": "danger",
    "readiness": "info",
    "search": "success",
    "stale": "warning",
    "gap": "plain",
}
PROFILE_WORDS = Text(
    "Kommunens profil, visas på alla platser", "The municipality's profile, shown with every site"
)


def todo(step: NextStep, rules: Rules, language: Language) -> Todo:
    waiting = ""
    if step.asked is not None and step.asked.asked_on is not None:
        waiting = (
            Text("{who} fick frågan {age}", "{who} was asked {age}")
            .format(who=step.asked.asked, age=age_text(step.asked.asked_on, rules.today, language))
            .in_language(language)
        )
    about = step.about
    if isinstance(about, Site):
        where, reference = about.name(language), about.reference
        # A file of one's own is quicker to give than a link, which the theme's form takes too.
        control = "file" if step.key in FIELDS.values() else step.key
        href = field_address(language, about.reference, control)
    else:
        where, reference = PROFILE_WORDS.in_language(language), ""
        href = profile_field_address(language, about.code, step.key)
    return Todo(
        field=step.field.label,
        where=where,
        reference=reference,
        href=href,
        reason=step.reason,
        why=step.why,
        unlocks=[*([step.unlocks] if step.unlocks else []), *searches(step.demand)],
        who=step.who,
        minutes=step.minutes,
        waiting=waiting,
        action=Text("Följ upp", "Follow up") if waiting else ACTIONS[step.reason],
        ask_href=ask_href(step, language),
    )


def ask_href(step: NextStep, language: Language) -> str:
    if step.asked is not None or step.party == "own" or not step.field.factual:
        return ""
    return question_address(language, step.about, field=step.key)


def searches(demand: Demand) -> list[Text]:
    """How many searches and requests wait: for this alone, or for this among other things."""
    if demand.alone == 1:
        return [
            Text(
                "1 sökning eller förfrågan väntar bara på det här",
                "1 search or request waits only for this",
            )
        ]
    if demand.alone:
        text = Text(
            "{n} sökningar och förfrågningar väntar bara på det här",
            "{n} searches and requests wait only for this",
        )
        return [text.format(n=demand.alone)]
    if demand.among == 1:
        return [
            Text(
                "1 sökning eller förfrågan väntar på det här och annat",
                "1 search or request waits for this and other values",
            )
        ]
    if demand.among:
        text = Text(
            "{n} sökningar och förfrågningar väntar på det här och annat",
            "{n} searches and requests wait for this and other values",
        )
        return [text.format(n=demand.among)]
    return []
