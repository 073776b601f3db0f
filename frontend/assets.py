"""Static files: our own, and the front-end packages that npm has fetched."""

import os
import re
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
BUNDLES: dict[str, tuple[str, ...]] = {
    "base.css": (
        "packages/designsystemet/index.css",
        *(
            f"styles/{name}.css"
            for name in (
                "tokens", "layout", "frame", "components", "cards", "shortlist_buttons",
                "navigation", "facts", "tables", "forms",
            )
        ),
    ),
    "map.css": (
        "packages/leaflet/leaflet.css",
        "packages/fullscreen/Control.FullScreen.css",
        "packages/locatecontrol/L.Control.Locate.min.css",
        "packages/polylinemeasure/Leaflet.PolylineMeasure.css",
        "styles/map.css",
    ),
    "site.css": ("styles/site.css", "styles/site_charts.css", "styles/site_facts.css"),
}  # fmt: skip
"""Served as `/static/bundles/NAME`, one after the other: a page is shown once all of its styles are
there, and on a telephone each file costs a fraction of a second."""
RELATIVE = re.compile(r"url\((?![\"']?(?:data:|#|/|https?:))([\"']?)")


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
    """The address of a static file such as `styles/tokens.css`, `bundles/base.css` or
    `packages/htmx/htmx.min.js`.

    It changes with the file's content, so that it may be cached for ever. Fonts keep their bare
    address, since the styles name them by it; so does a package that npm has not fetched, and the
    page can still be read. Raises FileNotFoundError for a file of our own that is missing.
    """
    if path.startswith("bundles/"):
        return f"/static/{path}?v={sha256(bundle(path.removeprefix('bundles/'))).hexdigest()[:10]}"
    file = static_file(path)
    is_absent_package = path.startswith("packages/") and not file.exists()
    if file.suffix == ".woff2" or is_absent_package:
        return f"/static/{path}"
    return f"/static/{path}?v={_content_hash(file, file.stat().st_mtime_ns)}"


def bundle(name: str) -> bytes:
    """The styles of a bundle; what npm has not fetched is left out."""
    files = [(path, static_file(path)) for path in BUNDLES[name]]
    return joined(
        tuple((path, file, file.stat().st_mtime_ns) for path, file in files if file.exists())
    )


@lru_cache(maxsize=16)
def joined(files: tuple[tuple[str, Path, int], ...]) -> bytes:
    """With addresses as they were relative to each file; keyed by the time of change as well."""
    texts = []
    for path, file, _ in files:
        folder = f"/static/{path.rpartition('/')[0]}"
        texts.append(RELATIVE.sub(rf"url(\g<1>{folder}/", file.read_text()))
    return "\n".join(texts).encode()


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
