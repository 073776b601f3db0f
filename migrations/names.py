"""Which of a database's tables and indexes are the catalogue's own."""

PARTS_OF_EXTENSIONS = frozenset({"spatial_ref_sys"})


def is_ours(name: str | None, kind: str, _: object) -> bool:
    """Whether a table or index is the catalogue's own, and not an extension's."""
    return not (kind == "table" and name in PARTS_OF_EXTENSIONS)
