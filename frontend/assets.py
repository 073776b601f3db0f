"""Static files: our own, and the front-end packages that npm has fetched."""

import os
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
PACKAGES: dict[str, str] = {
    "designsystemet": "@digdir/designsystemet-css/dist/src",
    "inter": "@fontsource-variable/inter/files",
    "htmx": "htmx.org/dist",
    "leaflet": "leaflet/dist",
    "geoman": "@geoman-io/leaflet-geoman-free/dist",
    "fullscreen": "leaflet.fullscreen/dist",
    "locatecontrol": "leaflet.locatecontrol/dist",
    "polylinemeasure": "leaflet.polylinemeasure",
}
"""Served as `/static/packages/NAME/…`: the folder of each package below `node_modules`."""


def packages_folder() -> Path:
    """Where npm has put the packages: `SITEFINDER_PACKAGES`, else `node_modules` of the project."""
    beside = Path(__file__).parent.parent / "node_modules"
    return Path(os.environ.get("SITEFINDER_PACKAGES") or beside)


def static_folders() -> dict[str, Path]:
    """Address prefix → folder, the most specific first, for whoever serves the files."""
    packages = packages_folder()
    folders = {f"/static/packages/{name}": packages / inside for name, inside in PACKAGES.items()}
    return folders | {"/static": FOLDER}


def static_address(path: str) -> str:
    """The address of a static file such as `styles/tokens.css` or `packages/htmx/htmx.min.js`.

    It changes with the file's content, so that it may be cached for ever. Fonts keep their bare
    address, since the styles name them by it; so does a package that npm has not fetched, and the
    page can still be read. Raises FileNotFoundError for a file of our own that is missing.
    """
    file = static_file(path)
    is_absent_package = path.startswith("packages/") and not file.exists()
    if file.suffix == ".woff2" or is_absent_package:
        return f"/static/{path}"
    return f"/static/{path}?v={_content_hash(file, file.stat().st_mtime_ns)}"


def static_file(path: str) -> Path:
    """The file behind `/static/` + path."""
    if not path.startswith("packages/"):
        return FOLDER / path
    _, name, inside = path.split("/", 2)
    return packages_folder() / PACKAGES[name] / inside


@lru_cache(maxsize=256)
def _content_hash(file: Path, changed_ns: int) -> str:
    """Keyed by the time of change as well, so that an edited file gets a new address at once."""
    return sha256(file.read_bytes()).hexdigest()[:10]
