"""Alerts: who wants to be told when a search's answer changes, and the letters that tell them."""
