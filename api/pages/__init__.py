"""The pages' routes: form fields and addresses in, what `frontend` makes of the answer out."""

from fastapi import FastAPI

from api.pages import (
    about,
    account,
    admin,
    answer,
    hours,
    municipality,
    progress,
    questions,
    search,
    site,
    site_form,
    site_outline,
    workspace,
)


def add_routes(app: FastAPI) -> None:
    for module in (
        search,
        account,
        about,
        site,
        municipality,
        workspace,
        site_form,
        site_outline,
        progress,
        hours,
        admin,
        questions,
        answer,
    ):
        app.include_router(module.router)
