"""The page of the log: who changed what, when and why."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from catalogue.administration.audit import AuditEvent, AuditSearch
from catalogue.administration.organisations import KINDS as LISTS
from catalogue.exports import cell
from frontend.admin.paging import Paging
from frontend.admin.sections import admin_page
from frontend.admin.setting_words import WORDS
from frontend.admin.settings import shown
from frontend.formats import NO, YES
from frontend.rendering import ROLES, Page
from geo.texts import Language, Text

PATH = "/admin/audit"
KINDS: dict[str, Text] = {
    "account": Text("Konto", "Account"),
    "setting": Text("Inställning", "Setting"),
    "organisation": Text("Nätägare och VA", "Grid owners and utilities"),
    "activity": Text("Aktivitet", "Activity"),
    "identity_provider": Text("Inloggningstjänst", "Sign-in service"),
    "claim_mapping": Text("Grupp i en inloggningstjänst", "Group of a sign-in service"),
    "municipality": Text("Kommun", "Municipality"),
    "job": Text("Jobb", "Job"),
    "snapshot": Text("Ögonblicksbild", "Snapshot"),
    "hours": Text("Nedlagd tid", "Hours"),
    "report_sending": Text("Utskick av lägesrapport", "Status report sent"),
    "indicator": Text("Indikator", "Indicator"),
    "indicator_reading": Text("Avläsning av en indikator", "Reading of an indicator"),
}
ACTIONS: dict[str, Text] = {
    "added": Text("Lades till", "Added"),
    "changed": Text("Ändrades", "Changed"),
    "removed": Text("Togs bort", "Removed"),
    "served": Text("Vem den försörjer ändrades", "Whom it serves was changed"),
    "sessions_ended": Text("Loggades ut överallt", "Was signed out everywhere"),
    "factor_reset": Text("Tvåstegsinloggningen togs bort", "Two-step sign-in was removed"),
    "invited_again": Text("Bjöds in igen", "Was invited again"),
    "secret_changed": Text("Hemligheten byttes", "The secret was changed"),
    "linked": Text("Kopplades till en inloggningstjänst", "Was joined to a sign-in service"),
    "tried_again": Text("Sattes igång igen", "Set going again"),
    "stopped": Text("Stoppades", "Stopped"),
    "person_removed": Text("Ett namn togs bort", "A name was removed"),
}
NAMES: dict[str, Text] = {
    "name": Text("namn", "name"),
    "email": Text("e-postadress", "e-mail address"),
    "role": Text("roll", "role"),
    "municipality": Text("kommun", "municipality"),
    "active": Text("öppet", "open"),
    "language": Text("språk", "language"),
    "label": Text("namn", "name"),
    "issuer": Text("utfärdare", "issuer"),
    "client_id": Text("klient-id", "client id"),
    "groups_claim": Text("uppgift om grupper", "claim of groups"),
    "email_claim": Text("uppgift om e-post", "claim of e-mail"),
    "name_claim": Text("uppgift om namn", "claim of names"),
    "trusted_domain": Text("egen e-postdomän", "own e-mail domain"),
    "asks_second_factor": Text("kräver tvåstegsinloggning", "asks for two-step sign-in"),
    "claim_value": Text("grupp eller id", "group or id"),
    "kind": Text("lista", "list"),
    "contact_name": Text("kontakt", "contact"),
    "contact_email": Text("adress för frågor", "address for questions"),
    "label_sv": Text("namn på svenska", "name in Swedish"),
    "label_en": Text("namn på engelska", "name in English"),
    "retired": Text("föreslås inte", "not suggested"),
    "target": Text("mål", "target"),
    "target_date": Text("ska vara nått", "to be reached by"),
    "value": Text("värde", "value"),
    "read_on": Text("avläst", "read on"),
    "serves": Text("försörjer", "serves"),
    "attests_hours": Text("attesterar tid", "attests hours"),
    "entries": Text("rader", "entries"),
    "served_by": Text("försörjs av", "served by"),
}


@dataclass(frozen=True)
class Entry:
    """One event in words."""

    event: AuditEvent
    kind: str
    action: str
    subject: str
    changes: Sequence[tuple[str, str, str]]
    """What, before and after."""


def audit_page(
    page: Page,
    events: Sequence[AuditEvent],
    search: AuditSearch,
    paging: Paging,
    municipalities: Mapping[str, str],
) -> str:
    language = page.language
    return admin_page(
        page,
        "audit.html",
        PATH,
        entries=[entry(event, municipalities, language) for event in events],
        kinds=[(kind, label.in_language(language)) for kind, label in KINDS.items()],
        search=search,
        paging=paging,
        csv_query=f"?{page.query}" if page.query else "",
    )


def entry(event: AuditEvent, municipalities: Mapping[str, str], language: Language) -> Entry:
    def words(key: str, value: object) -> str:
        if event.kind == "setting":
            return shown(event.subject, value, language)
        return value_words(key, value, municipalities, language)

    before, after = event.before or {}, event.after or {}
    setting = WORDS.get(event.subject) if event.kind == "setting" else None
    if setting is not None:
        changes = [("", words("", after.get("before")), words("", after.get("after")))]
    else:
        changes = [
            (named(key, language), words(key, before.get(key)), words(key, after.get(key)))
            for key in NAMES
            if (key in before or key in after) and after.get(key) != event.subject
        ]
    return Entry(
        event=event,
        kind=KINDS.get(event.kind, Text(event.kind, event.kind)).in_language(language),
        action=ACTIONS.get(event.action, Text(event.action, event.action)).in_language(language),
        subject=setting.label.in_language(language) if setting else event.subject,
        changes=changes,
    )


def named(key: str, language: Language) -> str:
    return NAMES[key].in_language(language)


def value_words(
    key: str, value: object, municipalities: Mapping[str, str], language: Language
) -> str:
    match value:
        case None | "":
            return "–"
        case bool():
            return (YES if value else NO).in_language(language)
        case list():
            return ", ".join(municipalities.get(str(one), str(one)) for one in value) or "–"
        case str() if key == "role" and value in ROLES:
            return ROLES[value].in_language(language)
        case str() if key == "kind" and value in LISTS:
            return LISTS[value].in_language(language)
        case str() if key == "municipality":
            return municipalities.get(value, value)
    return str(value)


HEADINGS = (
    Text("Tid (UTC)", "Time (UTC)"),
    Text("Vem", "Who"),
    Text("Slag", "Kind"),
    Text("Händelse", "Event"),
    Text("Vad", "What"),
    Text("Ändringar", "Changes"),
    Text("Skäl", "Reason"),
)


def audit_csv(
    events: Iterable[AuditEvent], municipalities: Mapping[str, str], language: Language
) -> str:
    """One event a line; a byte order mark first, for spreadsheets."""
    buffer = io.StringIO()
    buffer.write("\ufeff")
    rows = csv.writer(buffer, lineterminator="\r\n")
    rows.writerow([heading.in_language(language) for heading in HEADINGS])
    for event in events:
        said = entry(event, municipalities, language)
        changes = "; ".join(
            f"{what}: {before} → {after}".removeprefix(": ") for what, before, after in said.changes
        )
        texts = (event.actor, said.kind, said.action, said.subject, changes, event.reason)
        rows.writerow([f"{event.at:%Y-%m-%dT%H:%M:%SZ}", *map(cell, texts)])
    return buffer.getvalue()
