"""Which of a database's tables and indexes are the catalogue's own."""

PARTS_OF_EXTENSIONS = frozenset({"spatial_ref_sys"})
QUEUE_PREFIX = "procrastinate_"


def is_ours(name: str | None, kind: str, _: object) -> bool:
    """Whether a table or index is the catalogue's own, and not an extension's or the job queue's."""
    if kind != "table" or name is None:
        return True
    return name not in PARTS_OF_EXTENSIONS and not name.startswith(QUEUE_PREFIX)
