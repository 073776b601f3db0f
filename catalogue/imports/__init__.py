"""Many sites at once: files in, a report of what would change, and then all of it or nothing.

`template` writes the workbook, `files` reads whatever comes back, `rows` finds the sites in it,
`comparison` holds each beside what is stored, `work` is what the worker does with it all.
"""
