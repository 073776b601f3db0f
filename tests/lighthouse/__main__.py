"""`make lighthouse`: the four scores of each page, and what costs most where one is too low.

Measures what `make run` serves, so that the database holds the example catalogue. Needs a machine
that does nothing else: the score for performance follows the processor.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from seed.packages import BROWSERS

HERE = Path(__file__).parent
LEAST = 0.95
ATTEMPTS = 3
LOST_TRACE = "NO_NAVSTART"
"""Lighthouse now and then misses the start of its own recording, and asks to be run again."""
FLAGS = "--headless=new --no-sandbox --disable-gpu"


def main() -> None:
    home = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    with urlopen(f"{home}/api/v1/sites?format=json&limit=1") as answer:  # noqa: S310  # our own
        [site] = json.load(answer)["sites"]
    paths = ["/", "/en/", f"/sites/{site['reference']}", f"/en/sites/{site['reference']}"]
    is_enough = min([shown(path, report(home + path)) for path in paths])
    sys.exit(not is_enough)


def report(address: str) -> dict[str, Any]:
    """Of a page that somebody has asked for before, as of a catalogue in use: what the server keeps of
    it is then made. Any: what Lighthouse says, as JSON."""
    with urlopen(address):  # noqa: S310  # our own
        pass
    # A whole browser where there is one, as visitors have.
    browser = next(found for name in reversed(BROWSERS) if (found := shutil.which(name)))
    command = [
        str(HERE / "node_modules/.bin/lighthouse"),
        address,
        "--quiet",
        "--output=json",
        f"--chrome-flags={FLAGS}",
    ]
    environment = {**os.environ, "CHROME_PATH": browser}
    told = ""
    for _ in range(ATTEMPTS):
        made = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
        if not made.returncode:
            said: dict[str, Any] = json.loads(made.stdout)
            return said
        told = made.stderr.strip()
        if LOST_TRACE not in told:
            break
    sys.exit(f"Lighthouse failed on {address}:\n{told}")


def shown(path: str, found: dict[str, Any]) -> bool:
    """Whether every score is high enough; Any: Lighthouse's JSON."""
    scores = {one["title"]: one["score"] for one in found["categories"].values()}
    print(f"{path:28}", *(f"{title} {score * 100:.0f}" for title, score in scores.items()))
    audits = found["audits"].values()
    for audit in audits:
        is_low = audit["score"] is not None and audit["score"] < LEAST
        if is_low and min(scores.values()) < LEAST and audit.get("displayValue"):
            print(f"    {audit['title']}: {audit['displayValue']}")
    return min(scores.values()) >= LEAST


if __name__ == "__main__":
    main()
