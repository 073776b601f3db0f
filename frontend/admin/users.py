"""The pages of accounts: all of them, one to invite somebody, and each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from catalogue.accounts.people import STATES, PeopleSearch, Person
from catalogue.errors import Fault
from frontend.admin.paging import Paging
from frontend.admin.sections import admin_page
from frontend.rendering import ROLES, Page
from geo.texts import Text

PATH = "/admin/users"
LANGUAGES = (("sv", "Svenska"), ("en", "English"))
TONES = {"open": "success", "invited": "info", "closed": "plain"}
FIELDS = ("email", "name", "role", "municipality", "language", "reason", "factor_reason")
ONE_STEP = Text("Utan tvåstegsinloggning", "Without two-step sign-in")


@dataclass(frozen=True)
class UserForm:
    """What was sent and refused."""

    texts: Mapping[str, str] = field(default_factory=dict)
    faults: Sequence[Fault] = ()


def users_page(
    page: Page,
    people: Sequence[Person],
    names: Mapping[str, str],
    search: PeopleSearch,
    paging: Paging,
    done: str,
) -> str:
    return admin_page(
        page,
        "users.html",
        PATH,
        people=people,
        names=names,
        search=search,
        paging=paging,
        states=STATES,
        tones=TONES,
        done=done,
        state_options=[
            (state, text.in_language(page.language))
            for state, text in (*STATES.items(), ("one_step", ONE_STEP))
        ],
        **choices(page, names),
    )


def invite_page(page: Page, names: Mapping[str, str], form: UserForm) -> str:
    texts = {name: form.texts.get(name, "") for name in FIELDS}
    return admin_page(
        page, "invite.html", PATH, texts=texts, **choices(page, names), **told(page, form)
    )


def user_page(
    page: Page,
    person: Person,
    names: Mapping[str, str],
    form: UserForm,
    *,
    is_self: bool,
    done: str,
) -> str:
    kept = {
        "name": person.name,
        "role": person.role,
        "municipality": person.municipality or "",
        "language": person.language,
        "active": "" if person.state == "closed" else "yes",
        "attests_hours": "yes" if person.attests_hours else "",
        "reason": "",
    }
    return admin_page(
        page,
        "user.html",
        PATH,
        person=person,
        texts={name: form.texts.get(name, text) for name, text in kept.items()},
        state=STATES[person.state],
        tone=TONES[person.state],
        is_self=is_self,
        done=done,
        **choices(page, names),
        **told(page, form),
    )


def choices(page: Page, names: Mapping[str, str]) -> dict[str, object]:
    return {
        "role_options": [(role, text.in_language(page.language)) for role, text in ROLES.items()],
        "municipality_options": list(names.items()),
        "language_options": LANGUAGES,
    }


def told(page: Page, form: UserForm) -> dict[str, object]:
    """The faults by field, and for the summary at the top."""
    texts = {fault.where: fault.text.in_language(page.language) for fault in form.faults}
    return {
        "faults": {name: texts.get(name, "") for name in FIELDS},
        "errors": [{"field": where, "text": text} for where, text in texts.items()],
    }
