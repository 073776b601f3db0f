"""The words for each setting that an administrator may change, and how they are grouped."""

from dataclasses import dataclass

from geo.texts import Text

NO_UNIT = Text("", "")
DAYS = Text("dagar", "days")


@dataclass(frozen=True)
class SettingWords:
    label: Text
    help: Text
    unit: Text = NO_UNIT


@dataclass(frozen=True, kw_only=True)
class SettingGroup:
    """Settings that are saved together."""

    key: str
    title: Text
    names: tuple[str, ...]


GROUPS: tuple[SettingGroup, ...] = (
    SettingGroup(
        key="freshness",
        title=Text("När en uppgift blir inaktuell", "When a value becomes stale"),
        names=("shelf_life_power_days", "shelf_life_days"),
    ),
    SettingGroup(
        key="weights",
        title=Text("Vad som väger i fullständigheten", "What weighs in completeness"),
        names=("weight_level_1", "weight_level_2", "weight_level_3"),
    ),
    SettingGroup(
        key="project",
        title=Text("Projektet", "The project"),
        names=(
            "project_start",
            "project_end",
            "baseline_date",
            "hours_per_month",
            "hours_reminder_day",
            "snapshot_months",
        ),
    ),
    SettingGroup(
        key="reporting",
        title=Text("Rapporter till finansiärerna", "Reports to the funders"),
        names=("reporting_dates", "reporting_reminder_days", "reporting_snapshots"),
    ),
    SettingGroup(
        key="report",
        title=Text("Lägesrapporten till styrgruppen", "The status report to the steering group"),
        names=("report_recipients", "report_months"),
    ),
    SettingGroup(
        key="anchoring",
        title=Text("Förankring i kommunerna", "Anchoring in the municipalities"),
        names=("anchoring_months", "anchoring_idle_days"),
    ),
    SettingGroup(
        key="sign_in",
        title=Text("Inloggning", "Signing in"),
        names=("session_idle_minutes", "session_hours", "second_factor_roles"),
    ),
    SettingGroup(
        key="review",
        title=Text("Granskning", "Review"),
        names=("four_eyes",),
    ),
    SettingGroup(
        key="questions",
        title=Text("Frågor till dem som vet", "Questions to those who know"),
        names=("question_days", "question_reminder_days"),
    ),
    SettingGroup(
        key="keeping",
        title=Text("Hur länge sådant sparas", "How long such things are kept"),
        names=("sign_in_events_days", "removed_files_days", "import_days", "enquiry_days"),
    ),
    SettingGroup(
        key="mail",
        title=Text("Mejl och kontakt", "E-mails and contact"),
        names=("mail_from", "contact_email"),
    ),
)

