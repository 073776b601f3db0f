"""Sites side by side: which are compared, what differs, the files of it, and lists that are shared."""
