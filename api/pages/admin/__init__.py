"""The administrator's pages: a module for each section."""

from fastapi import APIRouter

from api.pages.admin import audit, jobs, municipalities, organisations, overview, settings, users

router = APIRouter()
for module in (overview, users, municipalities, organisations, settings, jobs, audit):
    router.include_router(module.router)
