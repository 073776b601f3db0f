"""Who there is and what they may do: accounts, signing in, sessions, tokens."""
