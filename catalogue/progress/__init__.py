"""Progress of the municipalities: every figure declared once, for any day, and as files."""
