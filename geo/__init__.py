"""Where things are: outlines, coordinate systems, geodata files, reference layers, distances."""
