"""A site's way through review, what is said about it, and who is told."""
