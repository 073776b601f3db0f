"""The administrator's pages: a module for each section."""

from fastapi import APIRouter

from api.pages.admin import (
    audit,
    identity_providers,
    jobs,
    municipalities,
    organisations,
    overview,
    settings,
)

router = APIRouter()
for module in (overview, municipalities, organisations, settings, jobs, audit, identity_providers):
    router.include_router(module.router)
