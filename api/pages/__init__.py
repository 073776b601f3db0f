"""The pages' routes: form fields and addresses in, what `frontend` makes of the answer out."""

from fastapi import FastAPI

from api.pages import (
    about,
    account,
    account_searches,
    admin,
    answer,
    drafts,
    geodata_upload,
    history,
    hours,
    imports,
    municipality,
    progress,
    questions,
    review,
    search,
    site,
    site_files,
    site_form,
    site_outline,
    workspace,
    workspace_hours,
)


def add_routes(app: FastAPI) -> None:
    for module in (
        search,
        account,
        account_searches,
        about,
        site,
        municipality,
        workspace,
        imports,
        workspace_hours,
        history,
        review,
        drafts,
        site_form,
        site_outline,
        site_files,
        geodata_upload,
        progress,
        hours,
        admin,
        questions,
        answer,
    ):
        app.include_router(module.router)
