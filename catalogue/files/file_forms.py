"""What was typed about the files of a site or a profile, all at once, and saved together or not at
all."""

from collections.abc import Mapping
from typing import Protocol

from sqlalchemy.orm import Session

from catalogue.errors import Changed, Fault, Invalid
from catalogue.files.files import Owner, SiteFile
from catalogue.files.site_files import (
    DESCRIPTION,
    Described,
    change,
    read_description,
    seen_needs_words,
)
from catalogue.forms.form_texts import Texts, first
from catalogue.rules import Rules
from geo.texts import Text


class HasFiles(Protocol):
    """A site, or a municipality's profile."""

    @property
    def owner(self) -> Owner: ...
    @property
    def files(self) -> tuple[SiteFile, ...]: ...


def control(file_id: int, key: str) -> str:
    """The name of a control in the form."""
    return f"file-{file_id}-{key}"


def form_texts(file: SiteFile) -> dict[str, str]:
    """What stands in the controls of one file."""
    return {
        **{key: getattr(file, key) for key in DESCRIPTION if key != "date"},
        "date": file.day.isoformat() if file.day else "",
    }


def given(file: SiteFile, texts: Texts) -> dict[str, str]:
    """What was typed about one file, by key; a part that was not in the form is left out."""
    return {
        key: first(texts, control(file.id, key))
        for key in DESCRIPTION
        if control(file.id, key) in texts
    }


def save(session: Session, described: HasFiles, texts: Texts, rules: Rules) -> bool:
    """Whether anything was changed; raises `Invalid` with every fault, at its control."""
    faults: list[Fault] = []
    changed = False
    for file in described.files:
        try:
            differs = differing(file, given(file, texts), rules)
            if differs:
                version = first(texts, control(file.id, "version"))
                expected = int(version) if version.isdecimal() and len(version) < 10 else -1
                change(session, described.owner, file.id, differs, rules, expected_version=expected)
                changed = True
        except Invalid as refusal:
            faults += [Fault(control(file.id, one.where), one.text) for one in refusal.faults]
        except Changed:
            faults.append(Fault(control(file.id, "caption_sv"), somebody_wrote(file)))
    if faults:
        raise Invalid(faults)
    return changed


def differing(file: SiteFile, typed: Mapping[str, str], rules: Rules) -> Described:
    """The columns that shall be other than they are; raises `Invalid`."""
    described = read_description(typed, rules.today)
    seen_needs_words(
        file.kind,
        described.get("visibility", file.visibility),
        described.get("alt_sv", file.alt_sv),
    )
    return {name: value for name, value in described.items() if getattr(file, name) != value}


def somebody_wrote(file: SiteFile) -> Text:
    return Text(
        "{who} skrev om {name} medan du arbetade. Spara igen om det du har skrivit ska gälla.",
        "{who} wrote about {name} while you worked. Save again if what you wrote shall count.",
    ).format(who=file.updated_by or Text("Någon annan", "Somebody else"), name=file.name)
