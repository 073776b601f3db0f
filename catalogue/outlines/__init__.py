"""Outlines of sites: where they lie, what they lie on, property designations."""
