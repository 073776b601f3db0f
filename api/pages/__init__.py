"""The pages' routes: form fields and addresses in, what `frontend` makes of the answer out."""

from fastapi import FastAPI

from api.pages import (
    about,
    account,
    account_links,
    account_searches,
    admin,
    answer,
    asking,
    drafts,
    geodata_upload,
    history,
    hours,
    imports,
    municipality,
    progress,
    provider_sign_in,
    questions,
    review,
    search,
    second_factor,
    sign_in,
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
        sign_in,
        account_links,
        provider_sign_in,
        account,
        second_factor,
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
        asking,
        questions,
        answer,
    ):
        app.include_router(module.router)
