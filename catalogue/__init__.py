"""What a site is: fields, filters, readiness, completeness, exports, hours, progress."""
