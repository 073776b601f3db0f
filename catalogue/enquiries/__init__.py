"""Enquiries about sites, and reports of errors in them, from anybody: sent, followed, answered."""
