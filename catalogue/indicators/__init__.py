"""The indicators of the funding decision: what was promised, and how it goes."""
