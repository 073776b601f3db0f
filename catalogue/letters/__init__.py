"""Letters: how they look, and how they leave."""
