"""What a browser is told about the file that it is handed."""

from urllib.parse import quote


def disposition(name: str, *, is_shown: bool = False) -> str:
    """The `Content-Disposition` of a file: its name with å, ä and ö, and in ASCII for old programs.

    `is_shown` lets a browser show the file in place instead of keeping it.
    """
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    way = "inline" if is_shown else "attachment"
    return f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
