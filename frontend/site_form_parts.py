"""What stands around a site's form: the rail of themes, the steps of its life, its history."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from catalogue.administration.reference_words import Suggestions
from catalogue.completeness import UPLOADED_KEYS, Count
from catalogue.database import Actor
from catalogue.errors import Fault
from catalogue.fields import SITE, THEMES, Field, Value
from catalogue.forms.drafts import Draft
from catalogue.history.history import Version
from catalogue.publishing import lacking
from catalogue.questions.questions import Question
from catalogue.rules import Rules
from catalogue.site import Site, Status
from catalogue.workflow.comments import Thread
from catalogue.workflow.transitions import STEPS
from frontend.file_lines import happened
from frontend.formats import date_text
from frontend.quick_hours import QuickHours
from frontend.rendering import SWEDISH_TIME, address, swedish_day
from geo.texts import Language, Text

OUTLINE = "outline"
STEP_CONTROLS = {"reason": "reason", "reserved_until": "step-until"}
"""The controls of what is said with a step, by what they hold."""
FILES = "files"
SECTIONS: dict[str, Text] = {
    OUTLINE: Text("Område", "Outline"),
    **{theme: label for theme, label in THEMES.items() if theme != "profile"},
    FILES: Text("Bilder och dokument", "Photos and documents"),
}
"""The steps of the form: the outline first, then the themes, and last what is uploaded."""
STATUS_TONES: dict[str, str] = {
    "draft": "plain",
    "in_review": "info",
    "published": "success",
    "reserved": "warning",
    "established": "success",
    "withdrawn": "plain",
}
MOVES: dict[tuple[Status, Status], Text] = {
    ("draft", "in_review"): Text("Skicka på granskning", "Submit for review"),
    ("draft", "published"): Text("Publicera", "Publish"),
    ("in_review", "published"): Text("Publicera", "Publish"),
    ("in_review", "draft"): Text("Tillbaka till utkast", "Back to draft"),
    ("published", "reserved"): Text("Reservera", "Reserve"),
    ("published", "established"): Text("Markera som etablerad", "Mark as established"),
    ("published", "withdrawn"): Text("Dra tillbaka", "Withdraw"),
    ("reserved", "published"): Text("Häv reservationen", "Lift the reservation"),
    ("reserved", "established"): Text("Markera som etablerad", "Mark as established"),
    ("reserved", "withdrawn"): Text("Dra tillbaka", "Withdraw"),
    ("established", "published"): Text("Tillbaka till publicerad", "Back to published"),
    ("established", "withdrawn"): Text("Dra tillbaka", "Withdraw"),
    ("withdrawn", "draft"): Text("Tillbaka till utkast", "Back to draft"),
}
STATUS_NOTES: dict[str, Text] = {
    "draft": Text(
        "Bara du och dina kollegor ser platsen.", "Only you and your colleagues see the site."
    ),
    "in_review": Text(
        "Platsen väntar på att en publicerare läser igenom den.",
        "The site waits for a publisher to read it through.",
    ),
    "published": Text("Alla kan se platsen.", "Everybody can see the site."),
    "reserved": Text(
        "Alla kan se platsen och att den är reserverad.",
        "Everybody can see the site, and that it is reserved.",
    ),
    "established": Text(
        "Alla kan se platsen och att någon har etablerat sig där.",
        "Everybody can see the site, and that somebody has settled there.",
    ),
    "withdrawn": Text(
        "Platsen syns inte i katalogen men finns kvar här.",
        "The site is not in the catalogue but is kept here.",
    ),
}


@dataclass(frozen=True, kw_only=True)
class OpenSite:
    """A site as somebody has it open to work with."""

    site: Site
    municipality_name: str
    actor: Actor
    rules: Rules
    versions: Sequence[Version]
    """The last ones, newest first."""
    suggestions: Suggestions
    needs_other_eyes: bool = False
    """Whether somebody else must publish it."""
    people: Mapping[str, str] = field(default_factory=dict)
    """The names of those whose changes wait to be read, by e-mail address."""
    threads: Sequence[Thread] = ()
    draft: Draft | None = None
    """What the person typed here before and did not save."""
    questions: Sequence[Question] = ()
    """Those that are not closed, newest first."""
    proposals: Mapping[str, Value] = field(default_factory=dict)
    """What empty fields of a draft probably say."""
    hours: QuickHours | None = None

    @property
    def path(self) -> str:
        return site_path(self.site.reference)


def site_path(reference: str) -> str:
    return f"/workspace/sites/{reference}"


@dataclass(frozen=True, kw_only=True)
class RailStep:
    """One theme in the rail."""

    key: str
    label: Text
    href: str
    share: int
    """Completeness in per cent."""
    needed: int
    """Fields that stand in the way of publishing."""
    errors: int


@dataclass(frozen=True, kw_only=True)
class Move:
    """One step the site may take next, and whether the person may take it."""

    to: Status
    label: Text
    needs_other_eyes: bool


@dataclass(frozen=True, kw_only=True)
class UnreadChange:
    """A value that one person alone has changed on a site that is shown."""

    label: Text
    href: str
    who: str


@dataclass(frozen=True, kw_only=True)
class Missing:
    label: Text
    href: str


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    when: str
    actor: str
    what: str
    reason: str


NOTHING_APPLIES = 100
"""Of a part of the form in which nothing is asked for."""


def rail(opened: OpenSite, faults: Iterable[Fault], language: Language) -> list[RailStep]:
    site = opened.site
    weights = opened.rules.weights
    needed = Counter(section_of(key) for key in lacking(site))
    wrong = Counter(section_of(key) for key in {fault.where.split("-")[0] for fault in faults})
    outline = Count(applicable=1, filled=int(site.outline is not None))
    uploaded = Count(applicable=len(UPLOADED_KEYS), filled=len(site.shown))
    counts = dict(site.completeness)
    # Files are counted among the basics, and have a step of their own here.
    place = (SITE[UPLOADED_KEYS[0]].theme, SITE[UPLOADED_KEYS[0]].level)
    basics = counts[place]
    counts[place] = Count(
        basics.applicable - uploaded.applicable, basics.filled - uploaded.filled, basics.asked
    )
    shares = {
        OUTLINE: outline.percent,
        FILES: uploaded.percent,
        **{str(theme): weights.percent(counts, theme) for theme, _ in counts},
    }
    return [
        RailStep(
            key=section,
            label=label,
            href=address(language, opened.path, theme=section),
            share=shares.get(section, NOTHING_APPLIES),
            needed=needed[section],
            errors=wrong[section],
        )
        for section, label in SECTIONS.items()
    ]


def section_of(key: str) -> str:
    """Where in the form a field stands; the first theme for what has no field."""
    if key == OUTLINE:
        return OUTLINE
    if key == "file":
        return FILES
    return SITE[key].theme if key in SITE else "identity"


def field_address(language: Language, reference: str, key: str) -> str:
    """The very control in the form where a field is filled in."""
    section = section_of(key)
    mark = "outline-text" if section == OUTLINE else key
    return f"{address(language, site_path(reference), theme=section)}#{mark}"


def next_section(section: str) -> str:
    """The theme after this one; the last leads to itself."""
    order = list(SECTIONS)
    return order[min(order.index(section) + 1, len(order) - 1)]


def moves(opened: OpenSite) -> list[Move]:
    status = opened.site.status
    return [
        Move(
            to=to,
            label=MOVES[status, to],
            needs_other_eyes=opened.needs_other_eyes and to == "published",
        )
        for to, roles in STEPS[status].items()
        if opened.actor.role in roles
    ]


def missing(site: Site, language: Language) -> list[Missing]:
    """What stands in the way of publishing, each with its place in the form."""
    if site.status not in ("draft", "in_review"):
        return []
    return [
        Missing(label=SITE[key].label, href=field_address(language, site.reference, key))
        for key in lacking(site)
    ]


def unread_changes(opened: OpenSite, language: Language) -> list[UnreadChange]:
    """What waits for another person to read it, where that is asked for."""
    if not opened.rules.four_eyes:
        return []
    return [
        UnreadChange(
            label=SITE[key].label,
            href=field_address(language, opened.site.reference, key),
            who=opened.people.get(who, who),
        )
        for key, who in opened.site.unread.items()
        if key in SITE
    ]


def history(versions: Sequence[Version], language: Language) -> list[HistoryLine]:
    return [
        HistoryLine(
            when=moment_text(version.recorded_at, language),
            actor=version.name or Text("Katalogen", "The catalogue").in_language(language),
            what=what_changed(version, language),
            reason=version.reason,
        )
        for version in versions
    ]


SITE_MADE = Text("Platsen skapades", "The site was created")
READ_BY_ANOTHER = Text("Ändringarna lästes av en till", "The changes were read by another person")
PROFILE_BEGUN = Text("Profilen började beskrivas", "The profile was begun")


def what_changed(version: Version, language: Language, fields: Mapping[str, Field] = SITE) -> str:
    """A save in a few words: the labels of the fields it touched, or the step it was."""
    if version.number == 1:
        is_site = version.status is not None
        started = SITE_MADE if is_site else PROFILE_BEGUN
        return started.in_language(language)
    if "status" in version.keys and version.status:
        status = SITE["status"].code_label(version.status).in_language(language)
        return f"{SITE['status'].label.in_language(language)}: {status}"
    # A profile has no such fields, and yet files.
    known = {key: SITE[key] for key in UPLOADED_KEYS} | dict(fields)
    typed = [known[key] for key in version.keys if not known[key].computed]
    if version.is_reading:
        return READ_BY_ANOTHER.in_language(language)
    if not typed:
        return Text("Avstånd räknades om", "Distances were worked out anew").in_language(language)
    told = {change.file.field for change in version.files}
    labels = [one.label.in_language(language) for one in typed if one.key not in told]
    return ", ".join((*labels, *happened(version.files, language)))


def changed_by(versions: Sequence[Version], language: Language) -> str:
    """Who saved last; the newest version comes first."""
    unknown = Text("katalogen", "the catalogue").in_language(language)
    return versions[0].name or unknown if versions else unknown


def moment_text(moment: datetime, language: Language) -> str:
    """`3 okt 2026 kl. 14.32`, or `3 Oct 2026, 14:32`."""
    local = moment.astimezone(SWEDISH_TIME)
    day = date_text(swedish_day(moment), language)
    return f"{day} kl. {local:%H.%M}" if language == "sv" else f"{day}, {local:%H:%M}"


def draft_told(draft: Draft | None, language: Language) -> dict[str, object]:
    """A draft for the form's script, and when it was left."""
    if draft is None or draft.saved_at is None:
        return {"draft": None, "draft_when": ""}
    kept = {"version": draft.version, "before": draft.before, "texts": draft.texts}
    is_today = swedish_day(draft.saved_at) == swedish_day(datetime.now(UTC))
    when = (earlier_today if is_today else moment_text)(draft.saved_at, language)
    return {"draft": kept, "draft_when": when}


def earlier_today(moment: datetime, language: Language) -> str:
    """As after “from”: `kl. 14.32`, or `14:32 today`."""
    local = moment.astimezone(SWEDISH_TIME)
    return f"kl. {local:%H.%M}" if language == "sv" else f"{local:%H:%M} today"


def clock_text(moment: datetime, language: Language) -> str:
    local = moment.astimezone(SWEDISH_TIME)
    return f"kl. {local:%H.%M}" if language == "sv" else f"at {local:%H:%M}"
