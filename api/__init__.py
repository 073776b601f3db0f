"""HTTP and nothing else: routes, sessions, sign-in, representations, problem details."""
