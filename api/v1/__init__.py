"""The JSON interface at `/api/v1`, by DIGG's REST API profile."""

from fastapi import FastAPI

from api.v1 import (
    about,
    anchoring,
    comments,
    comparisons,
    counts,
    demand,
    enquiries,
    files,
    history,
    hours,
    hours_imports,
    hours_steps,
    imports,
    indicators,
    layers,
    matches,
    meetings,
    municipalities,
    profile_files,
    progress,
    progress_changes,
    questions,
    requests,
    saved_searches,
    series,
    sites,
    sites_map,
    sites_search,
    snapshots,
)

MODULES = (
    sites_search,
    sites,
    comparisons,
    files,
    imports,
    history,
    comments,
    counts,
    matches,
    municipalities,
    profile_files,
    sites_map,
    layers,
    questions,
    requests,
    enquiries,
    demand,
    progress,
    progress_changes,
    snapshots,
    indicators,
    hours,
    anchoring,
    meetings,
    hours_imports,
    hours_steps,
    saved_searches,
    series,
    about,
)


def add_routes(app: FastAPI) -> None:
    for module in MODULES:
        app.include_router(module.router, prefix="/api/v1")
