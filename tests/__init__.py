"""The specification, run on a real PostGIS and in a real browser."""
