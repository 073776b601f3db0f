"""The main menu, and the menu of the project's own pages that stands below it on each of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo.texts import Text

WRITERS = ("editor", "publisher", "admin")
TEAM = ("editor", "publisher", "project", "admin")
OFFICE = ("project", "admin")


@dataclass(frozen=True, kw_only=True)
class MenuEntry:
    path: str
    label: Text
    roles: tuple[str, ...] = ()
    """Shown to these roles only; empty means everybody."""

    def covers(self, path: str) -> bool:
        return path == self.path or (self.path != "/" and path.startswith(f"{self.path}/"))


@dataclass(frozen=True, kw_only=True)
class MenuLink:
    """One entry as a page shows it."""

    path: str
    label: Text
    current: str
    """What `aria-current` says: `page`, `true` for a page further in, empty elsewhere."""


PROJECT = MenuEntry(path="/progress", label=Text("Projektet", "The project"), roles=TEAM)
MENU = (
    MenuEntry(path="/", label=Text("Hitta mark", "Find land")),
    MenuEntry(path="/match", label=Text("Matcha förfrågan", "Match a request")),
    MenuEntry(path="/municipalities", label=Text("Kommuner", "Municipalities")),
    MenuEntry(path="/about/data", label=Text("Om data", "About the data")),
    MenuEntry(path="/workspace", label=Text("Arbetsyta", "Workspace"), roles=WRITERS),
    PROJECT,
    MenuEntry(path="/admin", label=Text("Förvaltning", "Administration"), roles=("admin",)),
)
PROJECT_PAGES = (
    MenuEntry(path="/progress", label=Text("Läget", "Progress"), roles=TEAM),
    MenuEntry(path="/progress/report", label=Text("Lägesrapport", "Status report"), roles=TEAM),
    MenuEntry(path="/hours", label=Text("Nedlagd tid", "Hours"), roles=TEAM),
    MenuEntry(path="/progress/anchoring", label=Text("Förankring", "Anchoring"), roles=TEAM),
    MenuEntry(path="/requests", label=Text("RFI", "RFIs"), roles=OFFICE),
    MenuEntry(path="/workspace/enquiries", label=Text("Förfrågningar", "Enquiries"), roles=OFFICE),
    MenuEntry(path="/progress/demand", label=Text("Efterfrågan", "Demand"), roles=OFFICE),
    MenuEntry(path="/progress/indicators", label=Text("Indikatorer", "Indicators"), roles=OFFICE),
    MenuEntry(
        path="/progress/snapshots", label=Text("Ögonblicksbilder", "Snapshots"), roles=OFFICE
    ),
    MenuEntry(path="/progress/settings", label=Text("Inställningar", "Settings"), roles=OFFICE),
)
"""A page of the project is one line here; it then carries their menu, and so do those below it."""


def menu(path: str, role: str) -> list[MenuLink]:
    """The main menu of a reader, on the page at a path; an empty role is a visitor."""
    here = PROJECT.path if project_menu(path, role) else place(offered(MENU, role), path)
    return links(offered(MENU, role), path, here)


def project_menu(path: str, role: str) -> list[MenuLink]:
    """The project's pages that the reader may open, on one of them; elsewhere none."""
    entries = offered(PROJECT_PAGES, role)
    here = place(entries, path)
    return links(entries, path, here) if here else []


def offered(entries: Sequence[MenuEntry], role: str) -> list[MenuEntry]:
    return [entry for entry in entries if not entry.roles or role in entry.roles]


def place(entries: Sequence[MenuEntry], path: str) -> str:
    """The entry that leads closest to a path; empty if none does."""
    return max((entry.path for entry in entries if entry.covers(path)), key=len, default="")


def links(entries: Sequence[MenuEntry], path: str, here: str) -> list[MenuLink]:
    currently = "page" if path == here else "true"
    return [
        MenuLink(
            path=entry.path, label=entry.label, current=currently if entry.path == here else ""
        )
        for entry in entries
    ]
