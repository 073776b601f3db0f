"""The pages' routes: form fields and addresses in, what `frontend` makes of the answer out."""

from fastapi import FastAPI

from api.pages import (
    about,
    account,
    account_links,
    admin,
    geodata_upload,
    history,
    hours,
    municipality,
    progress,
    provider_sign_in,
    search,
    second_factor,
    sign_in,
    site,
    site_files,
    site_form,
    site_outline,
    workspace,
)


def add_routes(app: FastAPI) -> None:
    for module in (
        search,
        sign_in,
        account_links,
        provider_sign_in,
        account,
        second_factor,
        about,
        site,
        municipality,
        workspace,
        history,
        site_form,
        site_outline,
        site_files,
        geodata_upload,
        progress,
        hours,
        admin,
    ):
        app.include_router(module.router)
