"""How the files in `seed/data/` are made; nothing here runs when the catalogue is served."""
