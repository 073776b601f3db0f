"""Which sites: the one filter, its SQL, its counts, and the searches that are kept."""
