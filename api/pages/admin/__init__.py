"""The administrator's pages: a module for each section."""

from fastapi import APIRouter

from api.pages.admin import (
    activities,
    audit,
    identity_providers,
    jobs,
    municipalities,
    organisations,
    overview,
    settings,
    users,
)

router = APIRouter()
for module in (
    overview,
    users,
    identity_providers,
    municipalities,
    organisations,
    activities,
    settings,
    jobs,
    audit,
):
    router.include_router(module.router)
