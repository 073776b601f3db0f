"""The administrator's pages: a module for each section."""

from fastapi import APIRouter

from api.pages.admin import audit, jobs, municipalities, organisations, overview, settings

router = APIRouter()
for module in (overview, municipalities, organisations, settings, jobs, audit):
    router.include_router(module.router)
