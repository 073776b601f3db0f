"""A client's request for information: its requirements, read from words or a spreadsheet."""
