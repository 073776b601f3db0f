"""How the project is anchored in each municipality: what is in place, what is missing, and mails."""
