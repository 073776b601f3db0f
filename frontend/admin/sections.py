"""The frame of the administrator's pages: what there is, in one list, and which of it is open."""

from dataclasses import dataclass

from frontend.rendering import Page, render
from geo.texts import Text


@dataclass(frozen=True, kw_only=True)
class Section:
    """One entry of the side navigation."""

    path: str
    label: Text
    icon: str


SECTIONS: tuple[Section, ...] = (
    Section(path="/admin", label=Text("Översikt", "Overview"), icon="list"),
    Section(path="/admin/users", label=Text("Användare", "Users"), icon="user"),
    Section(
        path="/admin/access-requests",
        label=Text("Registrerade läsare", "Registered readers"),
        icon="bookmark",
    ),
    Section(path="/admin/municipalities", label=Text("Kommuner", "Municipalities"), icon="pin"),
    Section(
        path="/admin/organisations",
        label=Text("Nätägare och VA", "Grid owners and utilities"),
        icon="drop",
    ),
    Section(path="/admin/activities", label=Text("Aktiviteter", "Activities"), icon="calendar"),
    Section(
        path="/admin/identity-providers",
        label=Text("Inloggningstjänster", "Sign-in services"),
        icon="lock",
    ),
    Section(path="/admin/settings", label=Text("Inställningar", "Settings"), icon="filter"),
    Section(path="/admin/letters", label=Text("Mejl", "E-mails"), icon="mail"),
    Section(path="/admin/jobs", label=Text("Jobb", "Jobs"), icon="clock"),
    Section(path="/admin/audit", label=Text("Logg", "Log"), icon="file"),
)


def admin_page(page: Page, template: str, path: str, **values: object) -> str:
    """A page of the section at this path, in the frame of them all."""
    return render(f"admin/{template}", page, sections=SECTIONS, section_path=path, **values)
