"""The administrator's pages: a module for each section."""

from fastapi import APIRouter

from api.pages.admin import organisations, overview, settings

router = APIRouter()
for module in (overview, organisations, settings):
    router.include_router(module.router)
