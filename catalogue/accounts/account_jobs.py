"""Jobs about accounts: letters that nobody may tell from their absence."""

from procrastinate import JobContext, RetryStrategy
from sqlalchemy.orm import Session

from catalogue.accounts import password_resets
from catalogue.database import Databases
from catalogue.jobs import queue
from catalogue.letters import mail
from catalogue.rules import rules_of
from catalogue.settings import Settings


@queue.task(
    name="send_password_reset",
    pass_context=True,
    retry=RetryStrategy(max_attempts=4, exponential_wait=5, retry_exceptions=[OSError]),
)
def send_password_reset(context: JobContext, email: str) -> None:
    """The link is kept once its letter has been taken; a failure leaves none behind."""
    settings: Settings = context.additional_context["settings"]
    databases: Databases = context.additional_context["databases"]
    with databases.writing(None) as session:
        letter = password_resets.letter(session, email, rules_of(settings).now())
        if letter is not None:
            mail.send(letter, settings)


def defer_password_reset(session: Session, email: str) -> None:
    """The same work whether the address is known or not; the worker finds out."""
    connection = session.connection().connection.driver_connection
    asked = email.strip().lower()[:254]
    # One after the other for an address, so that the second sees that a letter has been sent.
    send_password_reset.configure(connection=connection, lock=asked).defer(email=asked)
