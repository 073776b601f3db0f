"""Forms that anybody may send: how often, by the sender's address and by the one they give."""

from fastapi import Request

from api.context import Services
from catalogue.errors import TooManyAttempts


def slow_down(services: Services, request: Request, email: str) -> None:
    """Counts a form about to be accepted; raises `TooManyAttempts`."""
    host = request.client.host if request.client else ""
    for who in (("host", host), ("email", email)):
        if wait := services.form_attempts.take(*who):
            raise TooManyAttempts(wait)
