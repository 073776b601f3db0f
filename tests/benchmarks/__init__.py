"""Benchmarks: the served catalogue beside PostgreSQL alone on the same statements, as ratios."""
