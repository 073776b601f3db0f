"""Forms as they are typed, kept, compared with what is stored, and saved."""
