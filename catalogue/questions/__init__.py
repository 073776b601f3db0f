"""Questions to those who know a value, by letter and link, and their answers."""
