"""Many sites at once: files in, a report of what would change, and then all of it or nothing.

`template` writes the workbook; `files` reads whatever comes back, `rows` gathers the sites in it,
`reading` and `comparison` hold each beside what is stored, `work` is what the worker does with it.
"""