WORDS: dict[str, SettingWords] = {
    "snapshot_months": SettingWords(
        Text("Månader som avslutas med en ögonblicksbild", "Months that end with a snapshot"),
        Text(
            "Siffror med komma emellan, som 3,6,9,12 för varje kvartal. Tomt: bara för hand.",
            "Numbers with commas between them, such as 3,6,9,12 for every quarter. Empty: by hand "
            "only.",
        ),
    ),
    "weight_level_1": SettingWords(
        Text("Vikt för fält på nivå 1", "Weight of fields of level 1"),
        Text(
            "Det som behövs innan en plats publiceras. 2 räknas dubbelt mot 1, 0 räknas inte.",
            "What is needed before a site is published. 2 counts double against 1, 0 does not "
            "count.",
        ),
    ),
    "weight_level_2": SettingWords(
        Text("Vikt för fält på nivå 2", "Weight of fields of level 2"),
        Text("Det som en förfrågan frågar efter.", "What a request for information asks for."),
    ),
    "weight_level_3": SettingWords(
        Text("Vikt för fält på nivå 3", "Weight of fields of level 3"),
        Text("Det som en fördjupad granskning frågar efter.", "What due diligence asks for."),
    ),
    "reporting_dates": SettingWords(
        Text("Rapportdagar", "Reporting dates"),
        Text(
            "Dagar som projektet rapporterar till och med, i ordning och med komma emellan, som "
            "2026-04-30, 2026-10-31.",
            "Days that the project reports up to, in order with commas between them, such as "
            "2026-04-30, 2026-10-31.",
        ),
    ),
    "reporting_reminder_days": SettingWords(
        Text("Påminnelse före rapportdagen", "Reminder before the reporting date"),
        Text(
            "Projektkontoret får ett mejl så många dagar före. 0: inget mejl.",
            "The project office gets an e-mail so many days before. 0: no e-mail.",
        ),
        DAYS,
    ),
    "reporting_snapshots": SettingWords(
        Text("Ögonblicksbild vid rapportdagen", "Snapshot at the reporting date"),
        Text(
            "Natten efter varje rapportdag fryses läget av sig självt.",
            "The night after each reporting date progress is frozen by itself.",
        ),
    ),
    "hours_reminder_day": SettingWords(
        Text("Påminn om en månad utan tid", "Reminder of a month without hours"),
        Text(
            "Dag i nästa månad då kommunens redaktörer får ett mejl, en gång. 0: aldrig.",
            "Day of the next month when the municipality's editors get an e-mail, once. 0: never.",
        ),
    ),
    "report_recipients": SettingWords(
        Text("Styrgruppens adresser", "Addresses of the steering group"),
        Text(
            "E-postadresser med komma emellan. Hit skickas rapporten, på svenska, som PDF.",
            "E-mail addresses with commas between them. The report is sent there, in Swedish, as a "
            "PDF.",
        ),
    ),
    "report_months": SettingWords(
        Text("Månader som följs av en rapport", "Months that are followed by a report"),
        Text(
            "Siffror med komma emellan, som 3,6,9,12 för varje kvartal. Rapporten går första "
            "arbetsdagen efter månadens slut. Tomt: bara för hand.",
            "Numbers with commas between them, such as 3,6,9,12 for every quarter. The report is "
            "sent on the first working day after the month's end. Empty: by hand only.",
        ),
    ),
    "shelf_life_power_days": SettingWords(
        Text("Uppgifter om el", "Values about power"),
        Text(
            "Så länge räknas en uppgift om el som aktuell, från dagen den gällde.",
            "For so long a value about power counts as current, from the day it was true.",
        ),
        DAYS,
    ),
    "shelf_life_days": SettingWords(
        Text("Alla andra uppgifter", "All other values"),
        Text(
            "Gäller mark, plan, vatten, transport, tillstånd och kommunens profil.",
            "For land, planning, water, transport, permits and the municipality's profile.",
        ),
        DAYS,
    ),
    "project_start": SettingWords(
        Text("Projektet börjar", "The project begins"),
        Text("Första dagen i projektperioden.", "First day of the project period."),
    ),
    "project_end": SettingWords(
        Text("Projektet slutar", "The project ends"),
        Text("Sista dagen i projektperioden.", "Last day of the project period."),
    ),
    "baseline_date": SettingWords(
        Text("Utgångsläget", "The baseline"),
        Text(
            "Läget jämförs med den här dagen, om ingen annan dag väljs.",
            "Progress is compared with this day unless another is chosen.",
        ),
    ),
    "hours_per_month": SettingWords(
        Text("Mål för nedlagd tid", "Target for hours"),
        Text(
            "Så mycket tid lägger varje kommun i månaden enligt planen.",
            "What each municipality puts in each month by the plan.",
        ),
        Text("timmar i månaden", "hours a month"),
    ),
    "session_idle_minutes": SettingWords(
        Text("Utloggning efter overksamhet", "Signed out when idle"),
        Text(
            "Den som inte gör något så länge får logga in igen.",
            "Whoever does nothing for that long signs in again.",
        ),
        Text("minuter", "minutes"),
    ),
    "session_hours": SettingWords(
        Text("Längsta session", "Longest session"),
        Text(
            "Efter så lång tid får alla logga in igen.",
            "After that long everybody signs in again.",
        ),
        Text("timmar", "hours"),
    ),
    "second_factor_roles": SettingWords(
        Text("Måste logga in i två steg", "Must sign in in two steps"),
        Text(
            "De här rollerna ställer in en kod i telefonen vid nästa inloggning.",
            "These roles set up a code in their phone when they next sign in.",
        ),
    ),
    "anchoring_months": SettingWords(
        Text("Månader då kommunerna påminns om luckor", "Months in which gaps are reminded of"),
        Text(
            "Siffror med komma emellan, som 1,4,7,10 för varje kvartal. Tomt: bara för hand.",
            "Numbers with commas between them, such as 1,4,7,10 for every quarter. Empty: by hand "
            "only.",
        ),
    ),
    "anchoring_idle_days": SettingWords(
        Text("Påminnelse när det är tyst", "Reminder when it is quiet"),
        Text(
            "Efter så många dagar utan aktivitet i katalogen får kommunen ett mejl, högst tre "
            "gånger. 0: aldrig.",
            "After so many days without activity in the catalogue the municipality gets an e-mail, "
            "three times at most. 0: never.",
        ),
        DAYS,
    ),
    "four_eyes": SettingWords(
        Text("Två personer om det som publiceras", "Two people for what is published"),
        Text(
            "Den som publicerar är någon annan än den som ändrade eller skickade in platsen. Ändras "
            "sedan området eller en uppgift på nivå 1 syns det direkt, och en kollega läser det.",
            "Whoever publishes is another person than the one who changed or submitted the site. "
            "When its outline or a level-1 value changes later, that shows at once, and a colleague "
            "reads it.",
        ),
    ),
    "question_days": SettingWords(
        Text("Så länge gäller länken", "How long the link holds"),
        Text(
            "Den som har fått en fråga kan svara genom länken i mejlet under så många dagar.",
            "Whoever was asked can answer through the link in the e-mail for so many days.",
        ),
        DAYS,
    ),
    "question_reminder_days": SettingWords(
        Text("Påminnelse", "Reminder"),
        Text(
            "Så många dagar efter ett mejl utan svar skickas en påminnelse, om den som frågar inte "
            "väljer annat.",
            "So many days after an e-mail without an answer a reminder is sent, unless whoever asks "
            "chooses otherwise.",
        ),
        DAYS,
    ),
    "import_days": SettingWords(
        Text("Importerade filer", "Imported files"),
        Text(
            "Filen som lästes in och rapporten om den.",
            "The file that was read and the report on it.",
        ),
        DAYS,
    ),
    "enquiry_days": SettingWords(
        Text("Vem som har frågat", "Who has asked"),
        Text(
            "Namn, adress och meddelande i en förfrågan. Hur många som har frågat finns kvar.",
            "Name, address and message of an enquiry. How many have asked stays.",
        ),
        DAYS,
    ),
    "sign_in_events_days": SettingWords(
        Text("Inloggningar", "Sign-ins"),
        Text(
            "Lyckade och misslyckade försök, som var och en ser för sitt konto.",
            "Successful and failed attempts, which everybody sees for their account.",
        ),
        DAYS,
    ),
    "removed_files_days": SettingWords(
        Text("Borttagna filer", "Removed files"),
        Text(
            "Så länge går ett borttaget foto eller dokument att ta tillbaka.",
            "For so long a removed photo or document can be brought back.",
        ),
        DAYS,
    ),
    "mail_from": SettingWords(
        Text("Avsändare av mejl", "Sender of e-mails"),
        Text(
            "En adress som din e-postserver får skicka från, med namnet före.",
            "An address that your mail server may send from, with the name before it.",
        ),
    ),
    "contact_email": SettingWords(
        Text("Kontakt för besökare", "Contact for visitors"),
        Text(
            "Står på sidorna om tillgänglighet och personuppgifter.",
            "Stands on the pages about accessibility and privacy.",
        ),
    ),
}
