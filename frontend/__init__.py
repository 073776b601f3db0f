"""Pages: facts in, HTML out. Templates, styles, scripts and the map; nothing about HTTP."""
