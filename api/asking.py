"""A question sent with a map of its site, from a page or by a program."""

from sqlalchemy.orm import Session

from api.context import Services
from catalogue.database import Actor
from catalogue.maps.site_surroundings import frame, surroundings
from catalogue.questions import question_asking
from catalogue.questions.question_input import Request
from catalogue.questions.question_subjects import find_to_write
from catalogue.questions.questions import Question
from catalogue.site import Site
from frontend.site_picture import HEIGHT_PER_WIDTH, site_picture


def ask(session: Session, services: Services, actor: Actor, request: Request) -> Question:
    """The question with a map of its site, for whoever sends it."""
    about = find_to_write(session, actor, request.reference, request.municipality)
    png = b""
    if isinstance(about, Site) and about.outline is not None:
        box = frame(about.outline.bounds, HEIGHT_PER_WIDTH)
        png = site_picture(about.outline, surroundings(session, box))
    return question_asking.ask(
        session,
        actor,
        request,
        services.rules,
        link_days=services.settings.question_days,
        png=png,
    )
