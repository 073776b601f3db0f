"""What a new installation starts with: the machine's packages, its database, its first content."""
