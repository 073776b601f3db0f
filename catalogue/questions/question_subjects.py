"""What a question is about: a site, or a municipality's own profile."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from catalogue import municipalities, sites
from catalogue.changes import Changes
from catalogue.database import Actor, act_as
from catalogue.fields import Field
from catalogue.municipalities import Municipality
from catalogue.questions.askable_fields import OF_PROFILE, OF_SITE
from catalogue.questions.questions import Question
from catalogue.rules import Rules
from catalogue.site import Site
from geo.texts import Language, Text

Subject = Site | Municipality
PROFILE_NAME = Text("{name} kommun", "the municipality of {name}")


def subject_of(session: Session, asked: Question) -> Subject:
    """As it stands now; raises `NoSuchSite` for one that the actor may not read."""
    if asked.reference:
        return sites.find(session, asked.reference)
    return municipalities.find(session, asked.municipality)


def find_to_write(session: Session, actor: Actor, reference: str, municipality: str) -> Subject:
    """The site with this reference; without one, the municipality's profile.

    Raises `NoSuchSite`, `NoSuchMunicipality`, and `NotAllowed` for another municipality's.
    """
    if reference:
        return sites.find_to_write(session, actor, reference)
    sites.may_write(actor, municipality)
    return municipalities.find(session, municipality)


def owner_of(subject: Subject) -> str:
    """The code of the municipality it belongs to."""
    return subject.municipality if isinstance(subject, Site) else subject.code


def reference_of(subject: Subject) -> str:
    """Empty for a profile."""
    return subject.reference if isinstance(subject, Site) else ""


def askable(subject: Subject) -> Mapping[str, Field]:
    return OF_SITE if isinstance(subject, Site) else OF_PROFILE


def name_of(subject: Subject, language: Language) -> str:
    if isinstance(subject, Site):
        return subject.name(language)
    return PROFILE_NAME.format(name=subject.name).in_language(language)


def change(
    session: Session, actor: Actor, subject: Subject, changes: Changes, rules: Rules, *, reason: str
) -> int:
    """The version that carries the changes; raises `Invalid` and `Changed`."""
    act_as(session, actor, reason)
    version = subject.version
    if isinstance(subject, Site):
        saved = sites.change(
            session, actor, subject.reference, changes, rules, expected_version=version, by_two=True
        )
        return saved.site.version
    return municipalities.change_profile(
        session, actor, subject.code, changes, rules, expected_version=version
    ).version
