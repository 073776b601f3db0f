"""The pages' routes: form fields and addresses in, what `frontend` makes of the answer out."""

from fastapi import FastAPI

from api.pages import about, account


def add_routes(app: FastAPI) -> None:
    for module in (account, about):
        app.include_router(module.router)
