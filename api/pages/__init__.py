"""The pages' routes: form fields and addresses in, what `frontend` makes of the answer out."""

from fastapi import FastAPI

from api.pages import (
    about,
    account,
    admin,
    hours,
    imports,
    municipality,
    progress,
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
        imports,
        site_form,
        site_outline,
        progress,
        hours,
        admin,
    ):
        app.include_router(module.router)
