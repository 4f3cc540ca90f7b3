"""Who is at the desk and what he may do: logins, sessions, tokens, roles."""
