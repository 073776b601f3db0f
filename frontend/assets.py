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
        "styles/layers.css",
        "packages/designsystemet/base.css",
        "packages/designsystemet/button.css",
        *(
            f"styles/{name}.css"
            for name in (
                "tokens", "layout", "frame", "components", "cards", "shortlist_buttons",
                "navigation", "facts", "tables", "forms", "map_frame",
            )
        ),
    ),
    "leaflet.js": (
        "packages/leaflet/leaflet.js",
        "packages/fullscreen/Control.FullScreen.umd.js",
        "packages/locatecontrol/L.Control.Locate.min.js",
        "packages/polylinemeasure/Leaflet.PolylineMeasure.js",
    ),
    "map.css": (
        "packages/leaflet/leaflet.css",
        "packages/fullscreen/Control.FullScreen.css",
        "packages/locatecontrol/L.Control.Locate.min.css",
        "packages/polylinemeasure/Leaflet.PolylineMeasure.css",
        "styles/map.css",
    ),
    "map_search.js": ("scripts/map_sites.js", "scripts/search_places.js"),
    "page.js": ("scripts/page.js", "scripts/shortlist.js", "scripts/map_start.js"),
    "search.css": ("styles/search.css",),
    "search.js": ("scripts/search_start.js", "scripts/search.js"),
    "site.css": ("styles/site.css", "styles/site_charts.css", "styles/site_facts.css"),
}  # fmt: skip
"""Served as `/static/bundles/NAME`, one after the other and packed as tightly as can be: a page is
shown once all of its styles are there, and on a telephone each file costs a fraction of a second."""
LAYERS: dict[str, str] = {
    "packages/designsystemet/base.css": "ds.base",
    "packages/designsystemet/button.css": "ds.components",
}
"""The layer that a file of styles lies in, as in the design system's `index.css`: of that only
what pages use is sent, a tenth of it."""
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
        return f"/static/{path}?v={bundle_hash(files_of(path.removeprefix('bundles/')))}"
    file = static_file(path)
    is_absent_package = path.startswith("packages/") and not file.exists()
    if file.suffix == ".woff2" or is_absent_package:
        return f"/static/{path}"
    return f"/static/{path}?v={_content_hash(file, file.stat().st_mtime_ns)}"


Files = tuple[tuple[str, Path, int], ...]
"""Paths with the files behind them and when those were changed, in nanoseconds."""


def bundle(name: str) -> bytes:
    """The files of a bundle as one; what npm has not fetched is left out."""
    return joined(files_of(name))


def files_of(name: str) -> Files:
    files = [(path, static_file(path)) for path in BUNDLES[name]]
    return tuple((path, file, file.stat().st_mtime_ns) for path, file in files if file.exists())


@lru_cache(maxsize=16)
def bundle_hash(files: Files) -> str:
    return sha256(joined(files)).hexdigest()[:10]


@lru_cache(maxsize=16)
def joined(files: Files) -> bytes:
    """Keyed by the time of change as well, so that an edited file is there at once."""
    return "\n".join(
        as_it_lay(path, file.read_text()) if path.endswith(".css") else file.read_text()
        for path, file, _ in files
    ).encode()


def as_it_lay(path: str, styles: str) -> str:
    """Styles with addresses as they were relative to their own file, in their layer."""
    folder = f"/static/{path.rpartition('/')[0]}"
    styles = RELATIVE.sub(rf"url(\g<1>{folder}/", styles)
    return f"@layer {LAYERS[path]} {{{styles}}}" if path in LAYERS else styles


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
