"""Lighthouse on the landing page and on the page of a site, as a phone on a slow network sees them."""
