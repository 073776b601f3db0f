"""Registered readers: how they ask for access, until when they have it, and what they have seen."""
