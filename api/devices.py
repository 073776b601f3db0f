"""What a person would call the device behind a request: `Firefox, Windows`."""

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("QGIS", "QGIS"),
    ("curl/", "curl"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
"""A mark in the header, and its name; the first that is found counts, since browsers also claim to
be their forebears."""


def device_of(user_agent: str) -> str:
    """Empty where nothing is recognised; the header itself is not kept, it tells too much."""
    found = [
        next((name for mark, name in marks if mark in user_agent), "")
        for marks in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(name for name in found if name)


ROBOTS = (
    "bot", "crawl", "spider", "slurp", "preview", "monitor", "lighthouse", "headless", "curl/",
    "wget", "python", "httpx", "go-http", "java/", "scrapy",
)  # fmt: skip


def is_robot(user_agent: str) -> bool:
    """Whether a program asks, as far as it says so itself."""
    said = user_agent.lower()
    return not said or any(mark in said for mark in ROBOTS)
