"""Photos and documents: looked at, drawn anew, kept by their content, handed out."""
